"""An edited message: Telegram also sends edits that nobody made, of a message of any age."""

from datetime import UTC, datetime, timedelta

import pytest
from libraries import real_library

from bot.compiled import Compiled
from bot.engine import State, advance
from bot.engine.effects import Effect, FileLead, Forget, RecordConsent, Send, WithdrawConsent
from bot.engine.events import Elapsed, Event, Pressed, Said, Started
from bot.engine.state import About

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
TO_CONSENT = ("lasser", "kapper", "Amersfoort", "mbo 4", "ja", "nee", "34", "24", "moedertaal", "nee")
TO_REVIEW = (*TO_CONSENT, "ja", "Sam", "0612345678", "ja")
GUESS = "beetje papieren dingen doen"  # of work: it is asked back
YES = (RecordConsent, FileLead, WithdrawConsent, Forget)


class Typing:
    """One person on the bot as it ships, with numbered messages; `n` is the number of the last."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled, self.state, self.n, self.on = compiled, State.new("nl"), 0, MONDAY
        self.effects: tuple[Effect, ...] = ()
        self.take(Started(None, "nl"))

    def take(self, event: Event) -> str:
        before = State.from_json(self.state.to_json())
        turn = advance(self.compiled, before, event, on=self.on)
        self.state, self.effects = turn.state, turn.effects
        if any(isinstance(effect, FileLead) for effect in turn.effects):
            self.state = State.from_json({**turn.state.to_json(), "reference": "L-2026-0001"})
        return "\n".join(effect.message.text for effect in turn.effects if isinstance(effect, Send))

    def say(self, *texts: str) -> str:
        said = ""
        for text in texts:
            self.n += 1
            said = self.take(Said(text, message=self.n))
        return said

    def edit(self, number: int, text: str) -> str:
        return self.take(Said(text, edited=True, message=number))

    def raw(self, question: str) -> str:
        return self.state.answers[question].raw

    def agreed(self) -> bool:
        return any(isinstance(effect, YES) for effect in self.effects)


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return real_library()


@pytest.fixture
def typing(compiled: Compiled) -> Typing:
    return Typing(compiled)


# ------------------------------------------------------------------ that did not change
@pytest.mark.parametrize("said", [TO_CONSENT[:3], (*TO_CONSENT, "misschien"), TO_REVIEW, (*TO_REVIEW, "klopt")])
def test_an_edit_that_changes_nothing_does_nothing_wherever_they_are(typing: Typing, said: tuple[str, ...]) -> None:
    typing.say(*said)
    before = typing.state
    for _ in range(3):
        for number, text in enumerate(said, start=1):
            assert typing.edit(number, text) == ""
            assert (typing.state, typing.effects) == (before, ())


@pytest.mark.parametrize("text", ["bestaat stap nog?", "blorp", "/help", "ik heb autisme", "bedankt", "/wis"])
def test_what_gave_no_answer_is_no_second_time_either(typing: Typing, text: str) -> None:
    typing.say("lasser", text)
    before = typing.state
    assert typing.edit(2, text) == ""
    assert typing.state == before


def test_an_edit_of_weeks_ago_wakes_nobody(typing: Typing) -> None:
    typing.say("lasser", "kapper")
    before = typing.state
    typing.on += timedelta(days=30)
    assert typing.edit(1, "loodgieter") == ""
    assert typing.state == before
    typing.take(Elapsed())
    assert typing.edit(1, "loodgieter") == ""
    assert not typing.state.answers


def test_an_edit_before_anything_was_said_begins_nothing(compiled: Compiled) -> None:
    turn = advance(compiled, State.new("nl"), Said("lasser", edited=True, message=5), on=MONDAY)
    assert turn.effects == ()


# ------------------------------------------------------------------ of an answer
def test_an_edit_changes_the_answer_that_the_message_gave_says_so_and_asks_on(typing: Typing) -> None:
    typing.say("lasser", "kapper")
    said = typing.edit(1, "loodgieter")
    assert said.startswith("Ik heb je antwoord veranderd: Gewenst werk: loodgieter.")
    assert "Waar woon je?" in said
    assert (typing.raw("desired_work"), typing.raw("current_job")) == ("loodgieter", "kapper")
    assert "kapper" not in typing.edit(1, "loodgieter") and typing.effects == ()


def test_an_edit_at_the_name_is_no_name(typing: Typing) -> None:
    typing.say(*TO_CONSENT, "ja")
    assert typing.state.asked == "name"
    assert "Gewenst werk: timmerman" in typing.edit(1, "timmerman")
    assert "name" not in typing.state.answers and typing.state.asked == "name"


def test_an_edit_that_answers_nothing_leaves_the_answer_and_says_which(typing: Typing) -> None:
    typing.say("lasser", "kapper", "Amersfoort", "mbo 4", "ja", "nee", "34")
    for text in ("geen idee hoor, blorp", "moet ik 18 zijn?", "/wis", "12"):
        said = typing.edit(7, text)
        assert "Je antwoord blijft: Leeftijd: 34 jaar." in said
        assert typing.edit(7, text) == ""  # the same once more is no news
    assert typing.raw("age") == "34"
    assert typing.state.asked == "dutch"


@pytest.mark.parametrize("text", ["lasser, ik heb adhd", "mijn bsn is 111222333"])
def test_an_edit_brings_in_nothing_that_we_do_not_keep(typing: Typing, text: str) -> None:
    typing.say("lasser")
    said = typing.edit(1, text)
    assert "Je antwoord blijft: Gewenst werk: lasser." in said
    assert not {"adhd", "111222333"} & {*str(typing.state.to_json()).replace("'", " ").split()}
    assert typing.raw("desired_work") == "lasser"


def test_an_answer_that_is_a_guess_is_changed_after_a_yes(typing: Typing) -> None:
    typing.say("lasser", "kapper")
    said = typing.edit(2, GUESS)
    assert "Werk nu" in said
    assert typing.raw("current_job") == "kapper"
    assert typing.state.confirmation is not None and typing.state.confirmation.about is About.CHANGE
    assert "Waar woon je?" in typing.say("ja")
    assert typing.raw("current_job") == GUESS


def test_what_the_message_said_beside_its_answer_is_asked_about_again(typing: Typing) -> None:
    typing.say("lasser, ik ben 52 jaar en woon in Zwolle", "ja")
    assert (typing.state.answers["age"].value, typing.state.answers["place"].value) == (52, "Zwolle")
    said = typing.edit(1, "lasser, ik ben 53 jaar en woon in Zwolle")
    assert "Leeftijd: 53 jaar" in said and "Woonplaats" not in said
    typing.say("ja")
    assert (typing.state.answers["age"].value, typing.state.answers["place"].value) == (53, "Zwolle")
    before = typing.state
    assert typing.edit(1, "lasser, ik ben 53 jaar en woon in Zwolle") == ""
    assert typing.state == before


def test_what_another_message_or_a_button_answered_since_stays(typing: Typing) -> None:
    typing.say("lasser", "kapper")
    typing.take(Pressed("e:desired_work"))
    typing.say("timmerman")
    assert typing.raw("desired_work") == "timmerman"
    assert typing.edit(1, "loodgieter") == ""
    assert typing.raw("desired_work") == "timmerman"


def test_an_answer_that_was_asked_back_belongs_to_what_they_typed_and_not_to_their_yes(typing: Typing) -> None:
    typing.say("lasser", GUESS)
    assert typing.state.confirmation is not None
    typing.say("ja")
    assert typing.edit(3, "nee") == ""
    assert typing.edit(2, "kapper").startswith("Ik heb je antwoord veranderd: Werk nu: kapper.")


def test_an_edit_during_the_review_is_in_the_review(typing: Typing) -> None:
    assert "Leeftijd: 34" in typing.say(*TO_REVIEW)
    assert "Leeftijd: 43" in typing.edit(7, "43")
    assert not typing.agreed()


def test_an_edit_after_the_lead_was_filed_changes_the_lead(typing: Typing) -> None:
    typing.say(*TO_REVIEW, "klopt")
    typing.edit(7, "43")
    (filed,) = [effect.draft for effect in typing.effects if isinstance(effect, FileLead)]
    assert filed.facts["age"] == 43


# ------------------------------------------------------------------ of what was not understood
def test_an_edit_of_what_was_not_understood_is_a_new_try(typing: Typing) -> None:
    typing.say("lasser", "kapper", "qwertyuiop")
    assert typing.state.asked == "place"
    typing.edit(3, "Utrecht")
    assert typing.raw("place") == "Utrecht"
    assert typing.edit(3, "Zwolle").startswith("Ik heb je antwoord veranderd: Woonplaats: Zwolle.")


def test_an_edit_of_what_is_asked_back_is_a_new_try_and_no_reply(typing: Typing) -> None:
    typing.say("lasser", GUESS)
    assert typing.state.confirmation is not None
    assert typing.edit(2, GUESS) == ""
    assert typing.state.confirmation is not None
    typing.edit(2, "kapper")
    assert typing.raw("current_job") == "kapper"


def test_an_edit_of_what_was_said_before_that_does_nothing(typing: Typing) -> None:
    typing.say("lasser", "kapper", "qwertyuiop", "hallo?")
    before = typing.state.answers
    assert typing.edit(3, "Utrecht") == ""
    assert typing.state.answers == before


# ------------------------------------------------------------------ never a yes
def test_an_edit_never_says_yes_to_a_consent(typing: Typing) -> None:
    typing.say(*TO_CONSENT, "misschien")
    assert typing.state.asked == "may_contact"
    said = typing.edit(11, "ja")
    assert "telt niet als ja" in said and "contact met je opnemen" in said
    assert not typing.agreed() and "may_contact" not in typing.state.answers
    assert typing.edit(11, "ja") == ""
    typing.edit(5, "nee")  # the answer to "Heb je nu werk?" changes, and no consent
    assert not typing.agreed() and "may_contact" not in typing.state.answers


def test_an_edit_takes_no_consent_back(typing: Typing) -> None:
    typing.say(*TO_CONSENT, "ja", "Sam")
    before = typing.state
    assert typing.edit(11, "nee") == ""
    assert typing.state == before


def test_an_edit_never_files_a_lead(typing: Typing) -> None:
    typing.say(*TO_REVIEW, "wacht even")
    assert "telt niet als ja" in typing.edit(15, "klopt")
    assert not typing.agreed()


@pytest.mark.parametrize("command", ["/wis", "/intrekken", "/opnieuw", "/stop"])
def test_an_edit_settles_nothing_that_waits_for_a_yes(typing: Typing, command: str) -> None:
    typing.say(*TO_CONSENT, "ja", "Sam", command)
    answers = typing.state.answers
    for number in range(1, 14):
        typing.edit(number, "ja")
        assert not typing.agreed()
    assert typing.state.answers.keys() == answers.keys()
    assert "contact" in typing.state.consents


# ------------------------------------------------------------------ what was kept before there were numbers
def test_a_conversation_without_numbers_goes_on_and_its_edits_do_nothing(typing: Typing) -> None:
    typing.say("lasser", "kapper")
    old = typing.state.to_json()
    del old["heard"]
    old["answers"] = {name: [answer["words"], answer["value"]] for name, answer in old["answers"].items()}
    typing.state = State.from_json(old)
    assert typing.edit(1, "loodgieter") == ""
    assert "diploma" in typing.say("Utrecht")
    assert typing.edit(3, "Zwolle").startswith("Ik heb je antwoord veranderd: Woonplaats: Zwolle.")


def test_of_a_message_no_more_is_remembered_than_that_it_changed(typing: Typing) -> None:
    typing.say("lasser", "kapper", "mijn geheim is groot")
    assert typing.state.heard is not None and typing.state.heard.mark < 65_536
    assert "geheim" not in str(typing.state.to_json())
