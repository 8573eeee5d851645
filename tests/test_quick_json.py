"""One way to read and write JSON."""

import json

import pytest

from bot.quick_json import dumps, loads


def test_half_of_a_surrogate_pair_is_read_as_a_question_mark_and_a_whole_one_as_it_is() -> None:
    assert loads(b'{"text": "\\uD83D half"}') == {"text": "? half"}
    assert loads(b'{"text": "\\ud83d\\ude00", "\\ude00": [1]}') == {"text": "\U0001f600", "?": [1]}


def test_what_is_no_json_is_said() -> None:
    with pytest.raises(json.JSONDecodeError):
        loads(b"no json")


def test_what_was_written_is_read() -> None:
    assert loads(dumps({"naam": "Zoë", "n": [1, 2.5, None]})) == {"naam": "Zoë", "n": [1, 2.5, None]}
