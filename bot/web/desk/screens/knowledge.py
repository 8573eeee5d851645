"""Kennis: what the bot did not know, and what has to be looked at again."""

from datetime import timedelta
from urllib.parse import urlsplit

from starlette.responses import Response

from bot.authoring import sourced
from bot.authoring.freshness import Check, due
from bot.authoring.sources.findings import findings
from bot.authoring.sources.record import PageState
from bot.authoring.sources.statements import statements
from bot.staff.figures.hiding import OTHERS
from bot.staff.gaps import Far, far, gaps, read_wrong
from bot.web.desk.visit import Visit

MOST = 30  # lines of each table
SOON = timedelta(days=14)
FIELDS = {
    sourced.ANSWER: "an_answer",
    sourced.RULE: "a_rule",
    sourced.HELP: "help",
    sourced.LINK: "a_link",
}  # what is no fact, by the first word of its field
FOUND = {
    PageState.CHANGED: "page_changed",
    PageState.MOVED: "page_moved",
    PageState.HOME: "page_gone",
    PageState.GONE: "page_gone",
    PageState.NOT_ALLOWED: "page_closed",
    PageState.UNREADABLE: "page_closed",
    PageState.UNREACHABLE: "page_closed",
}


def show(visit: Visit) -> Response:
    compiled, language = visit.office.bot.compiled, visit.office.locale.language.code
    knowledge = compiled.content.knowledge
    questions, wishes = gaps(visit.desk)
    labels = visit.office.labels()
    told = findings(visit.office.store.settings.sources_file, statements(knowledge))
    checks = due(knowledge, visit.dates.today + SOON, {}, told)

    def item(check: Check) -> str:
        title = compiled.titles.get(check.item)
        if title is None and check.item in knowledge.questions:
            title = knowledge.questions[check.item].question
        return title[language] if title else check.item

    def fact(check: Check) -> str:
        if words := knowledge.fact_words.facts.get(check.field):
            return words[language]
        kind, _, name = check.field.partition(" ")
        return visit.say(FIELDS[kind], what=name) if kind in FIELDS else check.field

    def when(check: Check) -> str:
        """Until when it may wait; what was found on its page may not."""
        return visit.say(FOUND[check.finding.state]) if check.finding else visit.dates.short(check.due)

    def site(check: Check) -> str | None:
        """The host of a source that can be opened."""
        address = urlsplit(check.source)
        return address.hostname if address.scheme in ("http", "https") else None

    def where(one: Far) -> str:
        """ "Zorg, Zwolle en omgeving"; all that is too small to be told by itself has words of its own."""
        if one.sector == OTHERS:
            return visit.say("others")
        sector = labels.sectors.get(one.sector, one.sector) or visit.say("sector_unknown")
        return ", ".join(filter(None, (sector, one.region)))

    def question(name: str) -> str:
        return visit.say("others") if name == OTHERS else labels.questions.get(name, name)

    return visit.page(
        far=far(visit.desk, labels)[:MOST],
        read_wrong=read_wrong(visit.desk)[:MOST],
        where=where,
        others=OTHERS,
        labels=labels,
        question=question,
        questions=questions[:MOST],
        wishes=wishes[:MOST],
        checks=checks[:MOST],
        count=len(checks),
        item=item,
        fact=fact,
        site=site,
        when=when,
        days=visit.office.store.settings.keep_unanswered_days,
    )
