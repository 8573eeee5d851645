"""A message as Telegram gets it: nothing that it refuses, nothing lost."""

import re
from typing import Any

import pytest
from fakeapi.markup import CantParse, read_html
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.pdf.document import files
from bot.channels.pdf.page import fonts_for, lacking
from bot.channels.telegram.render import CAPTION_LIMIT, TEXT_LIMIT, rows, split, to_calls
from bot.engine.effects import Button, Document, Keyboard, Message


def sent(message: Message) -> dict[str, Any]:
    (call,) = to_calls(message, 7)
    return call.body


def test_what_people_type_cannot_break_a_message() -> None:
    body = sent(Message("Je zei: <b>&lt; 1 & 2 </i>", title="A < B"))
    assert body["text"] == "<b>A &lt; B</b>\nJe zei: &lt;b&gt;&amp;lt; 1 &amp; 2 &lt;/i&gt;"
    assert read_html(body["text"]) == "A < B\nJe zei: <b>&lt; 1 & 2 </i>"


@given(st.text(min_size=1), st.text(min_size=1, max_size=50))
def test_any_text_arrives_as_it_is(text: str, title: str) -> None:
    bodies = [call.body["text"] for call in to_calls(Message(text, title=title), 7)]
    assert "".join("".join(map(read_html, bodies)).split()) == "".join((title + text).split())


def test_the_fake_telegram_refuses_what_telegram_refuses() -> None:
    for broken in ("<b>", "</b>", "1 < 2", "<div>x</div>", "a & b", "<b><i>x</b></i>"):
        with pytest.raises(CantParse):
            read_html(broken)


@given(st.text(alphabet="ab é😀\n.", max_size=400), st.integers(min_value=5, max_value=60))
def test_long_texts_are_cut_without_loss_and_never_too_long(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(len(part.encode("utf-16-le")) // 2 <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_long_texts_are_cut_between_paragraphs_and_the_buttons_come_last() -> None:
    paragraph = "Woorden genoeg. " * 100
    message = Message("\n\n".join([paragraph] * 5), buttons=(Button("Ja", "y"),), keyboard=Keyboard.REPLY)
    calls = to_calls(message, 7)
    assert [call.body["text"].count("Woorden") for call in calls] == [200, 200, 100]
    assert ["reply_markup" in call.body for call in calls] == [False, False, True]
    assert all(len(call.body["text"]) <= TEXT_LIMIT for call in calls)


def test_links_show_no_preview() -> None:
    assert sent(Message("https://www.uwv.nl"))["link_preview_options"] == {"is_disabled": True}


def test_choices_are_a_keyboard_that_goes_after_one_press() -> None:
    buttons = tuple(
        Button(label, label) for label in ("Ja", "Nee", "Weet ik niet", "Een heel lang antwoord op een vraag")
    )
    markup = sent(Message("?", buttons=buttons, keyboard=Keyboard.REPLY, placeholder="x" * 80))["reply_markup"]
    assert [[button["text"] for button in row] for row in markup["keyboard"]] == [
        ["Ja", "Nee", "Weet ik niet"],
        ["Een heel lang antwoord op een vraag"],
    ]
    assert markup["resize_keyboard"] and markup["one_time_keyboard"]
    assert len(markup["input_field_placeholder"]) == 64


def test_buttons_that_stay_alive_are_inline_and_carry_their_data() -> None:
    markup = sent(Message("?", buttons=(Button("Waarom?", "c:why:x"),), keyboard=Keyboard.INLINE))["reply_markup"]
    assert markup == {"inline_keyboard": [[{"text": "Waarom?", "callback_data": "c:why:x"}]]}


def test_a_contact_is_shared_by_one_press() -> None:
    markup = sent(Message("?", contact_button="Deel mijn nummer", buttons=(Button("Nee", "n"),)))["reply_markup"]
    assert markup["keyboard"] == [[{"text": "Deel mijn nummer", "request_contact": True}], [{"text": "Nee"}]]


def test_a_keyboard_goes_away_and_a_hint_stays() -> None:
    assert sent(Message("Klaar.", keyboard=Keyboard.REMOVE))["reply_markup"] == {"remove_keyboard": True}
    assert sent(Message("Naam?", placeholder="Sam"))["reply_markup"]["input_field_placeholder"] == "Sam"
    assert "reply_markup" not in sent(Message("Hallo"))


def test_a_group_topic_is_kept() -> None:
    (call,) = to_calls(Message("Hallo"), -100, 5)
    assert (call.body["chat_id"], call.body["message_thread_id"]) == (-100, 5)


def test_no_more_buttons_stand_in_a_row_than_a_phone_shows() -> None:
    buttons = [Button(letter, letter) for letter in "abcdefg"]
    assert [len(row) for row in rows(buttons)] == [3, 3, 1]


def test_a_plan_comes_as_a_page_and_as_text() -> None:
    message = Message(
        "Je plan.", document=Document("mijn-plan.txt", "# Plan"), buttons=(Button("Ja", "y"),), keyboard=Keyboard.REPLY
    )
    page, text = to_calls(message, 7)
    assert page.file and text.file
    assert (page.file.name, text.file.name) == ("mijn-plan.pdf", "mijn-plan.txt")
    assert page.body["caption"] == "Je plan." and "caption" not in text.body
    assert "reply_markup" in text.body and "reply_markup" not in page.body
    assert page.file.content.startswith(b"%PDF") and text.file.content == b"# Plan"


def test_a_long_text_stands_before_its_document() -> None:
    calls = to_calls(Message("w " * CAPTION_LIMIT, document=Document("alles.json", "{}")), 7)
    assert [bool(call.file) for call in calls] == [False, True]
    assert calls[-1].file and calls[-1].file.content == b"{}"


PLAN = """# Mijn plan

Gemaakt op 21 november 2026.
Zie https://www.uwv.nl/scholing.

## Make IT Work

- Kosten: € 0
- Bel morgen
"""


def test_a_page_has_language_title_bookmarks_links_and_tags() -> None:
    pdf = files(Document("plan.txt", PLAN, "nl"))[0].content
    for part in (
        b"/Lang (nl)",
        b"/DisplayDocTitle true",
        b"/Outlines",
        b"(https://www.uwv.nl/scholing)",
        b"/Marked true",
    ):
        assert part in pdf, part
    assert [pdf.count(b"/S /" + tag + b"\n") for tag in (b"H1", b"H2", b"P", b"LI")] == [1, 1, 1, 2]


def test_steps_and_headings_of_a_page_have_their_tags() -> None:
    pdf = files(Document("plan.txt", "# Plan\n\n### Een\n\n1. Bel.\n2. Mail.\n- Vraag dit.", "nl"))[0].content
    assert [pdf.count(b"/S /" + tag + b"\n") for tag in (b"H1", b"H3", b"P", b"LI")] == [1, 1, 0, 3]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("Jan de Boer", []),
        ("Nguyễn Thị Hồng Đào", ["Noto Sans"]),
        ("Олена Шевченко", ["Noto Sans"]),
        ("Łukasz Żółć, Şahin Güneş, Ăș", []),
        ("محمد الأحمد", ["Noto Sans Arabic"]),
        ("ሰላም ተስፋይ", ["Noto Sans Ethiopic"]),
        ("محمد / Олена", ["Noto Sans", "Noto Sans Arabic"]),
    ],
)
def test_a_page_has_letters_for_every_name_and_no_more_fonts_than_it_needs(name: str, others: list[str]) -> None:
    text = f"# Mijn gegevens\n\nNaam: {name}"
    assert fonts_for(text) == ["Atkinson Hyperlegible", *others]
    assert lacking(text, fonts_for(text)) == set()
    pdf = files(Document("plan.txt", text, "nl"))[0].content
    found = {one.removesuffix(b"Bold").decode() for one in re.findall(rb"/BaseFont /[A-Z]+\+(\w+)", pdf)}
    assert found == {font.replace(" ", "") for font in fonts_for(text)}


def test_a_page_holds_what_does_not_fit_on_one() -> None:
    pdf = files(Document("plan.txt", "# Plan\n\n" + "\n\n".join(["Een zin. " * 60] * 20)))[0].content
    assert pdf.count(b"/Type /Page\n") > 2
