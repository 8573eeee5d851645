"""Kennis: what the bot did not know, and what has to be looked at again."""

from datetime import timedelta
from urllib.parse import urlsplit

from starlette.responses import Response

from bot.authoring.freshness import Check, due
from bot.staff.gaps import gaps
from bot.web.desk.visit import Visit

MOST = 30  # lines of each table
SOON = timedelta(days=14)


def show(visit: Visit) -> Response:
    compiled, language = visit.office.bot.compiled, visit.office.locale.language.code
    knowledge = compiled.content.knowledge
    questions, wishes = gaps(visit.desk)
    checks = due(knowledge, visit.dates.today + SOON, {})

    def item(check: Check) -> str:
        title = compiled.titles.get(check.item)
        if title is None and check.item in knowledge.questions:
            title = knowledge.questions[check.item].question
        return title[language] if title else check.item

    def fact(check: Check) -> str:
        words = knowledge.fact_words.facts.get(check.field)
        return words[language] if words else visit.say("an_answer") if check.field == "answer" else check.field

    def site(check: Check) -> str | None:
        """The host of a source that can be opened."""
        address = urlsplit(check.source)
        return address.hostname if address.scheme in ("http", "https") else None

    return visit.page(
        questions=questions[:MOST],
        wishes=wishes[:MOST],
        checks=checks[:MOST],
        count=len(checks),
        item=item,
        fact=fact,
        site=site,
        days=visit.office.store.settings.keep_unanswered_days,
    )
