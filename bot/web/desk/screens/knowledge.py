"""Kennis: what changed on the pages that we stand on, what the bot did not know, and what has to be looked at again."""

from datetime import timedelta
from urllib.parse import urlsplit

from starlette.responses import Response

from bot.authoring.freshness import Check, PageChecks, by_page, due
from bot.authoring.sources.findings import findings
from bot.authoring.sources.statements import statements
from bot.staff.gaps import gaps
from bot.web.desk.visit import Visit

MOST = 30  # lines of each table
MOST_LINES = 6  # of a page, before and after
SOON = timedelta(days=14)


def show(visit: Visit) -> Response:
    compiled, language = visit.office.bot.compiled, visit.office.locale.language.code
    knowledge, store = compiled.content.knowledge, visit.office.store
    questions, wishes = gaps(visit.desk)
    told = findings(store.settings.sources_file, statements(knowledge))
    pages = by_page(due(knowledge, visit.dates.today + SOON, {}, told))
    found, rest = [each for each in pages if each.finding], [each for each in pages if not each.finding]

    def item(check: Check) -> str:
        title = compiled.titles.get(check.item)
        if title is None and check.item in knowledge.questions:
            title = knowledge.questions[check.item].question
        return title[language] if title else check.item

    def fact(check: Check) -> str:
        words = knowledge.fact_words.facts.get(check.field)
        return words[language] if words else visit.say("an_answer") if check.field == "answer" else check.field

    return visit.page(
        questions=questions[:MOST],
        wishes=wishes[:MOST],
        found=found[:MOST],
        found_count=len(found),
        looked_at=told.looked_at,
        pages=rest[:MOST],
        count=len(rest),
        most_lines=MOST_LINES,
        item=item,
        fact=fact,
        site=_site,
        opens=_opens,
        days=store.settings.keep_unanswered_days,
    )


def _opens(page: PageChecks) -> bool:
    """Whether this is a page on the web, and no paper or person."""
    return urlsplit(page.source).scheme in ("http", "https")


def _site(page: PageChecks) -> str:
    """What a page is called here: its site, and where on it."""
    address = urlsplit(page.source)
    return f"{(address.hostname or '').removeprefix('www.')}{address.path.rstrip('/')}" if _opens(page) else page.source
