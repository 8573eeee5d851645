"""What is Dutch about Overstap is content: a folder for Berlin, in German, does the same work."""

from datetime import UTC, date, datetime

import pytest
from libraries import BERLIN, berlin_library

from bot.answers import Context, Unclear, Understood, read
from bot.answers.choices import place_inside
from bot.answers.dates import read_date
from bot.answers.polarity import read_reply
from bot.authoring.check import problems
from bot.authoring.conversation import run
from bot.compiled import Compiled
from bot.content.flow import Collect, Consent
from bot.engine import State
from bot.engine.advance import advance
from bot.engine.effects import Message, Send
from bot.engine.events import Event, Said, Started
from bot.recognisers.private import Sensitive


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return berlin_library()


def test_its_editor_has_nothing_to_mend() -> None:
    assert problems(BERLIN, date(2026, 11, 23)) == []


def test_a_conversation_in_german_comes_to_a_lead(compiled: Compiled) -> None:
    assert run(BERLIN / "neukoelln.txt", compiled) == []


def test_somebody_with_another_language_is_spoken_to_in_german(compiled: Compiled) -> None:
    state = advance(compiled, State.new("de"), Started(None, "tr"), on=datetime(2026, 11, 23, 10, tzinfo=UTC)).state
    assert (state.language, state.flow) == ("de", "wechsel")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("warum fragst du das?", "Damit finde ich besser, was zu dir passt."),
        ("/zurueck", "Das ist die erste Frage."),
        ("Kostet die Beratung Geld?", "kostenlos"),
        ("ich möchte mit einem Menschen sprechen", "Ein Mensch aus der Beratung hilft dir dabei."),
        ("ich habe Rückenschmerzen", "Was du über deine Gesundheit schreibst, darf ich nicht speichern."),
    ],
)
def test_words_of_german_are_understood(compiled: Compiled, said: str, answer: str) -> None:
    state, on, heard = State.new("de"), datetime(2026, 11, 23, 10, tzinfo=UTC), list[Message]()
    events: list[Event] = [Started(None, "de"), Said(said)]
    for event in events:
        turn = advance(compiled, state, event, on=on)
        state, heard = turn.state, [effect.message for effect in turn.effects if isinstance(effect, Send)]
    assert any(answer in message.text for message in heard), heard


@pytest.mark.parametrize(
    ("said", "value"),
    [("einverstanden", True), ("na klar", True), ("nein danke", False), ("auf keinen Fall", False), ("nö", False)],
)
def test_yes_and_no_are_those_of_the_folder(compiled: Compiled, said: str, value: bool) -> None:
    consent = compiled.content.flows["wechsel"].question("may_contact")
    assert isinstance(consent, Consent)
    reading = read(consent, said, Context(compiled, "de", date(2026, 11, 23)))
    assert isinstance(reading, Understood) and reading.value is value


@pytest.mark.parametrize("said", ["akkoord", "jazeker", "passt", "einverstanden, aber nicht morgens"])
def test_another_languages_yes_or_a_yes_with_a_doubt_is_no_consent(compiled: Compiled, said: str) -> None:
    consent = compiled.content.flows["wechsel"].question("may_contact")
    assert isinstance(consent, Consent)
    reading = read(consent, said, Context(compiled, "de", date(2026, 11, 23)))
    assert not (isinstance(reading, Understood) and reading.value is True)


@pytest.mark.parametrize(
    ("said", "agreed"),
    [("ja gerne, danke", True), ("alles stimmt", True), ("mach das", True), ("ja, aber später", False)],
)
def test_a_yes_to_what_cannot_be_undone_is_read_in_german(compiled: Compiled, said: str, agreed: bool) -> None:
    assert read_reply(said, compiled.reply_words).is_plain_yes is agreed


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("ich will bitte mit jemandem sprechen", True),
        ("Das ist Unsinn, ich möchte mit einem echten Menschen reden", True),
        ("könnt ihr mich zurückrufen?", True),
        ("ich will nicht mit einem Roboter schreiben", True),
        ("ich möchte gern mit Menschen arbeiten", False),
        ("was kostet es, mit einem Berater zu sprechen", False),
        ("ik wil een mens spreken", False),
    ],
)
def test_a_wish_for_a_person_is_heard_in_german(compiled: Compiled, said: str, asks: bool) -> None:
    assert compiled.human_requests.are_in(said) is asks


@pytest.mark.parametrize("said", ["Hallo, ich heiße Zoë", "Mein Name ist Zoë", "ich bin Zoë"])
def test_a_name_is_read_without_what_a_german_puts_before_it(compiled: Compiled, said: str) -> None:
    name = compiled.content.flows["wechsel"].question("name")
    assert isinstance(name, Collect)
    reading = read(name, said, Context(compiled, "de", date(2026, 11, 23)))
    assert isinstance(reading, Understood) and reading.value == "Zoë"


def test_a_misspelt_german_provider_is_asked_back(compiled: Compiled) -> None:
    reach = compiled.content.flows["wechsel"].question("reach")
    assert isinstance(reach, Collect)
    reading = read(reach, "zoe@t-onlin.de", Context(compiled, "de", date(2026, 11, 23)))
    assert isinstance(reading, Unclear) and reading.options[0].raw == "zoe@t-online.de"


def test_a_choice_is_pointed_at_in_german(compiled: Compiled) -> None:
    assert place_inside("die zweite", compiled.reply_words, 3)[0] == 1
    assert place_inside("die letzte", compiled.reply_words, 3)[0] == 2
    assert place_inside("de tweede", compiled.reply_words, 3)[0] == -1


def test_how_to_be_reached_is_heard_in_german(compiled: Compiled) -> None:
    state, on = State.new("de"), datetime(2026, 11, 23, 10, tzinfo=UTC)
    events: list[Event] = [Started(None, "de"), *map(Said, ("Altenpflege", "12043", "ja, aber bitte erst nach 17 Uhr"))]
    for event in events:
        state = advance(compiled, state, event, on=on).state
    assert "contact" in state.consents
    assert state.noted["contact_wish"].raw == "erst nach 17 Uhr"


def test_words_for_what_is_asked_are_a_yes_in_german(compiled: Compiled) -> None:
    asked_for = compiled.consent_words.asked_for
    assert read_reply("alles löschen bitte", compiled.reply_words, asked_for["forget"]).is_plain_yes
    assert not read_reply("alles löschen bitte", compiled.reply_words, asked_for["send"]).is_plain_yes


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("1. April", "2027-04-01"),
        ("3. März 2027", "2027-03-03"),
        ("übermorgen", "2026-11-25"),
        ("nächsten Mittwoch", "2026-11-25"),
    ],
)
def test_days_are_read_in_german(compiled: Compiled, said: str, day: str) -> None:
    reading = read_date(None, said, "de", date(2026, 11, 23), compiled.calendar_words)
    assert isinstance(reading, Understood) and reading.value == day


def test_places_phones_and_numbers_of_the_state_are_those_of_germany(compiled: Compiled) -> None:
    assert compiled.places.read("ich wohne in Prenzlauer Berg").municipality == "Pankow"
    assert compiled.places.read("13597").municipality == "Spandau"
    reach = compiled.content.flows["wechsel"].question("reach")
    assert isinstance(reach, Collect)
    reading = read(reach, "030 901820", Context(compiled, "de", date(2026, 11, 23)))
    assert isinstance(reading, Understood) and reading.value == "+4930901820"
    assert compiled.private.find("meine Nummer ist 36 574 261 809") is Sensitive.BSN
    assert compiled.private.find("123456782") is None, "a Dutch BSN is no number of Germany"
