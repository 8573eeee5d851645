"""The papers that account for what the bot does with people's data, filled in from how it is set up.

They are drafts for the privacy officer, who decides. What nobody has set yet says so, so that it is not overlooked.
"""

from datetime import date
from pathlib import Path

from bot.privacy.erasure import PERSONAL
from bot.privacy.retention import COPIES_HOURS
from bot.settings import Settings
from bot.store.encryption import Encrypted
from bot.text import fill, placeholders, say_date

TEMPLATES = Path(__file__).parent
MISSING = "**[nog in te vullen / to be filled in]**"

BASIS = {
    "consent": ("toestemming (AVG artikel 6 lid 1 a)", "consent (GDPR article 6(1)(a))"),
    "public-task": ("een taak van algemeen belang (AVG artikel 6 lid 1 e)", "a public task (GDPR article 6(1)(e))"),
    "contract": (
        "stappen voor een overeenkomst (AVG artikel 6 lid 1 b)",
        "steps before a contract (GDPR article 6(1)(b))",
    ),
}

# Before anybody says yes: who begins a conversation asks for an answer, and cannot be given one without their account.
TALK_BASIS = {
    "consent": (
        "op verzoek van de persoon zelf antwoorden (AVG artikel 6 lid 1 b)",
        "answering at your own request (GDPR article 6(1)(b))",
    ),
    "public-task": BASIS["public-task"],
    "contract": BASIS["contract"],
}
ASKED_ALL_THE_SAME = "De bot vraagt ook bij deze grondslag of een adviseur contact mag opnemen."
CONSENT_NOTE = {
    "consent": "Contact gaat op toestemming: intrekken (/intrekken) leegt de aanvraag meteen.",
    "public-task": (
        f"{ASKED_ALL_THE_SAME} Dat ja is dan geen toestemming in de zin van de AVG, maar zorgvuldigheid. "
        "/intrekken geldt als bezwaar (artikel 21) en leegt de aanvraag."
    ),
    "contract": (
        f"{ASKED_ALL_THE_SAME} Dat ja is het verzoek waar lid 1 b om vraagt. "
        "/intrekken trekt dat verzoek in en leegt de aanvraag."
    ),
}
AT_THE_DESK = (
    "medewerkers werken aan het bureau in de browser; in Telegram staan alleen een nummer en een link, "
    "geen gegevens van een klant"
)
IN_TELEGRAM = (
    "zolang er geen bureau in de browser is ingesteld (DESK_URL) kan een medewerker een lead in een gesprek met de bot "
    "lezen; die berichten worden na {hours} uur, en bij wissen meteen, uit de chat gehaald"
)
WITH_MAIL = "een nummer en een link, nooit een naam, via de mailserver van het centrum"
WITHOUT_MAIL = "niet ingesteld"
OWN_CODES = "alleen de eigen codes van het centrum worden bewaard, en versleuteld"
ANY_CODE = "met meer dan acht cijfers, een BSN of een ziekte wordt een code niet bewaard; de rest wordt versleuteld"


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
    basis_nl, basis_en = BASIS[settings.legal_basis]
    terms = {name: str(getattr(settings, name)) for name in Settings.__slots__ if name.startswith("keep_")}
    return {
        **terms,
        "centre": settings.centre_name,
        "controller": settings.controller_name or MISSING,
        "email": settings.centre_email or MISSING,
        "phone": settings.centre_phone or MISSING,
        "website": settings.centre_website or MISSING,
        "officer": settings.privacy_officer_email or MISSING,
        "basis_nl": basis_nl,
        "basis_en": basis_en,
        "talk_basis_nl": TALK_BASIS[settings.legal_basis][0],
        "talk_basis_en": TALK_BASIS[settings.legal_basis][1],
        "consent_note": CONSENT_NOTE[settings.legal_basis],
        "staff_channel_note": AT_THE_DESK if settings.desk_url else fill(IN_TELEGRAM, {"hours": str(COPIES_HOURS)}),
        "mail_note": WITH_MAIL if settings.smtp_host else WITHOUT_MAIL,
        "copies_hours": str(COPIES_HOURS),
        "sources": OWN_CODES if settings.sources else ANY_CODE,
        "database": "SQLite" if settings.sqlite else "PostgreSQL",
        "day_nl": say_date(on, "nl"),
        "day_en": say_date(on, "en"),
        "tables": "\n".join(_tables()),
    }


def _tables() -> list[str]:
    """A line for each table with personal data: what is sealed in it, and what is not."""
    lines = []
    for table in PERSONAL:
        sealed = [column.name for column in table.c if isinstance(column.type, Encrypted)]
        plain = [column.name for column in table.c if column.name not in sealed]
        lines.append(f"| `{table.name}` | {', '.join(sealed) or '-'} | {', '.join(plain)} |")
    return lines
