"""What someone mentions in passing stays with the answer that it was part of, whatever that answer goes through."""

from datetime import date

import pytest
from libraries import real_library
from people import MONDAY, begun

from bot.advice import MoneyStatus, RuleOutcome, advise
from bot.advice.model import Money
from bot.compiled import Compiled
from bot.engine import State
from bot.engine.flow.lead_draft import draft
from bot.engine.state import About, Answer
from bot.engine.turn import TurnContext

LOAN = "levenlanglerenkrediet"
ADULT = {"age": 45, "benefit": "none", "employment": "employed", "education": "mbo4"}


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return real_library()


def walked(*texts: str) -> tuple[State, str]:
    """Where someone is who typed this, and all that they read."""
    person = begun()
    read = [person.text, *(person.say(text) for text in texts)]
    return person.state, "\n".join(read)


def heard(compiled: Compiled, state: State) -> object:
    return TurnContext(compiled, state, MONDAY).advice().understood.get("mentions")


def money(compiled: Compiled, item: str, **answers: object) -> Money:
    advice = advise(compiled, answers, on=date(2026, 11, 26))
    return next(one for one in advice.money if one.subsidy.id == item)


# ------------------------------------------------------------------ a cue survives
@pytest.mark.parametrize("yes", ["1", "Hengelo, Overijssel"])
def test_a_permit_said_beside_a_town_that_is_asked_back_is_known_to_the_advice(compiled: Compiled, yes: str) -> None:
    state, _ = walked("verpleegkundige", "kapper", "heb een verblijfsvergunning, woon in hengelo")
    assert state.confirmation and state.confirmation.about is About.WHICH
    state, _ = walked("verpleegkundige", "kapper", "heb een verblijfsvergunning, woon in hengelo", yes)
    assert state.answers["place"].value == "Hengelo, Overijssel"
    assert heard(compiled, state) == ["residence_permit"]


def test_a_permit_said_beside_a_choice_that_is_understood_at_once_is_known_too(compiled: Compiled) -> None:
    state, _ = walked("lasser", "kapper", "Zwolle", "diploma uit het buitenland, soort van mbo 4")
    assert state.answers["education"] == Answer("mbo4", "mbo4", frozenset({"foreign_diploma"}))
    assert heard(compiled, state) == ["foreign_diploma"]


def test_a_visa_said_with_the_yes_is_known(compiled: Compiled) -> None:
    asked = ("applicatieontwikkelaar",)
    state, _ = walked(*asked)
    assert state.confirmation and state.confirmation.about is About.UNDERSTOOD
    state, _ = walked(*asked, "ja klopt, ik heb een visum")
    assert state.answers["desired_work"].cues == {"residence_permit"}
    assert heard(compiled, state) == ["residence_permit"]


def test_a_bare_yes_to_what_was_asked_back_keeps_what_the_message_said(compiled: Compiled) -> None:
    state, _ = walked("applicatieontwikkelaar, ben statushouder", "ja")
    assert "desired_work" in state.answers
    assert heard(compiled, state) == ["status_holder"]


def test_a_change_after_a_yes_keeps_what_its_own_message_said() -> None:
    before = ("lasser", "kapper", "Zwolle", "mbo 4")
    state, _ = walked(*before, "ik bedoel mbo 3, een buitenlands diploma")
    assert state.answers["education"] == Answer("mbo3", "mbo3", frozenset({"foreign_diploma"}))


@pytest.mark.parametrize("denied", ["nee, lasser", "lasser"])
def test_a_permit_is_kept_when_what_was_asked_back_is_denied(compiled: Compiled, denied: str) -> None:
    state, _ = walked("applicatieontwikkelaar, heb een verblijfsvergunning", denied)
    assert state.answers["desired_work"].value == "lasser"
    assert heard(compiled, state) == ["residence_permit"]


def test_a_visa_in_a_message_that_is_not_understood_goes_with_the_answer_after_it() -> None:
    state, _ = walked("lasser", "kapper", "Zwolle", "tja ik heb een visum", "mbo 4")
    assert state.answers["education"] == Answer("mbo4", "mbo4", frozenset({"residence_permit"}))
    assert state.beside == frozenset()


def test_a_question_about_permits_says_nothing_of_who_asks_it() -> None:
    asked = "moet je een verblijfsvergunning hebben voor mbo?"
    state, _ = walked("lasser", "kapper", "Zwolle", asked, "mbo 4")
    assert state.answers["education"].cues == frozenset()


def test_how_a_diploma_was_won_says_nothing_of_how_someone_wants_to_learn(compiled: Compiled) -> None:
    state, _ = walked("lasser", "kapper", "Zwolle", "mbo 4, via bbl gedaan")
    assert state.answers["education"].value == "mbo4"
    assert heard(compiled, state) is None


def test_cues_survive_being_stored_and_an_answer_of_before_there_were_any_is_read() -> None:
    kept = Answer("mbo4", "mbo4", frozenset({"foreign_diploma"}))
    assert Answer.from_json(kept.to_json()) == kept
    assert Answer.from_json(["mbo4", "mbo4"]) == Answer("mbo4", "mbo4")
    assert "cues" not in Answer("mbo4", "mbo4").to_json()


# ------------------------------------------------------------------ and money is judged with it
TALK = (
    *("verpleegkundige", "kapper", "heb een verblijfsvergunning, woon in hengelo", "1"),
    *("mbo 4", "ja, in dienst", "nee", "45"),
)


def test_with_a_sign_of_another_nationality_the_loan_is_maybe_and_says_why(compiled: Compiled) -> None:
    state, _ = walked(*TALK)
    (loan,) = (one for one in TurnContext(compiled, state, MONDAY).advice().money if one.subsidy.id == LOAN)
    assert loan.status is MoneyStatus.MAYBE
    assert loan.unknown >= {"permit"}
    (why,) = (one for one in loan.reasons if one.outcome is RuleOutcome.ASK_FIRST)
    assert why.fact == "permit"
    assert why.text["nl"] == "Dit hangt af van je nationaliteit of verblijfsvergunning. Vraag het DUO."


@pytest.mark.parametrize(
    "sign",
    [
        {"current_job": "boekhouder uit Oekraïne, tijdelijke bescherming"},
        {"current_job": "schoonmaker, woon in een azc"},
        {"current_job": "kapper, bezig met inburgering"},
        {"current_job": "I have a partner visa"},
        {"current_job": "leraar, diploma uit mijn land"},
        {"current_job": "expat, marketing"},
        *({"dutch": level} for level in ("a0", "a1", "a2", "b1", "b2", "c1")),
    ],
)
def test_every_sign_of_another_nationality_makes_the_loan_maybe_and_never_a_no(
    compiled: Compiled, sign: dict[str, str]
) -> None:
    assert money(compiled, LOAN, **ADULT, **sign).status is MoneyStatus.MAYBE


def test_without_a_sign_nobody_hears_of_nationality(compiled: Compiled) -> None:
    for answers in (ADULT, {**ADULT, "dutch": "native"}):
        loan = money(compiled, LOAN, **answers)
        assert loan.status is MoneyStatus.ELIGIBLE
        assert "permit" not in loan.unknown
        assert not any("nationaliteit" in reason.text["nl"] for reason in loan.reasons)


@pytest.mark.parametrize(
    ("permit", "status"),
    [
        ("dutch", MoneyStatus.ELIGIBLE),
        ("eu", MoneyStatus.ELIGIBLE),
        ("asylum", MoneyStatus.ELIGIBLE),
        ("indefinite", MoneyStatus.ELIGIBLE),
        ("temporary", MoneyStatus.MAYBE),
        ("temporary_protection", MoneyStatus.MAYBE),
        ("waiting", MoneyStatus.NOT_ELIGIBLE),
    ],
)
def test_a_known_permit_settles_it(compiled: Compiled, permit: str, status: MoneyStatus) -> None:
    assert money(compiled, LOAN, **ADULT, dutch="a2", permit=permit).status is status


@pytest.mark.parametrize(
    ("said", "permit"),
    [
        ("ik heb tijdelijke bescherming", "temporary_protection"),
        ("ben statushouder", "asylum"),
        ("I am an asylum seeker", "waiting"),
        ("heb een EU-paspoort", "eu"),
        ("vergunning type II", "indefinite"),
        ("ik kom uit Oekraïne", None),
        ("heb een verblijfsvergunning", None),
    ],
)
def test_who_tells_which_permit_need_not_be_asked(compiled: Compiled, said: str, permit: str | None) -> None:
    facts = advise(compiled, {**ADULT, "current_job": f"kapper, {said}"}, on=date(2026, 11, 26)).person.facts
    assert facts.get("permit") == permit
    assert facts["from_abroad"] == "said"


def test_a_flow_knows_what_a_cue_tells_that_no_question_asks(compiled: Compiled) -> None:
    state, _ = walked("lasser, ik ben statushouder", "kapper", "Zwolle")
    facts = TurnContext(compiled, state, MONDAY).position().facts
    assert facts["from_abroad"] == "said"
    state, _ = walked("lasser", "kapper", "Zwolle")
    assert "from_abroad" not in TurnContext(compiled, state, MONDAY).position().facts


def test_what_they_answer_goes_before_what_they_mentioned(compiled: Compiled) -> None:
    said = {"current_job": "kok, gekomen als asielzoeker", "permit": "dutch"}
    facts = advise(compiled, {**ADULT, **said}, on=date(2026, 11, 26)).person.facts
    assert facts["permit"] == "dutch"
    assert money(compiled, LOAN, **ADULT, **said).status is MoneyStatus.ELIGIBLE


def test_an_answer_that_says_the_same_as_a_cue_counts_as_one(compiled: Compiled) -> None:
    facts = advise(compiled, {"permit": "asylum", "diploma_country": "outside_eu"}, on=date(2026, 11, 26)).person.facts
    assert facts["mentions"] == {"status_holder", "refugee", "foreign_diploma"}


# ------------------------------------------------------------------ and the questions about it come only then
def test_nobody_without_a_sign_is_asked_for_papers() -> None:
    _, read = walked("verpleegkundige", "kapper", "Zwolle", *TALK[4:], "24")
    assert "verblijfsvergunning" not in read and "Uit welk land" not in read


def test_who_gives_a_sign_is_asked_which_permit_and_where_the_diploma_is_from() -> None:
    dutch = "45, mijn Nederlands is B1"
    state, read = walked("verpleegkundige", "kapper", "Zwolle", *TALK[4:-1], dutch, "24", "type 1", "Syrië")
    assert "Welk paspoort of welke verblijfsvergunning heb je?" in read and "Uit welk land komt je diploma?" in read
    assert state.answers["permit"].value == "temporary"
    assert state.answers["diploma_country"].value == "outside_eu"


def test_who_is_not_asked_for_their_dutch_and_tells_it_later_is_asked_what_follows() -> None:
    """It is a question with `ask_if`: what it was told unasked counts, and what was passed by is looked at again."""
    state, read = walked("verpleegkundige", "kapper", "Zwolle", *TALK[4:], "24", "mijn Nederlands is A2")
    assert "Hoe goed spreek je" not in read
    assert state.answers["dutch"].value == "a2"
    assert state.asked == "permit"


def test_who_told_which_permit_is_not_asked_for_it() -> None:
    state, read = walked("verpleegkundige", "kapper, ik ben statushouder", "Zwolle", *TALK[4:], "24", "b1", "Eritrea")
    assert "Welk paspoort" not in read
    assert state.answers["diploma_country"].value == "outside_eu"


def test_the_line_on_money_says_what_it_hangs_on() -> None:
    _, read = walked(*TALK[:2], "Zwolle", *TALK[4:-1], "45, mijn Nederlands is B1", "40", "/geld")
    assert "Dit hangt af van je nationaliteit of verblijfsvergunning. Vraag het DUO." in read


def test_a_lead_holds_the_answers_and_its_advice_knows_the_cues(compiled: Compiled) -> None:
    state, _ = walked(*TALK, "24", "b1", "zeg ik liever niet", "weet ik niet")
    filed = draft(TurnContext(compiled, state, MONDAY))
    assert "mentions" not in filed.facts
    assert filed.advice and filed.advice["understood"]["mentions"] == ["residence_permit"]


@pytest.mark.parametrize(
    "said", ["ik zit in het azc", "i am an asylum seeker", "ik ben gevlucht", "ik volg inburgering"]
)
def test_nobody_has_a_permit_because_they_fled(said: str) -> None:
    cues = real_library().cues.read(said)
    assert cues and "status_holder" not in cues


def test_a_permit_beside_another_fact_than_was_asked_is_kept(compiled: Compiled) -> None:
    state, _ = walked("lasser", "ik woon in Zwolle en heb een verblijfsvergunning", "kapper")
    assert state.answers["place"].value == "Zwolle"
    assert heard(compiled, state) == ["residence_permit"]
