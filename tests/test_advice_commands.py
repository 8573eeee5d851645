"""`overstap match`, `explain` and `understand`: what goes in, and what comes out."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from libraries import BERLIN, ROOT

from bot.cli import main

pytestmark = pytest.mark.usefixtures("library_at_hand")

SOMEBODY = '{"desired_work": "timmerman", "place": "Hilversum", "age": 34, "employment": "employed"}'


@pytest.fixture
def overstap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CliRunner:
    monkeypatch.setenv("CONTENT_DIR", str(ROOT))
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    return CliRunner()


def run(overstap: CliRunner, *arguments: str, given: str = "") -> Result:
    result = overstap.invoke(main, arguments, input=given, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def test_a_match_has_the_keys_that_others_depend_on(overstap: CliRunner) -> None:
    told = json.loads(run(overstap, "match", "--answers", "-", "--on", "2026-11-21", "--json", given=SOMEBODY).stdout)
    assert told.keys() >= {"programmes", "rejected", "nothing_fits", "subsidies"}
    assert 1 <= len(told["programmes"]) <= 5
    assert told["programmes"]
    for one in told["programmes"]:
        assert one["verdict"] in ("fits", "maybe")
        assert 0 <= one["score"] <= 1
        assert one.keys() >= {"id", "kind", "reasons", "unknown", "nearest_miss", "plan", "source", "checked"}
        assert all(reason.keys() == {"text", "fact", "outcome"} for reason in one["reasons"])
    assert {one["verdict"] for one in told["rejected"]} == {"does_not_fit"}
    assert all(one.keys() >= {"id", "status", "reasons", "unknown", "amount"} for one in told["subsidies"])


def test_a_batch_gives_one_result_a_line_in_order(overstap: CliRunner) -> None:
    given = f'{SOMEBODY}\n{{"desired_work": "qwertyuiop \u2028 echt"}}\n\n{{}}\n'
    lines = run(overstap, "match", "--batch", "-", given=given).stdout.strip().split("\n")
    assert [json.loads(line)["nothing_fits"] for line in lines] == [False, True, True]


def test_for_people_it_reads_as_the_chat_would_say_it(overstap: CliRunner) -> None:
    shown = run(overstap, "match", "--answers", "-", "--lang", "en", given=SOMEBODY).stdout
    assert "This trains for what you want: carpenter." in shown


@pytest.mark.parametrize("command", [("match",), ("explain", "levenlanglerenkrediet")])
def test_an_answer_that_cannot_be_is_refused_in_one_line(overstap: CliRunner, command: tuple[str, ...]) -> None:
    result = overstap.invoke(main, [*command, "--answers", "-"], input='{"agee": 3}')
    assert result.exit_code == 1
    assert result.stderr == "There is no fact 'agee'. Did you mean 'age'?\n"


def test_each_answer_that_cannot_be_is_named_with_its_line(overstap: CliRunner) -> None:
    wrong = {
        '{"age": "oud"}': "age: 'oud' is no whole number.",
        '{"agee": 3}': "There is no fact 'agee'. Did you mean 'age'?",
        '{"employment": "werkt"}': "employment: 'werkt' is none of employed, self_employed,",
        '{"schedule": ["nacht"]}': "schedule: ['nacht'] is no list of daytime, evening,",
        '{"ict_background": "ja"}': "ict_background: 'ja' is not true or false.",
        '{"budget": true}': "budget: True is no amount in euros.",
        "{": "The answers are no JSON",
        '"text"': "The answers are no JSON object.",
    }
    result = overstap.invoke(main, ["match", "--batch", "-"], input="\n".join(wrong))
    assert result.exit_code == 1
    for number, (said, line) in enumerate(zip(wrong.values(), result.stderr.splitlines(), strict=True), 1):
        assert line.startswith(f"line {number}: {said}")


def test_a_batch_says_which_lines_are_wrong_before_it_matches_any(overstap: CliRunner) -> None:
    result = overstap.invoke(main, ["match", "--batch", "-"], input=f'{SOMEBODY}\n{{"age": "oud"}}\n\n[1]\n')
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "line 2: age: 'oud' is no whole number." in result.stderr
    assert "line 4: The answers are no JSON object." in result.stderr


def test_an_empty_answer_is_unknown(overstap: CliRunner) -> None:
    given = '{"age": null, "place": "", "schedule": []}'
    assert run(overstap, "match", "--answers", "-", "--json", given=given).stderr == ""


@pytest.mark.parametrize("given", ["", "{"])
def test_what_is_no_json_object_is_refused_in_one_line(overstap: CliRunner, given: str) -> None:
    result = overstap.invoke(main, ["match", "--answers", "-"], input=given)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


def test_explain_prints_the_whole_reasoning_as_a_tree(overstap: CliRunner) -> None:
    tree = run(overstap, "explain", "--answers", "-", "levenlanglerenkrediet", "--lang", "en", given=SOMEBODY).stdout
    assert "your age is less than 57: yes (34)" in tree
    assert "\n  demands\n    " in tree


def test_understand_gives_work_and_places(overstap: CliRunner) -> None:
    work = json.loads(run(overstap, "understand", "desired_work", "zonnepanelen leggen", "--json").stdout)
    assert work["sectors"][0] == "energietransitie"
    place = json.loads(run(overstap, "understand", "place", "nieuwegien", "--json").stdout)
    assert (place["municipality"], place["province"]) == ("Nieuwegein", "Utrecht")


def test_understand_says_which_part_of_a_message_was_taken_for_what_and_why(overstap: CliRunner) -> None:
    found = json.loads(
        run(overstap, "understand", "message", "Dordrecht. wie betaalt dat", "--json", "--asked", "place").stdout
    )
    assert [part["kind"] for part in found["parts"]] == ["place", "ask"]
    assert all(part["because"] for part in found["parts"])
    assert [act["act"] for act in found["acts"]] == ["Fill", "Ask"]


def test_understand_reads_a_batch_line_by_line(overstap: CliRunner) -> None:
    lines = run(overstap, "understand", "desired_work", "--batch", "-", given="lassen\n\nzorg\n").stdout.splitlines()
    assert [json.loads(line)["sectors"] for line in lines] == [["techniek"], [], ["zorg"]]


def test_understand_wants_a_text_or_a_batch(overstap: CliRunner) -> None:
    assert overstap.invoke(main, ["understand", "place"]).exit_code == 2


def test_a_folder_that_cannot_be_made_is_said_in_one_line(overstap: CliRunner, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    result = overstap.invoke(
        main, ["schema", "--root", str(BERLIN), "--to", str(in_the_way / "folder")], catch_exceptions=False
    )
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert str(in_the_way) in result.stderr


def test_a_chat_in_a_flow_that_is_not_there_is_refused_in_one_line(overstap: CliRunner) -> None:
    result = overstap.invoke(main, ["chat", "--flow", "intaek"], catch_exceptions=False)
    assert result.exit_code == 1
    assert result.stderr == "There is no flow 'intaek'. Did you mean 'intake'?\n"
