"""What we may not keep is kept in no stored text, whatever the question; and who says it is told so kindly."""

import json
from pathlib import Path

import pytest
from libraries import plain_yaml, real_library
from people import MONDAY, begun

from bot.content.flow import Collect, Consent, Review
from bot.engine import State, advance
from bot.engine.effects import FileLead, NoteUnansweredQuestion, Send
from bot.engine.events import Said
from bot.engine.state import Mode

LABELLED = Path(__file__).parent.parent / "benchmarks" / "messages" / "private.yaml"
SECRETS = {
    "nl": [
        ("marketingmanager, ben nu thuis met burn-out", ["burn"]),
        ("door een hernia gestopt als stratenmaker, ik zoek iets op kantoor in Utrecht", ["hernia"]),
        ("mijn bsn is 111222333 en ik woon in Utrecht", ["111222333"]),
        ("rekening NL91 ABNA 0417 1643 00, ik ben lasser", ["ABNA", "0417"]),
        ("Sam, 34 jaar, na mijn beroerte wil ik 24 uur werken", ["beroerte"]),
        ("ja, maar bel na 12 want daarvoor lig ik met migraine in bed, ik heb migraine", ["migraine"]),
    ],
    "en": [
        ("marketing manager, at home with a burn-out", ["burn"]),
        ("I quit as a roofer because of my back, I live in Utrecht", ["my back"]),
        ("my BSN is 111222333 and I am a welder", ["111222333"]),
        ("my account is NL91 ABNA 0417 1643 00", ["ABNA", "0417"]),
        ("yes, but email me, I have panic attacks", ["panic"]),
    ],
}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_is_kept_at_no_question_of_any_flow(language: str) -> None:
    compiled = real_library()
    for flow in compiled.content.flows.values():
        for step in flow.steps:
            if not isinstance(step, Collect | Consent | Review):
                continue
            for text, secrets in SECRETS[language]:
                state = State(language=language, flow=flow.id, mode=Mode.RUNNING, asked=step.id, seen=MONDAY)
                for said in (text, "ja" if language == "nl" else "yes"):
                    turn = advance(compiled, state, Said(said), on=MONDAY)
                    state = turn.state
                    filed = [one for one in turn.effects if isinstance(one, FileLead | NoteUnansweredQuestion)]
                    kept = json.dumps(state.to_json(), ensure_ascii=False) + repr(filed)
                    assert not any(secret.casefold() in kept.casefold() for secret in secrets), (flow.id, step.id, kept)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("marketingmanager, ben nu thuis met burn-out", "marketingmanager"),
        ("lasser, herstellende van een hernia", "lasser"),
        ("kapper geweest, gestopt vanwege mijn rug", "kapper geweest"),
        ("kok, long covid sinds 2021", "kok"),
    ],
)
def test_the_rest_of_what_they_said_is_kept_and_they_hear_why(text: str, kept: str) -> None:
    chat = begun("kapper", text)
    assert chat.state.answers["current_job"].raw.startswith(kept)
    assert "gezondheid" in " ".join(one.text for one in chat.messages)


def _said(turn: object) -> str:
    return " ".join(one.message.text for one in turn.effects if isinstance(one, Send))  # type: ignore[attr-defined]


def test_a_name_with_an_illness_behind_it_is_a_name() -> None:
    compiled = real_library()
    state = State(language="nl", flow="human", mode=Mode.RUNNING, asked="name", seen=MONDAY)
    turn = advance(compiled, state, Said("Sam Jansen, ik heb kanker"), on=MONDAY)
    assert "kanker" not in json.dumps(turn.state.to_json())
    assert "gezondheid" in _said(turn)


def test_of_labelled_messages_nearly_all_is_found_and_few_look_alikes() -> None:
    rows = plain_yaml(LABELLED)
    private = real_library().private
    missed = [row["said"] for row in rows if row["private"] and private.find(row["said"]) != row["private"]]
    mistaken = [row["said"] for row in rows if not row["private"] and private.find(row["said"])]
    left = [row["said"] for row in rows if row["private"] and row["never"] in private.without_health(row["said"])]
    assert len(missed) <= 0.03 * len(rows)
    assert len(mistaken) <= 0.02 * len(rows)
    assert [said for said in left if said not in missed and private.find(said) == "health"] == []
