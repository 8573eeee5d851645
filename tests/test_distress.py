"""Cries: heard at every question, before the first and after the last; answered with help; kept nowhere."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from libraries import real_library
from people import MONDAY, begun, newcomer

from bot.authoring.checks.care import problems_of
from bot.content.knowledge import DistressKind
from bot.engine import State
from bot.engine.effects import FileLead, Forget, NoteUnansweredQuestion
from bot.engine.events import Pressed, SentAttachment
from bot.engine.state import Mode
from bot.recognisers.patterns import BadPattern, compile_patterns, normalise

HELD_OUT = Path(__file__).parent.parent / "benchmarks" / "messages" / "distress.yaml"
TO_THE_END = (
    "softwareontwikkelaar",
    "bezorger",
    "Utrecht",
    "mbo 4",
    "ik zoek werk",
    "ww",
    "34",
    "24",
    "b1",
    "nee",
    "ja",
    "Sam",
    "0612345678",
    "nee",
    "Alles klopt",
)
CRIES = {
    "ik wil niet meer leven": "113",
    "I don't want to be here anymore, I want to die": "113",
    "niemand zou me missen": "113",
    "mijn man slaat me": "0800-2000",
    "i am scared to go home, my husband hits me": "0800-2000",
    "mijn kinderen hebben honger en ik heb geen geld voor eten": "0800-8115",
    "ik slaap in mijn auto, ik heb geen huis meer": "opvangatlas.nl",
}


@pytest.mark.parametrize(("cry", "help_line"), CRIES.items())
@pytest.mark.parametrize("answered", [0, 2, 7, 10, 11, 14, 15])
def test_a_cry_is_heard_at_every_question_and_kept_nowhere(cry: str, help_line: str, answered: int) -> None:
    chat = begun(*TO_THE_END[:answered])
    before = chat.state
    said = chat.say(cry)
    assert help_line in said
    assert "Ik wil een mens" in chat.labels or "I want a person" in chat.labels
    assert chat.state.mode is Mode.RESTING
    assert chat.state.answers == before.answers
    assert chat.state.asked == before.asked
    assert not any(isinstance(one, NoteUnansweredQuestion | FileLead) for one in chat.last.effects)
    kept = json.dumps(chat.state.to_json()) + said
    assert not any(word in kept for word in cry.split() if len(word) > 6 and word not in said)
    state = json.dumps(chat.state.to_json())
    assert cry not in state
    assert not any(kind in state for kind in DistressKind)


@pytest.mark.parametrize(
    "before",
    [
        "Ik werk nu als metselaar in de bouw bij een groot bedrijf in Utrecht. ",
        "Ik woon in Utrecht, ben 34 en werk in de zorg en ",
        "ik zit nu zes jaar bij dezelfde baas en daarvoor reed ik op een heftruck in de haven van Rotterdam " * 3,
    ],
)
@pytest.mark.parametrize("cry", ["ik wil dood", "ik wil niet meer leven"])
def test_a_cry_of_a_few_words_is_heard_in_a_long_story(before: str, cry: str) -> None:
    assert real_library().distress.hear(before.strip()) is None
    assert real_library().distress.hear(before + cry) is DistressKind.DESPAIR


def test_a_cry_before_the_start_and_after_the_answers_are_gone_is_heard() -> None:
    chat = newcomer()
    assert "113" in chat.say("ik wil dood")
    assert "Ik ben Overstap" in chat.say("verder")
    expired = newcomer(state=State(language="nl", mode=Mode.EXPIRED, seen=MONDAY))
    assert "113" in expired.say("ik wil dood")


def test_the_question_comes_back_only_when_they_want_to_go_on() -> None:
    chat = begun("lasser")
    chat.say("ik wil dood")
    for text in ("nee zo bedoel ik het niet", "pff", "tja", "wat een dag"):
        assert "Wat doe je nu" not in chat.say(text)
    chat.take(SentAttachment("photo"))
    assert chat.state.mode is Mode.RESTING
    assert "Wat doe je nu" in chat.say("ja")
    assert chat.state.mode is Mode.RUNNING


def test_an_answer_to_the_question_that_waits_goes_on() -> None:
    chat = begun("lasser", "kapper")
    chat.say("ik wil dood")
    chat.say("Nieuwegein")
    assert chat.state.answers["place"].value == "Nieuwegein"
    assert chat.state.mode is Mode.RUNNING


def test_words_that_are_no_work_become_nobodys_job_while_nothing_has_to_be_done() -> None:
    chat = begun("lasser")
    chat.say("ik wil dood", "alles doet zeer")
    assert "current_job" not in chat.state.answers


def test_a_second_cry_is_answered_otherwise() -> None:
    chat = begun("lasser")
    first = chat.say("ik wil dood")
    assert chat.say("ik wil echt niet meer leven") != first
    assert "088 0767 000" in chat.say("ik kan niet meer verder leven")


def test_who_cries_in_english_is_answered_in_english() -> None:
    assert "Veilig Thuis listens" in begun("lasser").say("my husband hits me and I am scared of him")


def test_everything_goes_at_once_when_somebody_may_read_along() -> None:
    chat = begun("lasser")
    chat.say("mijn man slaat me")
    assert "Wis alles" in chat.labels
    chat.take(Pressed("c:forget:now"))
    assert Forget() in chat.last.effects
    chat = begun("lasser")
    chat.say("mijn man slaat me", "wis")
    assert Forget() in chat.last.effects


def test_nobody_hears_from_us_first_after_a_cry() -> None:
    chat = begun("lasser")
    chat.say("/stop", "ja")
    reminded = chat.state.wake_at
    chat.say("mijn man slaat me")
    assert reminded is not None and chat.state.wake_at is not None and chat.state.wake_at > reminded


def test_who_rests_is_not_told_the_same_twice_and_may_say_thanks() -> None:
    chat = begun("lasser")
    chat.say("ik wil dood")
    first = chat.say("sorry")
    assert chat.say("het gaat wel weer") != first
    assert "Wat doe je nu" in chat.say("ja ik wil verder")


def test_a_person_is_one_word_away() -> None:
    chat = begun("lasser")
    chat.say("ik wil dood")
    assert "Een adviseur is een mens" in chat.say("ik wil een mens spreken")


@pytest.mark.parametrize(
    "text",
    [
        "ik ga dood van verveling op mijn werk",
        "ik lach me dood",
        "honger naar een nieuwe uitdaging",
        "I would kill for a job like that",
        "daklozen helpen lijkt me mooi werk",
        "slager",
        "begrafenisondernemer",
        "mijn moeder is vorig jaar overleden",
        "ik heb een studieschuld",
        "geen idee",
        "12",
        "stomme bot, ik stop ermee",
        "ik wil weg uit de zorg",
        "dead serious, I want to be a plumber",
    ],
)
def test_what_only_looks_like_a_cry_is_none(text: str) -> None:
    assert real_library().distress.hear(text) is None


def test_of_messages_by_another_writer_most_cries_are_heard_and_few_look_alikes() -> None:
    rows = yaml.safe_load(HELD_OUT.read_text(encoding="utf-8"))
    assert all(row["writer"] not in {one.writer for one in real_library().content.knowledge.messages} for row in rows)
    hear = real_library().distress.hear
    heard = [bool(hear(row["said"])) for row in rows if row["distress"]]
    mistaken = [bool(hear(row["said"])) for row in rows if not row["distress"]]
    assert sum(heard) / len(heard) >= 0.72  # 0.79 when it was measured last; these are harder than what people typed
    assert sum(mistaken) / len(mistaken) <= 0.04


GOLD = Path(__file__).parent.parent.parent / "shared" / "gold" / "messages"


@pytest.mark.skipif(not GOLD.is_dir(), reason="the labelled messages of real people lie beside the project only")
def test_what_real_people_cried_out_is_heard_and_nothing_else_they_typed() -> None:
    lines = [(GOLD / f"{name}.jsonl").read_text(encoding="utf-8") for name in ("walks_dev", "invented_dev")]
    rows = [json.loads(line) for one in lines for line in one.splitlines()]
    hear = real_library().distress.hear
    missed = [row["said"] for row in rows if row["expect"].get("care") and not hear(row["said"])]
    mistaken = [row["said"] for row in rows if not row["expect"].get("care") and hear(row["said"])]
    assert missed == []
    assert len(mistaken) <= 0.01 * len(rows)
    assert not any(hear(row["said"]) for row in rows if row["kind"] == "distress-lookalike")


def test_every_kind_has_an_answer_and_every_number_is_proven() -> None:
    knowledge = real_library().content.knowledge
    assert list(problems_of(knowledge)) == []
    assert set(knowledge.care) == set(DistressKind)


def test_a_number_that_nobody_checked_is_refused() -> None:
    knowledge = real_library().content.knowledge
    despair = knowledge.care[DistressKind.DESPAIR]
    unproven = replace(despair, contacts=tuple(one for one in despair.contacts if "113.nl" not in one.says))
    problems = list(problems_of(replace(knowledge, care={**knowledge.care, DistressKind.DESPAIR: unproven})))
    assert [problem.code for problem in problems] == ["K041"]
    assert "113.nl" in problems[0].message


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("wil|wou .. niet meer? leven", "Ik wil echt niet leven.", True),
        ("wil|wou .. niet meer? leven", "ik wil het. Niet leven in de stad", False),
        ("zelfmoord*", "Zelfmoordgedachten", True),
        ("dont want to", "I don't want to", True),
        ("een twee", "een a b c d e twee", False),
        ("een .. twee", "een a b c d twee", True),
        ("een .. twee", "een a b c d e twee", False),
    ],
)
def test_a_pattern_finds_words_in_their_order_within_a_sentence(pattern: str, text: str, found: bool) -> None:
    compiled = compile_patterns([pattern])
    assert compiled is not None
    assert (compiled.search(normalise(text)) is not None) is found


def test_a_pattern_with_a_part_that_means_nothing_is_refused() -> None:
    with pytest.raises(BadPattern, match=r"a\?b"):
        compile_patterns(["a?b"])
