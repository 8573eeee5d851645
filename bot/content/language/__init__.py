"""The words of a language: `knowledge/languages/CODE.yaml` as frozen models."""

from bot.content.language.language import *  # noqa: F403
