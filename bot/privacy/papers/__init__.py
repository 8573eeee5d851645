"""The papers that account for what the bot does with people's data, filled in from how it is set up.

They are drafts for the privacy officer, who decides. What nobody has set yet says so, so that it is not overlooked.
"""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.privacy.erasure import PERSONAL
from bot.privacy.retention import COPIES_HOURS
from bot.settings import Settings
from bot.store.encryption import Encrypted
from bot.text import fill, placeholders, say_date

TEMPLATES = Path(__file__).parent


def write(settings: Settings, folder: Path, on: date) -> list[Path]:
    """Write all papers into `folder`; gives their files. Files with these names are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    values = _values(settings, on)
    files = []
    for template in sorted(TEMPLATES.glob("*.md")):
        file = folder / template.name
        file.write_text(fill(template.read_text("utf-8"), values), "utf-8")
        files.append(file)
    return files


def unknown_names(settings: Settings) -> set[str]:
    """What the templates ask for and we do not know: a mistake in a template."""
    values = _values(settings, date.min)
    return {name for file in TEMPLATES.glob("*.md") for name in placeholders(file.read_text("utf-8"))} - values.keys()


def _values(settings: Settings, on: date) -> dict[str, str]:
    words, basis = _words(), settings.legal_basis
    missing: str = words["missing"]
    terms = {name: str(getattr(settings, name)) for name in Settings.__slots__ if name.startswith("keep_")}
    at_the_desk = words["staff_channel"]["desk" if settings.desk_url else "telegram"]
    return {
        **terms,
        "centre": settings.centre_name or missing,
        "controller": settings.controller_name or missing,
        "email": settings.centre_email or missing,
        "phone": settings.centre_phone or missing,
        "website": settings.centre_website or missing,
        "officer": settings.privacy_officer_email or missing,
        **{f"basis_{language}": said for language, said in words["basis"][basis].items()},
        **{f"talk_basis_{language}": said for language, said in words["talk_basis"][basis].items()},
        "consent_note": words["consent_note"][basis],
        "staff_channel_note": fill(at_the_desk, {"hours": str(COPIES_HOURS)}),
        "mail_note": words["mail"]["set" if settings.smtp_host else "not_set"],
        "copies_hours": str(COPIES_HOURS),
        "sources": words["sources"]["own" if settings.sources else "any"],
        "database": "SQLite" if settings.sqlite else "PostgreSQL",
        "day_nl": say_date(on, "nl"),
        "day_en": say_date(on, "en"),
        "tables": "\n".join(_tables()),
    }


def _words() -> dict[str, Any]:
    """What stands in the papers by how the bot is set up."""
    words: dict[str, Any] = yaml.safe_load((TEMPLATES / "words.yaml").read_text("utf-8"))
    return words


def _tables() -> list[str]:
    """A line for each table with personal data: what is sealed in it, and what is not."""
    lines = []
    for table in PERSONAL:
        sealed = [column.name for column in table.c if isinstance(column.type, Encrypted)]
        plain = [column.name for column in table.c if column.name not in sealed]
        lines.append(f"| `{table.name}` | {', '.join(sealed) or '-'} | {', '.join(plain)} |")
    return lines
