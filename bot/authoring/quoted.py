"""YAML that importers write."""

import yaml


class Quoted(yaml.SafeDumper):
    """Every text in quotes: an occupation or a school that is called "no" or "112" stays text."""


Quoted.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))
