"""`overstap faq`: the answer to a question, or "I don't know"."""

import json
import sys
from typing import TYPE_CHECKING, TextIO

import click

from bot.cli.staff_options import open_store

if TYPE_CHECKING:
    from bot.content import Content
    from bot.recognisers.faq import Found


@click.command()
@click.argument("text", required=False)
@click.option("--lang", default="nl", show_default=True, help="A language that the content speaks.")
@click.option("--json", "as_json", is_flag=True, help='{"id": ... or null, "score": 0..1, "candidates": [...]}')
@click.option(
    "--batch", type=click.File(encoding="utf-8"), help="One question a line; one JSON a line comes out, in order."
)
@click.option("--unanswered", is_flag=True, help="What people asked and nobody answered, newest first.")
def faq(text: str | None, lang: str, as_json: bool, batch: TextIO | None, unanswered: bool) -> None:
    """The FAQ entry for TEXT; without a fitting one "I don't know" and exit code 1."""
    from bot.cli.wiring import open_compiled
    from bot.settings import Settings

    if unanswered:
        for day, asked in open_store().conversations.asked_in_vain():
            click.echo(f"{day}  {asked}")
        return
    compiled = open_compiled(Settings.read())
    if batch is not None:
        for line in batch:
            click.echo(json.dumps(as_dict(compiled.faq.look_up(line.rstrip("\n"))), ensure_ascii=False))
        return
    if text is None:
        raise click.UsageError("Give a question, or --batch FILE.")
    found = compiled.faq.look_up(text)
    if as_json:
        click.echo(json.dumps(as_dict(found), ensure_ascii=False, indent=2))
        sys.exit(0 if found.id else 1)
    _say(found, compiled.content, lang)
    sys.exit(0 if found.id else 1)


def _say(found: "Found", content: "Content", lang: str) -> None:
    """As people read it: the answer with its sources, or what they perhaps mean."""
    from bot.content.staff_sentences import StaffSentence

    words, questions = content.staff_words(lang), content.knowledge.questions
    if found.id is None:
        click.echo(words.say(StaffSentence.FAQ_UNKNOWN))
        if found.suggestions:
            click.echo(words.say(StaffSentence.FAQ_PERHAPS))
        for suggestion in found.suggestions:
            click.echo(f"- {questions[suggestion].question[lang]}")
        return
    question = questions[found.id]
    click.echo(f"{question.question[lang]}\n\n{question.answer[lang].strip()}\n")
    for source in question.sources:
        url, dated, checked = source.url, source.dated or "-", source.checked
        click.echo(words.say(StaffSentence.FAQ_SOURCE, url=url, dated=dated, checked=checked))


def as_dict(found: "Found") -> dict[str, object]:
    candidates = [{"id": match.label, "score": round(match.score, 4)} for match in found.candidates]
    return {"id": found.id, "score": round(found.score, 4), "candidates": candidates}
