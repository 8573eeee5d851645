"""The files that pages use: one style sheet of its parts, its font, one script, and what a centre brings itself."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from fontpkg import path  # type: ignore[import-untyped]

from bot.settings import Settings

SHARED = Path(__file__).parent / "css"  # what all pages have: colours and sizes, our sign
TOKENS = "tokens.css"
KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ttf": "font/ttf",
}
# That of our documents too: pages are as wide on every machine, and who sees little tells its letters apart.
FONT, WEIGHTS = "Atkinson Hyperlegible", {"regular": 400, "bold": 700}
FACE = """
@font-face {
  font-family: "%(font)s";
  font-weight: %(weight)s;
  font-display: swap;
  src: url("%(name)s?v=%(mark)s") format("truetype");
}
"""

# The other shades follow from the one that a centre chose. White can be read on it (`Settings`), so on darker ones too.
SHADES = """
:root {
  --overstap-color-primary-950: color-mix(in srgb, %(color)s 40%%, black);
  --overstap-color-primary-900: color-mix(in srgb, %(color)s 60%%, black);
  --overstap-color-primary-700: %(color)s;
  --overstap-color-primary-300: color-mix(in srgb, %(color)s 35%%, white);
  --overstap-color-primary-200: color-mix(in srgb, %(color)s 20%%, white);
  --overstap-color-primary-50: color-mix(in srgb, %(color)s 8%%, white);
}
"""


@dataclass(frozen=True)
class Asset:
    content: bytes
    kind: str

    @cached_property
    def mark(self) -> str:
        """Changes with the content."""
        return hashlib.sha256(self.content).hexdigest()[:12]


class Assets:
    """By name; all of them are in memory, so no address can lead to another file."""

    def __init__(
        self, settings: Settings, static: Path, sheet: str, styles: Sequence[str], *, has_font: bool = True
    ) -> None:
        """`sheet` is made of the tokens and these parts in `static/css`, in this order. Without our font the font of
        the machine is used: a first page of 30 KB on a phone has no room for one."""
        parts = [(SHARED / TOKENS).read_text("utf-8")]
        parts.append(SHADES % {"color": settings.desk_color} if settings.desk_color else "")
        parts += [(static / "css" / f"{name}.css").read_text("utf-8") for name in styles]
        weights = WEIGHTS if has_font else {}
        fonts = {
            f"{weight}.ttf": Asset(Path(path(FONT, weight=weight)).read_bytes(), KINDS[".ttf"]) for weight in weights
        }
        for (name, font), weight in zip(fonts.items(), weights.values(), strict=True):
            parts.insert(0, FACE % {"font": FONT, "weight": weight, "name": name, "mark": font.mark})
        self.files = {sheet: Asset("\n".join(parts).encode(), KINDS[".css"]), **fonts}
        files = [each for folder in (SHARED, static) for each in folder.iterdir() if each.is_file()]
        self.logo = f"logo{settings.desk_logo.suffix}" if settings.desk_logo else None
        for file in files:
            if file.name == TOKENS:
                continue
            self.files[file.name] = Asset(file.read_bytes(), KINDS[file.suffix])
        if settings.desk_logo and self.logo:
            self.files[self.logo] = Asset(settings.desk_logo.read_bytes(), KINDS[settings.desk_logo.suffix])
