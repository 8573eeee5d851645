"""What was explored, where it is read later: at the desk, and in the plan; and what comes in between."""

import re
import zlib
from dataclasses import replace

import pytest
from desk_people import explorer, lead_of
from desks import Bureau, words
from libraries import real_library
from people import begun

from bot.advice.exploring.explore import Exploration, explore
from bot.authoring.rehearsal import Rehearsal
from bot.channels.pdf.document import to_pdf
from bot.compiled import Compiled
from bot.engine.state import Answer
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


# ------------------------------------------------------------------ what comes in between
@pytest.mark.parametrize("ends", [("nee",), ("ja", "Sam", "0612345678")], ids=["no", "yes"])
def test_who_asks_for_a_person_while_exploring_goes_on_with_the_card_they_were_at(ends: tuple[str, ...]) -> None:
    person = begun("/ontdek", "leuk", "leuk")
    card = person.state.asked
    person.say("/mens")
    assert person.state.asked != card
    for said in ends:
        person.say(said)
    for _ in range(3):
        if person.state.detour == "human":
            person.say("ja")
    assert (person.state.asked, person.state.detour, person.state.paused) == (card, "explore", None)


def test_who_asks_what_to_do_at_a_question_hears_the_question_again_and_no_cards() -> None:
    person = begun("lasser", "kapper", "Amersfoort", "mbo 4", "ja", "nee", "34")
    assert person.state.asked == "hours"
    person.say("wat moet ik doen")
    assert (person.state.asked, person.state.detour) == ("hours", None)
    assert "uur" in person.text


@pytest.mark.parametrize("said", ["genoeg", "genoeg, laat maar zien", "klaar en laat zien", "enough, show me"])
def test_who_has_seen_enough_cards_says_so_in_their_own_words(said: str) -> None:
    person = begun("/ontdek", "leuk", "leuk", "nee")
    card = person.state.asked
    person.say(said)
    assert "Dat herken ik niet" not in person.text and "I do not recognise" not in person.text
    assert person.state.asked != card


def test_where_limits_leave_nothing_they_hear_which_one_stands_most_in_the_way() -> None:
    person = begun("/ontdek")
    kinds = real_library().content.knowledge.limit_kinds
    noted = {f"limits.{kind}": Answer("", True) for kind in kinds}
    person.state = replace(person.state, noted={**person.state.noted, **noted})
    assert not explore_now(person).shown
    person.say("laat zien wat je hebt")
    for _ in range(25):
        if person.state.asked == "desired_work":
            break
        person.say("nee")
    assert "Daar vind ik niets bij dat zeker past." in person.text
    assert "adviseur" in person.text


def explore_now(person: Rehearsal) -> Exploration:
    limits = frozenset(name.removeprefix("limits.") for name in person.state.noted if name.startswith("limits."))
    return explore(real_library(), {"limits": limits}, on=person.on.date())
