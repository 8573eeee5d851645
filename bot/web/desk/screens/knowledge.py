"""Kennis: what changed on the pages that we stand on, what the bot did not know, and what has to be looked at again."""

from datetime import timedelta
from urllib.parse import urlsplit

from starlette.responses import Response

from bot.authoring import sourced
from bot.authoring.freshness import Check, PageChecks, by_page, due
from bot.authoring.sources.findings import findings
from bot.authoring.sources.statements import statements
from bot.staff.figures.hiding import OTHERS
from bot.staff.gaps import Far, far, gaps, read_wrong
from bot.web.desk.visit import Visit

MOST = 30  # lines of each table
MOST_LINES = 6  # of a page, before and after
SOON = timedelta(days=14)
FIELDS = {
    sourced.ANSWER: "an_answer",
    sourced.RULE: "a_rule",
    sourced.HELP: "help",
    sourced.LINK: "a_link",
}  # what is no fact, by the first word of its field


def show(visit: Visit) -> Response:
    compiled, language = visit.office.bot.compiled, visit.office.locale.language.code
    knowledge = compiled.content.knowledge
    questions, wishes = gaps(visit.desk)
    labels = visit.office.labels()
    told = findings(visit.office.store.settings.sources_file, statements(knowledge))
    pages = by_page(due(knowledge, visit.dates.today + SOON, {}, told))
    found, rest = [each for each in pages if each.finding], [each for each in pages if not each.finding]

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
        found=found[:MOST],
        found_count=len(found),
        looked_at=told.looked_at,
        pages=rest[:MOST],
        due_count=len(rest),
        most_lines=MOST_LINES,
        item=item,
        fact=fact,
        site=_site,
        opens=_opens,
        days=visit.office.store.settings.keep_unanswered_days,
    )


def _opens(page: PageChecks) -> bool:
    """Whether this is a page on the web, and no paper or person."""
    return urlsplit(page.source).scheme in ("http", "https")


def _site(page: PageChecks) -> str:
    """What a page is called here: its site, and where on it."""
    address = urlsplit(page.source)
    return f"{(address.hostname or '').removeprefix('www.')}{address.path.rstrip('/')}" if _opens(page) else page.source
