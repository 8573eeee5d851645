"""A year of looking at sources: how many pages reach an editor, and how soon a changed amount does.

    python benchmarks/knowledge_year.py [--every 7] [--seed 18] [--quoted] [--one-in 4]

Every page of our knowledge is served from this machine with what we say on it: the quote where there is one, else the
Dutch words, among news that changes every week. In the year 5 % of the pages change an amount, a date or the words of a
quote, on a day by chance, and 3 % disappear: gone, moved, or led to the first page. An editor works through `due` every
week: looks at each page once, writes what stands there now, and finds another page for what is gone. `--quoted`: as if
every fact that has words of its own had a quote. `--one-in 4`: a quarter of the pages, for a look every night.
"""

import argparse
import asyncio
import random
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from aiohttp import web
from sites import Site, html, running

import bot.answers  # noqa: F401  the types of questions register there
from bot.authoring.freshness import OTHERWISE, checks, spread
from bot.authoring.sources.canonical import Canonical, is_telling, values
from bot.authoring.sources.fetching import Fetcher, Politeness
from bot.authoring.sources.findings import findings
from bot.authoring.sources.looking import by_page, look, waiting
from bot.authoring.sources.record import Record
from bot.authoring.sources.statements import WEB, Statement, statements
from bot.content.load import load

ROOT = Path(__file__).parent.parent
BEGIN = date(2026, 11, 27)
CHANGE, DISAPPEAR = 0.05, 0.03


class Year:
    """The web as it goes on, and an editor who follows it."""

    def __init__(self, site: Site, seed: int, *, quoted: bool, one_in: int = 1) -> None:
        content = load(ROOT)
        self.canonical = Canonical(content.languages, content.country.languages)
        self.chance, self.site = random.Random(seed), site
        addresses = {url: site.url(f"/{n}") for n, url in enumerate(by_page(statements(content.knowledge)))}
        self.terms = {(c.item, c.field, addresses.get(c.source)): c.term for c in checks(content.knowledge, {})}
        some = set(list(addresses)[::one_in])
        found = (replace(one, url=addresses[one.url]) for one in statements(content.knowledge) if one.url in some)
        self.all = [replace(one, quote=one.quote or _quote(one)) if quoted else one for one in found]
        self.own = sum(not check.source.startswith(WEB) for check in checks(content.knowledge, {}))
        self.today = BEGIN
        self.changed: dict[str, date] = {}  # pages, and when they changed or went
        self.amounts: dict[tuple[str, str, str], date] = {}  # statements whose amount or date changed
        self.waited: list[tuple[timedelta, timedelta]] = []  # of those: until they were seen, and their term
        self.looked_at = Counter[str]()  # pages that the editor looked at, by why
        for url, said in by_page(self.all).items():
            self.serve(url, [line for one in said for line in _lines(one)])

    def serve(self, url: str, lines: list[str]) -> None:
        body = "".join(f"<p>{line}</p>" for line in lines)

        async def page(_: web.Request) -> web.Response:
            day = self.today.isoformat()
            return html(f"<p>Nieuws van {day}: {day[-2:]} plaatsen</p><h1>Pagina</h1>{body}<footer>{day}</footer>")

        self.site.pages[url.removeprefix(self.site.address)] = page

    def events(self) -> Mapping[date, list[tuple[str, str]]]:
        """What happens to which page, by day."""
        plan: dict[date, list[tuple[str, str]]] = {}
        for url in by_page(self.all):
            draw = self.chance.random()
            if draw < CHANGE + DISAPPEAR:
                what = "change" if draw < CHANGE else self.chance.choice(["gone", "home", "moved"])
                day = BEGIN + timedelta(days=self.chance.randrange(7, 358))
                plan.setdefault(day, []).append((what, url))
        return plan

    def happen(self, what: str, url: str) -> None:
        self.changed[url] = self.today
        said = by_page(self.all)[url]
        path = url.removeprefix(self.site.address)
        if what == "change":
            lines = {one: list(_lines(one)) for one in said}
            with_amount = [one for one in said if any(map(is_telling, values(self.canonical(" ".join(lines[one])))))]
            one = self.chance.choice(with_amount or said)
            changed = set(values(self.canonical(" ".join(lines[one]))))

            def now(line: str) -> str:
                # A page says an amount in several places, and all of them change.
                return _other(line) if line in lines[one] or changed & set(values(self.canonical(line))) else line

            if one in with_amount:
                self.amounts[one.key] = self.today
            self.serve(url, [now(line) for each in said for line in lines[each]])
        elif what == "gone":
            del self.site.pages[path]
        else:
            target = "/" if what == "home" else f"/moved{path}"
            if what == "moved":
                self.site.pages[target] = self.site.pages[path]
            else:
                self.site.pages["/"] = "<p>Welkom</p>"
            self.site.pages[path] = _redirect(target)

    def edit(self, file: Path) -> None:
        """A week's work of the editor."""
        told = findings(file, self.all)
        due: dict[str, str] = {}
        for one in self.all:
            term = self.terms[one.key]
            if one.key in told.found:
                due[one.url] = told.found[one.key].state.value
            elif term and one.checked:
                seen = told.seen.get(one.key, one.checked)
                if spread(one.item, max(one.checked, seen), term) <= self.today:
                    due.setdefault(one.url, "term")
        for url, why in due.items():
            self.looked_at[why] += 1
            said = [one for one in self.all if one.url == url]
            for one in said:
                if one.key in self.amounts:
                    term = self.terms[one.key] or timedelta(days=OTHERWISE)
                    self.waited.append((self.today - self.amounts.pop(one.key), term))
            rest = [one for one in self.all if one.url != url]
            # What stands there now is written down; what is gone is found on another page.
            was_changed = url in self.changed
            new_url = f"{url}-again" if why in ("gone", "home", "moved") else url
            new = [replace(one, url=new_url, checked=self.today) for one in said]
            if was_changed and new_url == url:
                new = [
                    replace(one, quote=one.quote and _other(one.quote), says=tuple(map(_other, one.says)))
                    for one in new
                ]
                self.changed.pop(url)
            if new_url != url or was_changed:
                self.serve(new_url, [line for one in new for line in _lines(one)])
            self.terms |= {one.key: self.terms[old.key] for one, old in zip(new, said, strict=True)}
            self.all = rest + new


def _quote(one: Statement) -> str | None:
    return one.says[0][:190] if one.says else None


def _lines(one: Statement) -> list[str]:
    return [line for line in (one.quote, *one.says) if line]


def _other(line: str) -> str:
    """The same line with other numbers, or another word in front when it has none."""
    changed = "".join(str((int(each) + 3) % 10) if each.isdigit() else each for each in line)
    return changed if changed != line else f"Niet meer: {line}"


def _redirect(target: str):
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=301, headers={"Location": target})

    return answer


async def simulate(every: int, seed: int, *, quoted: bool, one_in: int) -> None:
    async with running() as site:
        year = Year(site, seed, quoted=quoted, one_in=one_in)
        plan, pages, begun = year.events(), len(by_page(year.all)), len(year.all)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "seen.db"
            for number in range(365):
                year.today = BEGIN + timedelta(days=number)
                for what, url in plan.get(year.today, []):
                    if any(one.url == url for one in year.all):
                        year.happen(what, url)
                if number % every:
                    continue
                now = datetime.combine(year.today, datetime.min.time(), UTC) + timedelta(hours=2)
                record, listed = Record(file), by_page(year.all)
                async with Fetcher("simulation", Politeness(pause=0), private=True) as fetcher:
                    urls = waiting(listed, record, now, again=False)
                    await look(listed, urls, record, fetcher, year.canonical, lambda at=now: at, lambda *_: None)
                record.forget_others(frozenset(listed))
                record.close()
                year.edit(file)
        events = Counter(what for listed in plan.values() for what, _ in listed)
        unseen = [one for one in year.amounts.values() if (BEGIN + timedelta(365) - one).days > 2 * every]
        late = [(waited, term) for waited, term in year.waited if waited > term]
        print(f"{pages} pages, {begun} facts; {year.own} more on documents of our own; {dict(events)}")
        why = dict(year.looked_at.most_common())
        print(f"an editor looked at {sum(why.values())} pages in the year: {why}")
        slowest = max((waited.days for waited, _ in year.waited), default=0)
        print(
            f"{len(year.waited)} changed amounts and dates were seen, the slowest after {slowest} days; "
            f"{len(late)} later than their term, {len(unseen)} never"
        )
        seconds = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        print(f"{seconds:.0f} s of processor time, {sum(site.asked.values())} requests")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=7, help="days between two looks at all pages")
    parser.add_argument("--seed", type=int, default=18)
    parser.add_argument("--quoted", action="store_true")
    parser.add_argument("--one-in", type=int, default=1, help="take one page of so many")
    given = parser.parse_args()
    asyncio.run(simulate(given.every, given.seed, quoted=given.quoted, one_in=given.one_in))
