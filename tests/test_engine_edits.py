"""An edited message: Telegram also sends edits that nobody made, of a message of any age."""

from datetime import timedelta

import pytest
from libraries import real_library
from people import MONDAY, begun

from bot.authoring.rehearsal import Rehearsal
from bot.compiled import Compiled
from bot.engine import State, advance
from bot.engine.effects import FileLead, Forget, RecordConsent, WithdrawConsent
from bot.engine.events import Elapsed, Pressed, Said
from bot.engine.state import About

TO_CONSENT = ("lasser", "kapper", "Amersfoort", "mbo 4", "ja", "nee", "34", "24", "moedertaal", "nee")
TO_REVIEW = (*TO_CONSENT, "ja", "Sam", "0612345678", "ja")
GUESS = "spullen rondbrengen"  # of work: it is asked back
YES = (RecordConsent, FileLead, WithdrawConsent, Forget)


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return real_library()


@pytest.fixture
def typing() -> Rehearsal:
    return begun()


# ------------------------------------------------------------------ that did not change
@pytest.mark.parametrize("said", [TO_CONSENT[:3], (*TO_CONSENT, "misschien"), TO_REVIEW, (*TO_REVIEW, "klopt")])
def test_an_edit_that_changes_nothing_does_nothing_wherever_they_are(typing: Rehearsal, said: tuple[str, ...]) -> None:
    typing.say(*said)
    before = typing.state
    for _ in range(3):
        for number, text in enumerate(said, start=1):
            assert typing.edit(number, text) == ""
            assert (typing.state, typing.last.effects) == (before, ())


@pytest.mark.parametrize("text", ["bestaat stap nog?", "blorp", "/help", "ik heb autisme", "bedankt", "/wis"])
def test_what_gave_no_answer_is_no_second_time_either(typing: Rehearsal, text: str) -> None:
    typing.say("lasser", text)
    before = typing.state
    assert typing.edit(2, text) == ""
    assert typing.state == before


def test_an_edit_of_weeks_ago_wakes_nobody(typing: Rehearsal) -> None:
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
def test_an_edit_changes_the_answer_that_the_message_gave_says_so_and_asks_on(typing: Rehearsal) -> None:
    typing.say("lasser", "kapper")
    said = typing.edit(1, "loodgieter")
    assert said.startswith("Ik heb je antwoord veranderd: Gewenst werk: loodgieter.")
    assert "Waar woon je?" in said
    assert typing.state.answers["desired_work"].raw == "loodgieter"
    assert typing.state.answers["current_job"].raw == "kapper"
    assert "kapper" not in typing.edit(1, "loodgieter") and typing.last.effects == ()


def test_an_edit_at_the_name_is_no_name(typing: Rehearsal) -> None:
    typing.say(*TO_CONSENT, "ja")
    assert typing.state.asked == "name"
    assert "Gewenst werk: timmerman" in typing.edit(1, "timmerman")
    assert "name" not in typing.state.answers and typing.state.asked == "name"


def test_an_edit_that_answers_nothing_leaves_the_answer_and_says_which(typing: Rehearsal) -> None:
    typing.say("lasser", "kapper", "Amersfoort", "mbo 4", "ja", "nee", "34")
    for text in ("geen idee hoor, blorp", "moet ik 18 zijn?", "/wis", "12"):
        said = typing.edit(7, text)
        assert "Je antwoord blijft: Leeftijd: 34 jaar." in said
        assert typing.edit(7, text) == ""  # the same once more is no news
    assert typing.state.answers["age"].raw == "34"
    assert typing.state.asked == "hours"


@pytest.mark.parametrize("text", ["lasser, ik heb adhd", "mijn bsn is 111222333"])
def test_an_edit_brings_in_nothing_that_we_do_not_keep(typing: Rehearsal, text: str) -> None:
    typing.say("lasser")
    said = typing.edit(1, text)
    assert "Je antwoord blijft: Gewenst werk: lasser." in said
    assert not {"adhd", "111222333"} & {*str(typing.state.to_json()).replace("'", " ").split()}
    assert typing.state.answers["desired_work"].raw == "lasser"


def test_an_answer_that_is_a_guess_is_changed_after_a_yes(typing: Rehearsal) -> None:
    typing.say("lasser", "kapper")
    said = typing.edit(2, GUESS)
    assert "Werk nu" in said
    assert typing.state.answers["current_job"].raw == "kapper"
    assert typing.state.confirmation is not None and typing.state.confirmation.about is About.CHANGE
    assert "Waar woon je?" in typing.say("ja")
    assert typing.state.answers["current_job"].raw == GUESS


def test_what_was_worked_out_is_asked_back_in_an_edit_too() -> None:
    chat = begun("softwareontwikkelaar", "bezorger", "Utrecht", "mbo 4", "ik zoek werk", "ww", "34", "20")
    assert "hours" in chat.state.answers
    chat.edit(8, "3 dagen")
    assert chat.state.answers["hours"].value == 20
    assert chat.state.confirmation is not None


def test_what_the_message_said_beside_its_answer_changes_with_it(typing: Rehearsal) -> None:
    typing.say("lasser, ik ben 52 jaar en woon in Zwolle")
    assert (typing.state.answers["age"].value, typing.state.answers["place"].value) == (52, "Zwolle")
    typing.edit(1, "lasser, ik ben 53 jaar en woon in Zwolle")
    assert (typing.state.answers["age"].value, typing.state.answers["place"].value) == (53, "Zwolle")
    before = typing.state
    assert typing.edit(1, "lasser, ik ben 53 jaar en woon in Zwolle") == ""
    assert typing.state == before


def test_what_another_message_or_a_button_answered_since_stays(typing: Rehearsal) -> None:
    typing.say("lasser", "kapper")
    typing.take(Pressed("e:desired_work"))
    typing.say("timmerman")
    assert typing.state.answers["desired_work"].raw == "timmerman"
    assert typing.edit(1, "loodgieter") == ""
    assert typing.state.answers["desired_work"].raw == "timmerman"


def test_an_answer_that_was_asked_back_belongs_to_what_they_typed_and_not_to_their_yes(typing: Rehearsal) -> None:
    typing.say("lasser", GUESS)
    assert typing.state.confirmation is not None
    typing.say("ja")
    assert typing.edit(3, "nee") == ""
    assert typing.edit(2, "kapper").startswith("Ik heb je antwoord veranderd: Werk nu: kapper.")


def test_an_edit_during_the_review_is_in_the_review(typing: Rehearsal) -> None:
    assert "Leeftijd: 34" in typing.say(*TO_REVIEW)
    assert "Leeftijd: 43" in typing.edit(7, "43")
    assert not typing.did(*YES)


def test_an_edit_after_the_lead_was_filed_changes_the_lead(typing: Rehearsal) -> None:
    typing.say(*TO_REVIEW, "klopt")
    typing.edit(7, "43")
    (filed,) = [effect.draft for effect in typing.last.effects if isinstance(effect, FileLead)]
    assert filed.facts["age"] == 43


# ------------------------------------------------------------------ of what was not understood
def test_an_edit_of_what_was_not_understood_is_a_new_try(typing: Rehearsal) -> None:
    typing.say("lasser", "kapper", "qwertyuiop")
    assert typing.state.asked == "place"
    typing.edit(3, "Utrecht")
    assert typing.state.answers["place"].raw == "Utrecht"
    assert typing.edit(3, "Zwolle").startswith("Ik heb je antwoord veranderd: Woonplaats: Zwolle.")


def test_an_edit_of_what_is_asked_back_is_a_new_try_and_no_reply(typing: Rehearsal) -> None:
    typing.say("lasser", GUESS)
    assert typing.state.confirmation is not None
    assert typing.edit(2, GUESS) == ""
    assert typing.state.confirmation is not None
    typing.edit(2, "kapper")
    assert typing.state.answers["current_job"].raw == "kapper"


def test_an_edit_of_what_was_said_before_that_does_nothing(typing: Rehearsal) -> None:
    typing.say("lasser", "kapper", "qwertyuiop", "hallo?")
    before = typing.state.answers
    assert typing.edit(3, "Utrecht") == ""
    assert typing.state.answers == before


# ------------------------------------------------------------------ never a yes
def test_an_edit_never_says_yes_to_a_consent(typing: Rehearsal) -> None:
    typing.say(*TO_CONSENT, "misschien")
    assert typing.state.asked == "may_contact"
    said = typing.edit(11, "ja")
    assert "telt niet als ja" in said and "contact met je opnemen" in said
    assert not typing.did(*YES) and "may_contact" not in typing.state.answers
    assert typing.edit(11, "ja") == ""
    typing.edit(5, "nee")  # the answer to "Heb je nu werk?" changes, and no consent
    assert not typing.did(*YES) and "may_contact" not in typing.state.answers


def test_an_edit_takes_no_consent_back(typing: Rehearsal) -> None:
    typing.say(*TO_CONSENT, "ja", "Sam")
    before = typing.state
    assert typing.edit(11, "nee") == ""
    assert typing.state == before


def test_an_edit_never_files_a_lead(typing: Rehearsal) -> None:
    typing.say(*TO_REVIEW, "wacht even")
    assert "telt niet als ja" in typing.edit(15, "klopt")
    assert not typing.did(*YES)


@pytest.mark.parametrize("command", ["/wis", "/intrekken", "/opnieuw", "/stop"])
def test_an_edit_settles_nothing_that_waits_for_a_yes(typing: Rehearsal, command: str) -> None:
    typing.say(*TO_CONSENT, "ja", "Sam", command)
    answers = typing.state.answers
    for number in range(1, 14):
        typing.edit(number, "ja")
        assert not typing.did(*YES)
    assert typing.state.answers.keys() == answers.keys()
    assert "contact" in typing.state.consents


# ------------------------------------------------------------------ what was kept before there were numbers
def test_a_conversation_without_numbers_goes_on_and_its_edits_do_nothing(typing: Rehearsal) -> None:
    typing.say("lasser", "kapper")
    old = typing.state.to_json()
    del old["heard"]
    old["answers"] = {name: [answer["words"], answer["value"]] for name, answer in old["answers"].items()}
    typing.state = State.from_json(old)
    assert typing.edit(1, "loodgieter") == ""
    assert "diploma" in typing.say("Utrecht")
    assert typing.edit(3, "Zwolle").startswith("Ik heb je antwoord veranderd: Woonplaats: Zwolle.")


def test_of_a_message_no_more_is_remembered_than_that_it_changed(typing: Rehearsal) -> None:
    typing.say("lasser", "kapper", "mijn geheim is groot")
    assert typing.state.heard is not None and typing.state.heard.mark < 65_536
    assert "geheim" not in str(typing.state.to_json())


# ------------------------------------------------------------------ of what began exploring
def test_an_edit_of_what_began_exploring_is_heard_where_it_was_said(typing: Rehearsal) -> None:
    typing.say("weet ik niet")
    assert typing.state.detour == "explore"
    assert "Wat doe je nu" in typing.edit(1, "lasser")
    assert (typing.state.answers["desired_work"].raw, typing.state.detour) == ("lasser", None)
    assert typing.edit(1, "loodgieter").startswith("Ik heb je antwoord veranderd: Gewenst werk: loodgieter.")


def test_an_edit_of_a_request_to_explore_brings_the_wish_back_that_was_put_aside(typing: Rehearsal) -> None:
    typing.say("lasser", "help me kiezen")
    assert "desired_work" not in typing.state.answers
    typing.edit(2, "kapper")
    assert {name: one.raw for name, one in typing.state.answers.items()} == {
        "desired_work": "lasser",
        "current_job": "kapper",
    }
    assert not typing.state.noted


def test_an_edit_that_asks_to_explore_in_other_words_puts_the_card_again(typing: Rehearsal) -> None:
    first = typing.say("help me kiezen").splitlines()[-2:]
    assert typing.edit(1, "help me met kiezen").splitlines()[-2:] == first
    assert typing.edit(1, "help me met kiezen") == ""
    typing.edit(1, "lasser")
    assert typing.state.answers["desired_work"].raw == "lasser"


def test_what_began_exploring_is_no_new_try_once_a_card_was_answered(typing: Rehearsal) -> None:
    typing.say("help me kiezen", "leuk")
    before = typing.state
    assert typing.edit(1, "lasser") == ""
    assert typing.state == before


def test_an_edit_of_what_a_card_did_not_understand_is_heard_at_the_card(typing: Rehearsal) -> None:
    typing.say("help me kiezen", "blorp")
    typing.edit(2, "leuk")
    assert typing.state.detour == "explore" and list(typing.state.answers) == ["likes_repairing"]
