"""docs/architecture.md is for newcomers: whatever it names is there, under that name."""

import ast
import builtins
import keyword
import re
from functools import cache

import pytest
from libraries import ROOT

from bot.cli import COMMANDS

BOT = ROOT / "bot"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
QUOTED = sorted(set(re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", PAGE, flags=re.MULTILINE | re.DOTALL))))
LINKS = re.findall(r"\]\(([^)#]+)", PAGE)
LONGEST = 1300  # words, bars of tables included: one page that is read in five minutes
COMMAND = re.compile(r"overstap(?: (\w+))?|make \w+")
PATH = re.compile(r"[\w<>*]+(/[\w<>*.]*)+|\w+\.(py|md|toml|yaml)")
NAME = re.compile(r"[A-Za-z_]\w*")


@cache
def names() -> frozenset[str]:
    """Everything that the code defines: modules, classes, functions, their parameters, fields and constants."""
    found = {path.stem for path in BOT.glob("**/*.py")} | {path.name for path in BOT.glob("**/") if path.is_dir()}
    for path in BOT.glob("**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                    found.add(name)
                case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                    found.add(name)
                case ast.Attribute(attr=name, ctx=ast.Store()):
                    found.add(name)
    return frozenset(found)


def is_there(path: str) -> bool:
    return any((folder / path).exists() for folder in (BOT, ROOT, *(each for each in BOT.iterdir() if each.is_dir())))


def unknown(text: str) -> list[str]:
    known = (
        names() | set(dir(builtins)) | set(keyword.kwlist) | {"bot", "datetime", "date", "Path", "Mapping", "Callable"}
    )
    return [name for name in NAME.findall(text) if name not in known]


@pytest.mark.parametrize("quoted", QUOTED)
def test_what_the_page_quotes_is_there(quoted: str) -> None:
    if command := COMMAND.fullmatch(quoted):
        assert command[1] is None or command[1] in COMMANDS
    elif PATH.fullmatch(quoted):
        assert is_there(quoted), f"there is no {quoted}"
    else:
        assert unknown(re.sub(r'"[^"]*"', "", quoted)) == []


@pytest.mark.parametrize("block", BLOCKS)
def test_every_name_in_a_contract_is_there(block: str) -> None:
    code = re.sub(r'#[^\n]*|"[^"]*"', "", block)
    assert unknown(code) == []


def test_the_page_names_every_room() -> None:
    rooms = {f"{each.name}/" for each in BOT.iterdir() if (each / "__init__.py").exists()}
    modules = {each.name for each in BOT.glob("*.py")} - {"__init__.py"}
    assert {one for one in rooms | modules if f"`{one}`" not in PAGE} == set()


def test_every_link_leads_somewhere() -> None:
    assert [link for link in LINKS if not link.startswith("http") and not (ROOT / "docs" / link).exists()] == []


def test_it_is_one_page() -> None:
    assert len(PAGE.split()) < LONGEST
