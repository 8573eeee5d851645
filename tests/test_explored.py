"""What was explored, where it is read later: at the desk, and in the plan."""

import re
import zlib

from desk_people import explorer, lead_of
from desks import Bureau, words
from people import begun

from bot.authoring.rehearsal import Rehearsal
from bot.channels.pdf.document import to_pdf
from bot.compiled import Compiled
from bot.staff.labels import Labels
from bot.store import Store

CARDS = ("leuk", "nee", "gaat wel", "leuk", "nee", "nee", "leuk", "gaat wel", "nee", "niets voor mij")


# ------------------------------------------------------------------ at the desk
def test_the_desk_shows_what_was_explored_as_a_chart_with_its_words(sqlite_store: Store, compiled: Compiled) -> None:
    bureau = Bureau(sqlite_store, Labels.of(compiled.content), compiled=compiled)
    lead = explorer(bureau)
    page = bureau.signed_in().get(f"/desk/leads/{lead.reference}")
    picture = re.findall(r'<svg [^>]*aria-labelledby="likes-title likes-desc".*?</svg>', page, re.DOTALL)[0]
    assert "<title" in picture and "wat Sam leuk vindt" in picture
    assert "met je handen werken: leuk; " in picture and "mensen om je heen: liever niet" in picture
    said = words(page)
    assert "Leuk met je handen werken" in said and "Een beetje leuk iets bedenken en vormgeven" in said
    assert "Bekeken werk" in said and "Waarom niet gekozen Te saai" in said and "Het is geen test" in said
    assert "style=" not in picture  # the policy of the desk would refuse it


def test_who_did_not_explore_has_no_chart(sqlite_store: Store, compiled: Compiled) -> None:
    bureau = Bureau(sqlite_store, Labels.of(compiled.content), compiled=compiled)
    lead = lead_of(bureau, 1)
    page = bureau.signed_in().get(f"/desk/leads/{lead.reference}")
    assert "Wat is ontdekt" not in page and "likes-title" not in page


# ------------------------------------------------------------------ in the plan
def explored_plan() -> Rehearsal:
    person = begun("/ontdek", *CARDS)
    for _ in range(30):
        asked = person.state.asked or ""
        if asked == "desired_work" and person.state.listed:
            person.say("1")
        elif asked == "may_contact":
            break
        else:
            person.say({"current_job": "kapper", "skills": "alles", "place": "Utrecht", "age": "34"}.get(asked, "nee"))
    person.say("/plan")
    return person


def test_the_plan_holds_the_chart_in_words_and_its_page_draws_the_bars() -> None:
    (document,) = [one.document for one in explored_plan().messages if one.document]
    bars = re.findall(r"^- (\d)/4 (.+: .+)$", document.text, re.MULTILINE)
    assert len(bars) >= 6 and {steps for steps, _ in bars} >= {"4", "0"}
    assert "## Wat je leuk vindt in werk" in document.text
    drawn = b"".join(map(_inflated, re.findall(rb"stream\r?\n(.*?)\r?\nendstream", to_pdf(document), re.DOTALL)))
    frames, filled = len(re.findall(rb" re S\b", drawn)), len(re.findall(rb" re f\b", drawn))
    assert frames == len(bars)
    assert filled == sum(steps != "0" for steps, _ in bars)


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""
