"""The engine, turn by turn: where someone is follows from the answers, and nothing they said is lost."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from libraries import flows_in, library_with, netherlands, real_library
from people import MONDAY, in_flow

from bot.advice import deciding_facts
from bot.authoring.rehearsal import Rehearsal
from bot.compiled import Compiled
from bot.content.flow import Collect, Interrupt
from bot.engine import State, advance
from bot.engine.buttons import ConfirmationButton
from bot.engine.effects import (
    FileLead,
    Forget,
    HandOver,
    Keyboard,
    NoteUnansweredQuestion,
    RecordConsent,
    WithdrawConsent,
)
from bot.engine.events import Elapsed, Pressed, Said, SharedContact
from bot.engine.flow.timers import in_daytime
from bot.engine.state import GIVEN_UP, Answer, Mode
from bot.engine.turn import TurnContext
from bot.engine.walk import walk
from bot.text import Text

HERE = Path(__file__).parent / "engine"


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return library_with(flows_in(HERE))


@pytest.fixture
def talk(compiled: Compiled) -> Rehearsal:
    return in_flow(compiled, "every_type")


UP_TO_WHO = ("groen", "34", "12,5", "3", "10", "1 april", "ja", "overdag", "lasser", "Zeist", "3511lx")
UP_TO_REVIEW = (*UP_TO_WHO, "ja", "Sam", "sam@voorbeeld.nl", "0612345678", "niet")


# ------------------------------------------------------------------ answers are the state
def test_the_place_in_the_flow_is_not_stored_and_follows_from_the_answers(talk: Rehearsal) -> None:
    talk.say("groen", "34")
    elsewhere = State(language="nl", flow="every_type", version="1", answers=talk.state.answers)
    position = walk(talk.compiled.content.flows, "every_type", elsewhere.answers, on=MONDAY, deciding=lambda _: True)
    assert position.open is not None
    assert position.open.step.id == talk.state.asked == "weight"


def test_the_same_state_event_and_moment_give_the_same_turn(talk: Rehearsal) -> None:
    again = advance(talk.compiled, talk.state, Said("groen"), on=MONDAY)
    assert again == advance(talk.compiled, talk.state, Said("groen"), on=MONDAY)


def test_a_question_that_does_not_apply_is_not_asked(talk: Rehearsal) -> None:
    talk.say("groen")
    assert talk.state.asked == "count"


def test_an_answer_that_falls_off_the_path_is_kept_and_comes_back_with_it(talk: Rehearsal) -> None:
    talk.say("rood", "kersenrood", "34")
    talk.take(Pressed("e:colour"))
    talk.say("groen")
    assert "shade" in talk.state.answers
    talk.say("/overzicht")
    assert "Tint" not in talk.text
    talk.take(Pressed("e:colour"))
    talk.say("rood")
    assert talk.state.asked == "weight"
    talk.say("/overzicht")
    assert "Tint: kersenrood" in talk.text


def test_after_a_change_only_what_depends_on_it_is_asked(talk: Rehearsal) -> None:
    talk.say("groen", "34", "/overzicht")
    talk.press("Verander: Kleur")
    talk.say("rood")
    assert talk.state.asked == "shade"
    talk.say("kersenrood")
    assert talk.state.asked == "weight"


def test_a_flow_may_send_someone_back_to_a_question(talk: Rehearsal) -> None:
    talk.say("groen", "7")
    assert "Zeven is te mooi." in talk.text
    assert talk.state.asked == "count"
    talk.say("7")
    assert "Zeven is te mooi." in talk.text
    talk.say("8")
    assert talk.state.asked == "weight"


def test_a_called_flow_comes_back_and_a_fact_that_was_set_counts(talk: Rehearsal) -> None:
    talk.say(*UP_TO_WHO)
    assert talk.state.asked == "may_call"
    talk.say("nee")
    assert talk.state.asked == "checked"
    position = walk(talk.compiled.content.flows, "every_type", talk.state.answers, on=MONDAY, deciding=lambda _: True)
    assert position.facts["answer_to_all"] == 42
    assert "Dit zegt niemand." not in talk.text


def test_a_default_is_the_fact_of_who_passes_the_question_over(talk: Rehearsal) -> None:
    talk.say("groen", "34", "12,5", "3", "weet ik niet")
    position = walk(talk.compiled.content.flows, "every_type", talk.state.answers, on=MONDAY, deciding=lambda _: True)
    assert position.facts["price"] == 0
    assert talk.state.answers["price"].value is None


# ------------------------------------------------------------------ steering
def test_back_opens_the_question_before_and_back_again_the_one_before_that(talk: Rehearsal) -> None:
    talk.say("groen", "34", "/terug")
    assert talk.state.asked == "count"
    talk.say("/terug")
    assert talk.state.asked == "colour"
    talk.say("/terug")
    assert "eerste vraag" in talk.text
    talk.say("blauw")
    assert talk.state.asked == "weight"


def test_skipping_while_changing_keeps_the_answer(talk: Rehearsal) -> None:
    talk.say("groen", "34", "/terug", "/overslaan")
    assert talk.state.answers["count"].value == 34
    assert talk.state.asked == "weight"


def test_pressing_an_old_button_changes_that_answer_after_a_yes(talk: Rehearsal) -> None:
    old = talk.button("Blauw")
    talk.say("groen")
    talk.take(Pressed(old))
    assert "Blauw" in talk.text
    assert talk.state.answers["colour"].value == "green"
    talk.say("ja")
    assert talk.state.answers["colour"].value == "blue"
    assert talk.state.asked == "count"


def test_pressing_the_same_button_twice_does_nothing_twice(talk: Rehearsal) -> None:
    pressed = talk.button("Groen")
    talk.take(Pressed(pressed))
    before = talk.state.answers
    talk.take(Pressed(pressed))
    assert talk.state.answers == before
    assert "had ik al" in talk.text
    assert talk.state.asked == "count"


@pytest.mark.parametrize("data", ["", "nonsense", "a:gone:x:1", "y:yes:99", "e:gone", "c:explode:", "a:colour:pink:0"])
def test_a_button_that_means_nothing_any_more_is_answered_with_the_question(talk: Rehearsal, data: str) -> None:
    talk.take(Pressed(data))
    assert "Welke kleur?" in talk.text
    assert not talk.state.answers


def test_the_language_switches_in_the_middle_and_the_question_comes_back(talk: Rehearsal) -> None:
    talk.say("groen", "/taal")
    assert "How many?" in talk.text
    talk.say("nederlands")
    assert "Hoeveel?" in talk.text


def test_restarting_asks_first_and_then_forgets_the_answers(talk: Rehearsal) -> None:
    talk.say("groen", "/opnieuw", "nee")
    assert talk.state.answers
    talk.say("/opnieuw", "ja")
    assert not talk.state.answers
    assert talk.state.asked == "colour"


@pytest.mark.parametrize("text", ["Verander: Kleur", "verander kleur", "wijzig kleur", "change colour"])
def test_a_change_can_be_typed_as_well(talk: Rehearsal, text: str) -> None:
    if text.startswith("change"):
        talk.say("english")
    talk.say("groen", text)
    assert talk.state.asked == "colour"
    assert talk.state.editing == "colour"


def test_a_flow_can_switch_commands_off(compiled: Compiled) -> None:
    flow = replace(compiled.content.flows["every_type"], interrupts=frozenset({Interrupt.FAQ}))
    talk = in_flow(library_with({**compiled.content.flows, "every_type": flow}), "every_type")
    talk.say("groen", "/terug")
    assert talk.state.asked == "count"
    assert "kan hier niet" in talk.text


# ------------------------------------------------------------------ interrupts
def test_a_question_in_between_is_answered_and_attempts_stay_the_same(talk: Rehearsal) -> None:
    talk.say("groen", "veel")
    assert talk.state.attempts == 1
    talk.say("bestaat het stap-budget nog?")
    assert "STAP" in talk.text
    assert talk.state.asked == "count"
    assert talk.state.attempts == 1


def test_a_question_that_nobody_can_answer_is_noted_for_the_editors(talk: Rehearsal) -> None:
    talk.say("groen", "waar gaat de zon slapen in xanadu?")
    assert talk.did(NoteUnansweredQuestion)
    assert talk.state.asked == "count"
    assert talk.state.attempts == 0


def test_an_exact_answer_goes_before_everything_else(compiled: Compiled) -> None:
    flow = compiled.content.flows["every_type"]
    colour = flow.question("colour")
    assert isinstance(colour, Collect)
    stop = replace(colour.choices[0], value="stop", label=Text(nl="Stop", en="Stop"))
    asking = replace(colour, choices=(stop, *colour.choices))
    steps = tuple(asking if step is colour else step for step in flow.steps)
    talk = in_flow(library_with({**compiled.content.flows, "every_type": replace(flow, steps=steps)}), "every_type")
    talk.say("stop")
    assert talk.state.answers["colour"].value == "stop"


def test_a_human_is_one_word_away_and_then_the_question_comes_back(talk: Rehearsal) -> None:
    talk.say("groen", "ik wil een mens spreken")
    assert talk.state.asked == "mood"
    talk.say("best")
    assert talk.did(HandOver) == [HandOver("mood_told")]
    assert talk.state.asked == "count"
    assert talk.state.detour is None


# ------------------------------------------------------------------ the retry ladder
def test_help_grows_with_every_try_and_then_the_flow_goes_on(talk: Rehearsal) -> None:
    talk.say("groen", "veel")
    assert "Bijvoorbeeld: 34." in talk.text
    talk.say("heel veel")
    assert [button.label for button in talk.messages[-1].buttons] == ["Sla over", "Ik wil een mens"]
    talk.say("zo veel")
    assert talk.state.answers["count"] == Answer(GIVEN_UP, None)
    assert talk.state.asked == "weight"
    talk.say("/overzicht")
    assert "Aantal: overgeslagen" in talk.text


def test_a_flow_can_hand_over_whoever_is_stuck(talk: Rehearsal) -> None:
    talk.say("groen", "34", "12,5", "best", "heel")
    assert talk.did(HandOver) == [HandOver("stuck:score")]
    assert talk.state.asked == "price"


def test_a_flow_can_keep_the_words_that_were_not_understood(talk: Rehearsal) -> None:
    talk.say(*UP_TO_WHO[:-1], "ergens", "bij de kerk", "naast de molen")
    assert talk.state.answers["postcode"] == Answer("naast de molen", "naast de molen")


def test_a_name_that_an_adviser_needs_cannot_be_passed_over_but_the_yes_can_be_taken_back(talk: Rehearsal) -> None:
    talk.say(*UP_TO_WHO, "ja", "/overslaan")
    assert talk.state.asked == "name"
    assert "kan een adviseur je niet bereiken" in talk.text
    talk.say("nee, liever niet")
    assert talk.state.answers["may_call"].value is False
    assert "contact" not in talk.state.consents
    assert WithdrawConsent("contact") in talk.did(WithdrawConsent)


def test_what_was_said_to_reach_someone_goes_with_their_yes(talk: Rehearsal) -> None:
    talk.say(*UP_TO_WHO, "ja", "Sam", "geen contact", "ja")
    assert "name" not in talk.state.answers


def test_an_answer_can_be_refused_with_its_own_text_and_a_soft_one_stands_after_a_yes(talk: Rehearsal) -> None:
    talk.say("groen", "13")
    assert "Dertien brengt ongeluk." in talk.text
    talk.say("95")
    assert "Zo veel?" in talk.text
    talk.say("ja")
    assert talk.state.answers["count"].value == 95


def test_what_is_less_certain_than_a_flow_wants_is_confirmed_first(talk: Rehearsal) -> None:
    talk.say("groen", "34", "12,5", "3", "ongeveer 100 euro")
    assert "€ 100. Klopt dat?" in talk.text
    talk.say("nee", "50")
    assert talk.state.answers["price"].value == 50


def test_a_no_to_what_we_understood_may_bring_the_answer_along(talk: Rehearsal) -> None:
    talk.say("groen", "34", "12,5", "3", "ongeveer 100 euro", "50 euro")
    assert talk.state.answers["price"].value == 50


# ------------------------------------------------------------------ choosing several
def test_choices_are_picked_one_by_one_until_done(talk: Rehearsal) -> None:
    talk.say(*UP_TO_WHO[:7])
    talk.press("Overdag")
    assert [button.label for button in talk.messages[-1].buttons] == ["'s Nachts", "Nooit", "Klaar"]
    talk.press("'s Nachts")
    talk.press("Klaar")
    assert talk.state.answers["times"].value == frozenset({"day", "night"})


def test_a_question_in_between_loses_no_picked_choice(talk: Rehearsal) -> None:
    talk.say(*UP_TO_WHO[:7])
    talk.press("Overdag")
    talk.say("bestaat het stap-budget nog?", "klaar")
    assert talk.state.answers["times"].value == frozenset({"day"})


def test_a_choosing_that_the_first_release_stored_goes_on(talk: Rehearsal) -> None:
    talk.say(*UP_TO_WHO[:7])
    talk.press("Overdag")
    stored = talk.state.to_json()
    del stored["picked"]  # commit ca8e6ed kept it where a yes or a no waits
    stored["confirmation"] = {"about": "picking", "question": "times", "options": [["day", "day"]], "answering": []}
    talk.state = State.from_json(stored)
    talk.press("'s Nachts")
    talk.say("klaar")
    assert talk.state.answers["times"].value == frozenset({"day", "night"})


def test_a_forged_yes_while_choices_are_picked_is_an_old_button(talk: Rehearsal) -> None:
    talk.say(*UP_TO_WHO[:7])
    talk.press("Overdag")
    talk.take(Pressed(ConfirmationButton("yes", talk.state.revision).data))
    talk.say("klaar")
    assert talk.state.answers["times"].value == frozenset({"day"})


def test_a_choice_that_goes_alone_ends_the_choosing(talk: Rehearsal) -> None:
    talk.say(*UP_TO_WHO[:7])
    talk.press("Nooit")
    assert talk.state.answers["times"].value == frozenset({"never"})


# ------------------------------------------------------------------ consent, contact, lead
def test_nothing_personal_is_asked_or_filed_without_a_yes(talk: Rehearsal) -> None:
    talk.say(*UP_TO_WHO, "nee")
    assert talk.state.asked == "checked"
    talk.say("alles klopt")
    (filed,) = talk.did(FileLead)
    assert isinstance(filed, FileLead)
    assert filed.draft.contact == {}
    assert filed.draft.consents == frozenset()


def test_a_yes_is_recorded_word_for_word(talk: Rehearsal) -> None:
    talk.say(*UP_TO_WHO, "ja hoor")
    assert talk.did(RecordConsent) == [RecordConsent("contact", "Mogen we je bellen?", "nl")]


def test_the_lead_holds_facts_words_and_contact_apart(talk: Rehearsal) -> None:
    talk.say(*UP_TO_REVIEW, "alles klopt")
    (filed,) = talk.did(FileLead)
    assert isinstance(filed, FileLead)
    draft = filed.draft
    assert draft.contact == {"name": "Sam", "email": "sam@voorbeeld.nl", "phone": "+31612345678"}
    assert draft.facts["town"] == "Zeist"
    assert draft.said["postcode"] == "3511lx"
    assert draft.columns == {"day": "first_day"}
    assert not {"name", "email", "phone", "may_call"} & {*draft.facts, *draft.said}


def test_a_shared_contact_counts_only_when_it_is_their_own(talk: Rehearsal) -> None:
    talk.say(*UP_TO_WHO, "ja", "Sam", "sam@voorbeeld.nl")
    assert talk.messages[-1].contact_button
    talk.take(SharedContact("31687654321", "Moeder", own=False))
    assert talk.state.asked == "phone"
    talk.take(SharedContact("31612345678", "Sam", own=True))
    assert talk.state.answers["phone"].value == "+31612345678"


def test_the_keyboard_that_shares_a_number_is_taken_away_again(talk: Rehearsal) -> None:
    talk.say(*UP_TO_REVIEW[:-1])
    assert talk.messages[-1].keyboard is Keyboard.REPLY
    talk.say("niet")
    assert Keyboard.REMOVE in {message.keyboard for message in talk.messages}


def test_withdrawing_erases_what_is_personal_and_keeps_the_rest(talk: Rehearsal) -> None:
    talk.say(*UP_TO_REVIEW, "alles klopt", "/intrekken", "ja")
    assert talk.did(WithdrawConsent) == [WithdrawConsent("contact")]
    assert not {"name", "email", "phone"} & talk.state.answers.keys()
    assert talk.state.answers["may_call"].value is False
    assert talk.state.answers["town"].value == "Zeist"


def test_forgetting_leaves_nothing(talk: Rehearsal) -> None:
    talk.say(*UP_TO_REVIEW, "/wis", "ja")
    assert talk.did(Forget)
    assert talk.state == replace(State.new("nl"), version=talk.state.version)


def test_a_change_after_the_overview_shows_the_overview_again(talk: Rehearsal) -> None:
    talk.say(*UP_TO_REVIEW)
    talk.press("Verander: Kleur")
    talk.say("blauw")
    assert talk.state.asked == "checked"
    assert "Kleur: Blauw" in talk.text


def test_a_no_to_the_overview_files_nothing(talk: Rehearsal) -> None:
    talk.say(*UP_TO_REVIEW, "nee")
    assert not talk.did(FileLead)
    assert talk.state.asked == "checked"


def test_whoever_stops_after_leaving_a_number_is_a_lead_when_they_say_so(talk: Rehearsal) -> None:
    talk.say(*UP_TO_REVIEW[:-1], "/stop")
    assert talk.did(FileLead) == []
    talk.say("ja")
    (filed,) = talk.did(FileLead)
    assert isinstance(filed, FileLead)
    assert not filed.draft.complete
    assert filed.draft.reached == "other_reach"


# ------------------------------------------------------------------ ask only what matters
def test_asking_whether_a_question_can_change_the_result_changes_nothing() -> None:
    talk = in_flow(real_library(), "intake")
    talk.say("lasser", "kapper", "Utrecht")
    state = replace(talk.state, settled=frozenset())
    turn = TurnContext(real_library(), state, MONDAY)
    assert not turn.deciding("ict_background")
    assert turn.state is state


def test_what_walking_passes_over_is_not_looked_at_again() -> None:
    talk = in_flow(real_library(), "intake")
    talk.say("lasser", "kapper", "Utrecht", *["weet ik niet"] * 6)
    turn = TurnContext(real_library(), replace(talk.state, settled=frozenset()), MONDAY)
    assert turn.position().passed_over
    assert turn.state.settled == turn.position().passed_over


def test_a_question_that_cannot_change_the_result_is_not_asked() -> None:
    talk = in_flow(real_library(), "intake")
    talk.say("lasser", "kapper", "Utrecht")
    asked = set()
    while talk.state.asked not in (None, "refine"):
        asked.add(str(talk.state.asked))
        talk.say("weet ik niet")
    facts = {"desired_work": "lasser", "current_job": "kapper", "place": "Utrecht"}
    deciding = deciding_facts(real_library(), facts, on=MONDAY.date())
    assert asked <= deciding
    assert talk.state.settled
    assert not talk.state.settled & deciding


def test_what_matters_is_looked_up_again_after_a_change() -> None:
    talk = in_flow(real_library(), "intake")
    talk.say("lasser", "kapper", "Utrecht", "mbo 4", "ja", "nee", "34")
    assert "ict_background" not in talk.state.answers
    talk.say("weet ik niet", "weet ik niet")
    assert "ict_background" in talk.state.settled
    talk.take(Pressed("e:desired_work"))
    talk.say("cybersecurity")
    assert "ict_background" not in talk.state.settled


# ------------------------------------------------------------------ time
@pytest.mark.parametrize(
    ("moment", "spoken_at"),
    [
        ("2026-11-23 10:00", "2026-11-23 10:00"),
        ("2026-11-23 22:00", "2026-11-24 09:00"),
        ("2026-11-23 03:00", "2026-11-23 09:00"),
        ("2026-11-28 12:00", "2026-11-30 09:00"),  # a Saturday
        ("2026-12-25 12:00", "2026-12-28 09:00"),  # Christmas, then a Saturday and a Sunday
        ("2027-04-27 12:00", "2027-04-28 09:00"),  # King's Day
    ],
)
def test_nobody_is_written_to_at_night_or_on_a_day_off(moment: str, spoken_at: str) -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=netherlands().calendar.zone)

    assert in_daytime(at(moment), netherlands()) == at(spoken_at)


def test_there_is_no_reminder_without_a_yes(talk: Rehearsal) -> None:
    talk.say("groen")
    assert talk.state.wake_at == MONDAY + timedelta(days=14)


def test_reminders_come_as_often_as_the_flow_says_and_no_more(talk: Rehearsal) -> None:
    talk.say("groen", "/stop", "ja")
    reminded = 0
    while talk.state.mode is not Mode.EXPIRED:
        assert talk.state.wake_at is not None
        talk.on = talk.state.wake_at
        talk.take(Elapsed())
        reminded += bool(talk.messages)
    assert reminded == 2


def test_a_wake_up_that_comes_too_early_does_nothing(talk: Rehearsal) -> None:
    talk.say("groen")
    before = talk.state
    talk.take(Elapsed())
    assert talk.state == before
    assert not talk.last.effects


def test_a_wait_ends_by_itself_and_the_next_question_comes(talk: Rehearsal) -> None:
    talk.say(*UP_TO_REVIEW, "alles klopt")
    assert talk.state.wake_at == MONDAY + timedelta(days=3)
    talk.say("hallo?")
    assert talk.state.asked is None
    assert talk.state.wake_at is not None
    talk.on = talk.state.wake_at
    talk.take(Elapsed())
    assert "Ben je blij?" in talk.text


def test_what_is_said_before_a_question_was_put_is_no_answer_to_it(talk: Rehearsal) -> None:
    talk.say(*UP_TO_REVIEW, "alles klopt")
    talk.on += timedelta(days=4)
    talk.say("nee")
    assert "Ben je blij?" in talk.text
    assert "happy" not in talk.state.answers


def test_after_some_days_one_line_says_where_we_were(talk: Rehearsal) -> None:
    talk.say("groen")
    talk.on += timedelta(days=2)
    talk.say("34")
    assert talk.messages[0].text == "Welkom terug. We waren bij: Aantal"
    assert talk.state.answers["count"].value == 34


def test_after_its_time_a_conversation_is_erased_and_begins_again(talk: Rehearsal) -> None:
    talk.say("groen")
    talk.on += timedelta(days=15)
    talk.say("34")
    assert not talk.state.answers
    assert talk.state.asked == "colour"


# ------------------------------------------------------------------ change without loss
def changed(compiled: Compiled, version: str, **questions: object) -> Compiled:
    """The flow with questions replaced by others; None leaves a question out."""
    flow = compiled.content.flows["every_type"]
    steps = tuple(questions.get(step.id, step) for step in flow.steps)
    kept = tuple(step for step in steps if step is not None)
    return library_with({**compiled.content.flows, "every_type": replace(flow, steps=kept)}, version)  # type: ignore[arg-type]


def test_answers_replay_through_a_changed_flow(talk: Rehearsal) -> None:
    talk.say("groen", "34", "12,5", "3")
    talk.compiled = changed(talk.compiled, "2", score=None)
    talk.say("€ 10")
    assert talk.state.answers["price"].value == 10
    assert talk.state.asked == "day"
    assert "score" in talk.state.answers  # it may come back with the next version


def test_an_answer_that_no_longer_reads_is_asked_again_and_why_is_said(talk: Rehearsal) -> None:
    talk.say("groen", "34")
    colour = talk.compiled.content.flows["every_type"].question("colour")
    assert isinstance(colour, Collect)
    talk.compiled = changed(talk.compiled, "2", colour=replace(colour, choices=(colour.choices[0], colour.choices[2])))
    talk.say("12,5")
    assert 'De vraag "Kleur" is veranderd.' in talk.text
    assert talk.state.answers["weight"].value == 12.5
    assert talk.state.asked == "colour"


def test_a_renamed_question_keeps_its_answer(talk: Rehearsal) -> None:
    talk.say("groen", "34")
    flow = talk.compiled.content.flows["every_type"]
    steps = tuple(replace(step, id="hue") if step.id == "colour" else step for step in flow.steps)
    renamed = replace(flow, steps=steps, renames={"colour": "hue"})
    talk.compiled = library_with({**talk.compiled.content.flows, "every_type": renamed}, "2")
    talk.say("12,5")
    assert talk.state.answers["hue"].value == "green"
    assert "colour" not in talk.state.answers


def test_what_they_say_answers_the_question_they_saw_also_when_another_comes_first_now(talk: Rehearsal) -> None:
    talk.say("groen")
    flow = talk.compiled.content.flows["every_type"]
    late = flow.steps[flow.positions["sure"]]
    rest = tuple(step for step in flow.steps if step is not late)
    earlier = replace(flow, steps=(rest[0], late, *rest[1:]))
    talk.compiled = library_with({**talk.compiled.content.flows, "every_type": earlier}, "2")
    talk.say("34")
    assert talk.state.answers["count"].value == 34
    assert talk.state.asked == "sure"


def test_whoever_was_at_a_question_with_another_name_now_is_asked_it_again(talk: Rehearsal) -> None:
    talk.until("price", "groen", "34", "12,5", "4")
    assert talk.state.asked == "price"
    flow = talk.compiled.content.flows["every_type"]
    steps = tuple(replace(step, id="cost") if step.id == "price" else step for step in flow.steps)
    talk.compiled = library_with({**talk.compiled.content.flows, "every_type": replace(flow, steps=steps)}, "2")
    talk.say("10")
    assert talk.state.asked == "cost"
    talk.say("10")
    assert talk.state.answers["cost"].value == 10


def test_a_flow_that_is_gone_leaves_nobody_without_an_answer(talk: Rehearsal) -> None:
    talk.say("groen")
    talk.compiled = replace(real_library())
    talk.say("34")
    assert talk.messages
    assert talk.state.flow == "intake"


# ------------------------------------------------------------------ state
def test_a_state_of_before_a_new_field_reads_with_its_default() -> None:
    old = {"language": "en", "answers": {"age": ["34 jaar", 34], "times": ["a, b", ["a", "b"]]}}
    state = State.from_json(old)
    assert state.answers["age"] == Answer("34 jaar", 34)
    assert state.answers["times"].value == frozenset({"a", "b"})
    assert state.mode is Mode.NEW
