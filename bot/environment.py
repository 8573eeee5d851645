"""The environment of a process and the file `.env`: values as settings need them, and what is wrong with each."""

import re
from collections.abc import Mapping
from datetime import datetime, time
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")  # what Telegram lets through in a link
COLOR = re.compile(r"#[0-9a-fA-F]{6}")
READABLE = 4.5  # contrast of text: WCAG 2.2, 1.4.3
ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?")  # as a browser names a site: no path, and no * either
IMAGES = (".svg", ".png")


class Environment:
    """Gives values from the environment, and collects what is wrong with them."""

    def __init__(self, env: Mapping[str, str], root: Path) -> None:
        self.env, self.root, self.problems = env, root, list[str]()

    def text(self, name: str) -> str | None:
        return self.env.get(name, "").strip() or None

    def path(self, name: str, default: str) -> Path:
        return (self.root / Path(self.text(name) or default).expanduser()).resolve()

    def database(self, data: Path) -> str:
        url = self.text("DATABASE_URL")
        if url is None:
            return f"sqlite:///{data / 'overstap.db'}"
        scheme, _, rest = url.partition("://")
        match scheme.partition("+")[0]:
            case "sqlite" if rest.startswith("/") and len(rest) > 1:
                return f"sqlite:///{(self.root / rest[1:]).resolve()}"
            case "postgres" | "postgresql" if rest:
                return f"postgresql+psycopg://{rest}"
            case _:
                # The address may hold a password: it is not repeated here.
                self.problems.append(
                    "DATABASE_URL starts with sqlite:/// or postgresql://, with a file or a host after it."
                )
                return url

    def matching(self, name: str, pattern: re.Pattern[str], what: str) -> str | None:
        value = self.text(name)
        if value and not pattern.fullmatch(value):
            self.problems.append(f"{name} {what}.")
        return value

    def codes(self, name: str) -> tuple[str, ...] | None:
        """Codes with spaces or commas between them."""
        codes = tuple((self.text(name) or "").replace(",", " ").split())
        if wrong := [code for code in codes if not CODE.fullmatch(code)]:
            self.problems.append(f"{name} holds codes of 1 to 64 letters, digits, _ or -, found {wrong[0]!r}.")
        return codes or None

    def url(self, name: str) -> str | None:
        value = self.text(name)
        if value and not (urlsplit(value).scheme in ("http", "https") and urlsplit(value).hostname):
            self.problems.append(f"{name} is an address that starts with https://, found {value!r}.")
        return value.rstrip("/") if value else None

    def origins(self, name: str) -> tuple[str, ...]:
        """Sites with spaces or commas between them."""
        origins = tuple(each.rstrip("/") for each in (self.text(name) or "").replace(",", " ").split())
        if wrong := [each for each in origins if not ORIGIN.fullmatch(each)]:
            self.problems.append(f"{name} holds sites like https://www.utrecht.nl, found {wrong[0]!r}.")
        return origins

    def networks(self, name: str, default: str) -> tuple[IPv4Network | IPv6Network, ...]:
        """Addresses or networks with spaces or commas between them."""
        found = []
        for each in (self.text(name) or default).replace(",", " ").split():
            try:
                found.append(ip_network(each))
            except ValueError:
                self.problems.append(f"{name} holds addresses like 10.0.0.1 or 10.0.0.0/8, found {each!r}.")
        return tuple(found)

    def color(self, name: str) -> str | None:
        """A colour on which white can be read: WCAG 2.2, 1.4.3."""
        value = self.matching(name, COLOR, "is a colour like #0b5566")
        if value and COLOR.fullmatch(value) and (contrast := _contrast_with_white(value)) < READABLE:
            self.problems.append(
                f"{name} is too light: white on {value} has a contrast of {contrast:.1f}, and needs {READABLE}."
            )
        return value

    def image(self, name: str) -> Path | None:
        file = self.path(name, "") if self.text(name) else None
        if file and not (file.suffix in IMAGES and file.is_file()):
            self.problems.append(f"{name} is a file that ends in {', '.join(IMAGES)}; there is no such {file}.")
        return file

    def whole(self, name: str, within: range | None = None) -> int | None:
        value = self.text(name)
        if value is None:
            return None
        try:
            number = int(value)
        except ValueError:
            self.problems.append(f"{name} is a whole number, found {value!r}.")
            return None
        if within and number not in within:
            self.problems.append(f"{name} is between {within[0]} and {within[-1]}, found {number}.")
        return number

    def hour(self, name: str) -> time | None:
        value = self.text(name)
        if value is None:
            return None
        try:
            return datetime.strptime(value, "%H:%M").time()  # noqa: DTZ007  # an hour has no day
        except ValueError:
            self.problems.append(f"{name} is an hour like 03:30, found {value!r}.")
            return None

    def one_of(self, name: str, choices: tuple[str, ...]) -> str | None:
        value = self.text(name)
        if value and value not in choices:
            self.problems.append(f"{name} is one of {', '.join(choices)}; found {value!r}.")
        return value

    def truth(self, name: str) -> bool | None:
        value = self.one_of(name, ("yes", "no"))
        return None if value is None else value == "yes"


def _contrast_with_white(color: str) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21; a colour is like "#0b5566"."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def dotenv(file: Path) -> dict[str, str]:
    """The `NAME=value` lines of `file`; a value may be quoted, a line that starts with # is a remark."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    pairs = (line.removeprefix("export ").partition("=") for line in map(str.strip, lines) if line and line[0] != "#")
    return {name.strip(): value.strip().strip("'\"") for name, mark, value in pairs if mark}
