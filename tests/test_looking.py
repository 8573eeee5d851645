"""Pages are looked at politely, and what changed near a fact reaches a person: against a server with every fault."""

import asyncio
import contextlib
import gzip
import random
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from fpdf import FPDF
from libraries import real_library
from sites import Site, html, running

from bot.authoring.sources.addresses import is_public
from bot.authoring.sources.canonical import Canonical, holds, values
from bot.authoring.sources.fetching import Fetched, Fetcher, Politeness
from bot.authoring.sources.findings import Findings, findings
from bot.authoring.sources.judging import is_first_page
from bot.authoring.sources.looking import by_page, look, waiting
from bot.authoring.sources.page_text import UnreadablePage, page_text
from bot.authoring.sources.record import Known, PageState, Record
from bot.authoring.sources.statements import Statement

NIGHT = datetime(2026, 11, 27, 2, 30, tzinfo=UTC)
QUICK = Politeness(pause=0, connect_seconds=2, total_seconds=2, most_bytes=100_000)
GRANT = "<h1>Scholing</h1><p>Je krijgt hoogstens € 1.250,- per jaar.</p><p>Vraag aan tot 15 december 2026.</p>"


def canonical() -> Canonical:
    content = real_library().content
    return Canonical(content.languages, content.country.languages)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running() as one:
        yield one


def amount(url: str, *, says: str = "hoogstens € 1.250 per jaar", quote: str | None = None) -> Statement:
    return Statement("grant", "amount", url, date(2026, 11, 21), quote, (says,))


async def night(
    file: Path, statements: Sequence[Statement], at: datetime = NIGHT, *, politeness: Politeness = QUICK
) -> Findings:
    """One run: what is told afterwards."""
    record, pages = Record(file), by_page(statements)
    try:
        async with Fetcher("test", politeness, private=True) as fetcher:
            urls = waiting(pages, record, at, again=False)
            await look(pages, urls, record, fetcher, canonical(), lambda: at, lambda *_: None)
    finally:
        record.close()
    return findings(file, statements)


def state(file: Path, url: str) -> PageState:
    record = Record(file)
    page = record.page(url)
    record.close()
    assert page is not None
    return page.state


# ------------------------------------------------------------ values
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("€ 1.250,-", "1250 euro"),
        ("€ 1.250", "€1,250.00"),
        ("1250", "EUR 1.250,00"),
        ("€ 12.650,04", "12650,04"),
        ("2,5 jaar", "2.5 jaar"),
        ("11 maanden", "elf maanden"),
        ("15 december 2026", "15-12-2026"),
        ("2026-12-15", "December 15th, 2026"),
        ("15 dec. 2026", "15/12/2026"),
        ("1 maart", "1 maart 2027"),
        ("december 2026", "15 december 2026"),
        ("2026", "op 31-12-2026"),
    ],
)
def test_an_amount_or_a_date_is_the_same_however_it_is_written(ours: str, theirs: str) -> None:
    (value,) = (one for one in values(canonical()(ours)))
    assert holds(value, list(values(canonical()(theirs))))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("€ 1.250", "€ 1.500"),
        ("€ 1.250", "1,25"),
        ("15 december 2026", "15-12-2027"),
        ("15 december 2026", "15 december"),
        ("1 maart", "1 april 2027"),
    ],
)
def test_another_amount_or_date_is_another(ours: str, theirs: str) -> None:
    (value,) = (one for one in values(canonical()(ours)))
    assert not holds(value, list(values(canonical()(theirs))))


# ------------------------------------------------------------ what stays the same
async def test_a_page_that_is_the_same_is_seen_and_is_nobodys_work(site: Site, tmp_path: Path) -> None:
    site.pages["/grant"] = GRANT
    one = amount(site.url("/grant"), quote="hoogstens 1250 euro per jaar")
    found = await night(tmp_path / "seen.db", [one])
    assert found.seen == {one.key: NIGHT.date()} and not found.found
    later = NIGHT + timedelta(days=1)
    found = await night(tmp_path / "seen.db", [one], later)
    assert found.seen == {one.key: later.date()} and not found.found
    assert state(tmp_path / "seen.db", one.url) is PageState.UNCHANGED


async def test_a_change_elsewhere_on_the_page_is_nobodys_work(site: Site, tmp_path: Path) -> None:
    site.pages["/grant"] = GRANT + "<p>Er zijn 12 plaatsen.</p><footer>2026</footer>"
    one = amount(site.url("/grant"), quote="hoogstens € 1.250")
    await night(tmp_path / "seen.db", [one])
    site.pages["/grant"] = "<p>Nieuws van 3 januari 2027</p><p>Welkom</p>" + GRANT + "<p>Er zijn 40 plaatsen.</p>"
    assert not (await night(tmp_path / "seen.db", [one], NIGHT + timedelta(days=1))).found


async def test_the_same_amount_written_otherwise_is_no_change(site: Site, tmp_path: Path) -> None:
    site.pages["/grant"] = GRANT
    one = amount(site.url("/grant"), quote="hoogstens € 1.250,- per jaar")
    await night(tmp_path / "seen.db", [one])
    site.pages["/grant"] = GRANT.replace("€ 1.250,-", "1250 euro").replace("15 december 2026", "15-12-2026")
    assert not (await night(tmp_path / "seen.db", [one], NIGHT + timedelta(days=1))).found


async def test_a_page_is_asked_for_only_what_is_newer(site: Site, tmp_path: Path) -> None:
    async def page(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == '"v1"' and "If-Modified-Since" in request.headers:
            return web.Response(status=304)
        return html(GRANT, ETag='"v1"', Last_Modified="Fri, 20 Nov 2026 10:00:00 GMT")

    site.pages["/grant"] = page
    one = amount(site.url("/grant"))
    for day in range(3):
        found = await night(tmp_path / "seen.db", [one], NIGHT + timedelta(days=day))
    assert [request.headers.get("If-None-Match") for request in site.heard if request.path == "/grant"] == [
        None, '"v1"', '"v1"',
    ]  # fmt: skip
    assert found.seen == {one.key: date(2026, 11, 29)}


# ------------------------------------------------------------ what changed
async def test_a_changed_amount_reaches_a_person_with_the_old_and_the_new_line(site: Site, tmp_path: Path) -> None:
    site.pages["/grant"] = GRANT
    one = amount(site.url("/grant"))
    await night(tmp_path / "seen.db", [one])
    site.pages["/grant"] = GRANT.replace("1.250", "1.500")
    (finding,) = (await night(tmp_path / "seen.db", [one], NIGHT + timedelta(days=1))).found.values()
    assert finding.state is PageState.CHANGED and finding.missing == ("n=1250",)
    assert finding.old == ("Je krijgt hoogstens € 1.250,- per jaar.",)
    assert finding.new == ("Je krijgt hoogstens € 1.500,- per jaar.",)


async def test_a_changed_date_beside_a_quote_reaches_a_person(site: Site, tmp_path: Path) -> None:
    site.pages["/grant"] = GRANT
    one = amount(site.url("/grant"), quote="hoogstens € 1.250,-")
    await night(tmp_path / "seen.db", [one])
    site.pages["/grant"] = GRANT.replace("15 december", "1 december")
    assert (await night(tmp_path / "seen.db", [one], NIGHT + timedelta(days=1))).found


async def test_a_quote_that_is_gone_reaches_a_person_until_they_looked(site: Site, tmp_path: Path) -> None:
    site.pages["/course"] = "<p>De opleiding start elk jaar in september.</p>"
    one = Statement("course", "start", site.url("/course"), date(2026, 11, 21), "start elk jaar in september")
    await night(tmp_path / "seen.db", [one])
    site.pages["/course"] = "<p>De opleiding start niet meer.</p>"
    later = NIGHT + timedelta(days=1)
    assert (await night(tmp_path / "seen.db", [one], later)).found
    assert (await night(tmp_path / "seen.db", [one], later + timedelta(days=1))).found, "until somebody looked"
    looked = Statement(one.item, one.field, one.url, later.date(), "start niet meer")
    assert not findings(tmp_path / "seen.db", [looked]).found
    after = await night(tmp_path / "seen.db", [looked], later + timedelta(days=2))
    assert not after.found and after.seen[looked.key] == date(2026, 11, 30)


async def test_what_a_page_does_not_prove_stays_a_persons_work(site: Site, tmp_path: Path) -> None:
    site.pages["/grant"] = GRANT
    amount_of_ours = amount(site.url("/grant"), says="hoogstens € 9.999")
    quote_of_ours = amount(site.url("/grant"), says="per jaar", quote="twee keer per jaar")
    for one in (amount_of_ours, quote_of_ours):
        found = await night(tmp_path / f"{one.says}.db", [one])
        assert not found.seen and not found.found
        assert state(tmp_path / f"{one.says}.db", one.url) is PageState.UNPROVEN


async def test_words_of_our_own_are_watched_once_somebody_checked_them(site: Site, tmp_path: Path) -> None:
    page = "<p>De opleiding is er voor mensen met een mbo-diploma.</p><p>Nieuws</p>"
    site.pages["/course"] = page
    one = Statement("course", "level", site.url("/course"), date(2026, 11, 21), None, ("mensen met een mbo-diploma",))
    long_ago = Statement("course", "job", one.url, date(2026, 5, 1), None, one.says)
    found = await night(tmp_path / "seen.db", [one, long_ago])
    assert set(found.seen) == {one.key}, "the other may have been another page"
    site.pages["/course"] = page.replace("Nieuws", "Ander nieuws")
    assert not (await night(tmp_path / "seen.db", [one], NIGHT + timedelta(days=1))).found
    site.pages["/course"] = page.replace("mbo-diploma", "hbo-diploma")
    (finding,) = (await night(tmp_path / "seen.db", [one], NIGHT + timedelta(days=2))).found.values()
    assert finding.old == ("De opleiding is er voor mensen met een mbo-diploma.",)
    assert finding.new == ("De opleiding is er voor mensen met een hbo-diploma.",)
    assert (await night(tmp_path / "seen.db", [one], NIGHT + timedelta(days=3))).found, "until somebody looked"


async def test_news_that_shares_words_with_a_fact_is_nobodys_work_however_often_it_changes(
    site: Site, tmp_path: Path
) -> None:
    one = Statement("course", "level", site.url("/course"), date(2026, 11, 21), None, ("mensen met een mbo-diploma",))
    for night_of in range(10):
        day = NIGHT + timedelta(days=7 * night_of)
        news = f"<p>Nieuws van {day.date()}: {night_of} mensen met een diploma zijn er begonnen</p>"
        site.pages["/course"] = f"<p>De opleiding is er voor mensen met een mbo-diploma.</p><h2>Nieuws</h2>{news}"
        found = await night(tmp_path / "seen.db", [one], day)
        assert not found.found and found.seen == {one.key: day.date()}


async def test_a_person_hears_once_that_a_page_moved_and_it_is_still_looked_at(site: Site, tmp_path: Path) -> None:
    async def moved(_: web.Request) -> web.Response:
        return web.Response(status=301, headers={"Location": "/new/grant"})

    site.pages |= {"/grant": moved, "/new/grant": GRANT}
    one = amount(site.url("/grant"))
    found = await night(tmp_path / "seen.db", [one])
    (finding,) = found.found.values()
    assert finding.state is PageState.MOVED and finding.now_at == site.url("/new/grant")
    assert found.seen, "it proves it there"


async def test_a_page_that_leads_to_the_first_page_is_gone(site: Site, tmp_path: Path) -> None:
    async def home(_: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": "/nl/"})

    site.pages |= {"/grant": home, "/nl/": "<p>Welkom! Al 1.250 mensen gingen je voor.</p>"}
    (finding,) = (await night(tmp_path / "seen.db", [amount(site.url("/grant"))])).found.values()
    assert finding.state is PageState.HOME
    assert is_first_page("https://x.nl/index.html") and not is_first_page("https://x.nl/geld")


async def test_a_slash_or_www_more_is_the_same_page(site: Site, tmp_path: Path) -> None:
    async def slash(_: web.Request) -> web.Response:
        return web.Response(status=301, headers={"Location": "/grant/"})

    site.pages |= {"/grant": slash, "/grant/": GRANT}
    assert not (await night(tmp_path / "seen.db", [amount(site.url("/grant"))])).found


# ------------------------------------------------------------ faults
def answering(status: int) -> Callable[[web.Request], object]:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, text="no")

    return answer


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (404, PageState.GONE),
        (410, PageState.GONE),
        (401, PageState.NOT_ALLOWED),
        (403, PageState.NOT_ALLOWED),
        (451, PageState.NOT_ALLOWED),
        (429, PageState.UNREACHABLE),
        (500, PageState.UNREACHABLE),
        (503, PageState.UNREACHABLE),
    ],
)
async def test_every_answer_is_what_it_means(site: Site, tmp_path: Path, status: int, expected: PageState) -> None:
    site.pages["/grant"] = answering(status)  # type: ignore[assignment]
    one = amount(site.url("/grant"))
    found = await night(tmp_path / "seen.db", [one])
    assert state(tmp_path / "seen.db", one.url) is expected
    assert bool(found.found) is (expected is not PageState.UNREACHABLE), "what cannot be reached is tried again first"


async def test_a_page_that_cannot_be_reached_for_days_reaches_a_person(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        one = amount(f"http://127.0.0.1:{closed.getsockname()[1]}/grant")
    found = [(await night(tmp_path / "seen.db", [one], NIGHT + timedelta(days=day))).found for day in range(4)]
    assert [bool(each) for each in found] == [False, False, False, True]


async def test_one_bad_night_takes_back_nothing(site: Site, tmp_path: Path) -> None:
    site.pages["/grant"] = GRANT
    one = amount(site.url("/grant"))
    await night(tmp_path / "seen.db", [one])
    site.pages["/grant"] = answering(500)  # type: ignore[assignment]
    assert (await night(tmp_path / "seen.db", [one], NIGHT + timedelta(days=1))).seen == {one.key: NIGHT.date()}
    site.pages["/grant"] = GRANT.replace("1.250", "1.300")
    assert (await night(tmp_path / "seen.db", [one], NIGHT + timedelta(days=2))).found, "what it was is remembered"


async def test_robots_are_obeyed(site: Site, tmp_path: Path) -> None:
    async def robots(_: web.Request) -> web.Response:
        return web.Response(text="User-agent: *\nDisallow: /secret/*.html\n")

    site.pages |= {"/robots.txt": robots, "/secret/grant.html": GRANT, "/grant": GRANT}
    found = await night(tmp_path / "seen.db", [amount(site.url("/secret/grant.html")), amount(site.url("/grant"))])
    assert [one.state for one in found.found.values()] == [PageState.NOT_ALLOWED]
    assert site.asked["/secret/grant.html"] == 0 and site.asked["/grant"] == 1 and site.asked["/robots.txt"] == 1


async def test_a_site_whose_robots_cannot_be_read_is_left_alone(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/robots.txt": answering(500), "/grant": GRANT}  # type: ignore[dict-item]
    await night(tmp_path / "seen.db", [amount(site.url("/grant"))])
    assert site.asked["/grant"] == 0 and state(tmp_path / "seen.db", site.url("/grant")) is PageState.UNREACHABLE


async def test_a_busy_site_is_asked_nothing_more(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/a": answering(429), "/b": GRANT}  # type: ignore[dict-item]
    await night(tmp_path / "seen.db", [amount(site.url("/a")), amount(site.url("/b"))])
    assert site.asked["/a"] + site.asked["/b"] == 1


async def test_a_host_is_asked_once_in_the_pause(site: Site, tmp_path: Path) -> None:
    site.pages |= {f"/{i}": GRANT for i in range(3)}
    statements = [amount(site.url(f"/{i}")) for i in range(3)]
    await night(tmp_path / "seen.db", statements, politeness=Politeness(pause=0.5))
    # Three pauses before three pages, after robots.txt; on a busy machine the first request may come in late.
    assert len(site.at) == 4 and site.at[-1] - site.at[0] > 1.0


async def slow(_: web.Request) -> web.Response:
    await asyncio.sleep(10)
    return html(GRANT)


async def endless(request: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": f"{request.path}x"})


async def huge(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/html"})
    response.enable_compression(web.ContentCoding.gzip)
    await response.prepare(request)
    for _ in range(100):
        await response.write(b" " * 100_000)
    return response


async def broken(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "5000"})
    await response.prepare(request)
    await response.write(b"<p>half")
    assert request.transport is not None
    request.transport.close()
    return response


async def elsewhere(_: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": "file:///etc/passwd"})


async def drip(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/html"})
    await response.prepare(request)
    for _ in range(200):  # a byte now and then: each is in time
        await response.write(b" ")
        await asyncio.sleep(0.05)
    return response


async def no_gzip(_: web.Request) -> web.Response:
    return web.Response(body=b"<p>this is no gzip</p>", headers={"Content-Encoding": "gzip"})


async def bomb(_: web.Request) -> web.Response:
    return web.Response(body=BOMB, headers={"Content-Encoding": "gzip", "Content-Type": "text/html"})


BOMB = gzip.compress(bytes(50_000_000))  # fifty kilobytes that become fifty million


async def nowhere(_: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": "http://[::1"})


@pytest.mark.parametrize(
    ("page", "trouble"),
    [
        (slow, "no answer in time"),
        (drip, "no answer in time"),
        (bomb, "larger than 0 MB"),
        (no_gzip, "it broke off"),
        (nowhere, "Invalid IPv6 URL"),
        (endless, "it redirects without end"),
        (huge, "larger than 0 MB"),
        (broken, "it broke off"),
        (elsewhere, "it leads to file:"),
    ],
)
async def test_every_fault_is_told(site: Site, page: object, trouble: str) -> None:
    site.pages = {f"/{'x' * i}": page for i in range(9)}  # type: ignore[misc]
    async with Fetcher("test", Politeness(pause=0, total_seconds=1, most_bytes=100_000), private=True) as fetcher:
        assert (await fetcher.fetch(site.url("/"))).trouble == trouble


async def test_robots_that_are_no_text_forbid_nothing_and_one_fault_stops_no_other_page(
    site: Site, tmp_path: Path
) -> None:
    async def gibberish(_: web.Request) -> web.Response:
        return web.Response(body=random.Random(1).randbytes(5000), content_type="text/plain")

    async def mislabelled(_: web.Request) -> web.Response:
        return web.Response(body=GRANT.encode(), headers={"Content-Type": "text/plain; charset=no-such-thing"})

    faults = {f"/fault{n}": page for n, page in enumerate((slow, drip, huge, bomb, broken, elsewhere, no_gzip))}
    site.pages |= {"/robots.txt": gibberish, "/grant": GRANT, "/odd": mislabelled, **faults}  # type: ignore[dict-item]
    statements = [amount(site.url(path)) for path in site.pages if path != "/robots.txt"]
    found = await night(tmp_path / "seen.db", statements, politeness=replace(QUICK, total_seconds=0.5))
    assert {one.url for one in statements if one.key in found.seen} == {site.url("/grant"), site.url("/odd")}


# ------------------------------------------------------------ private addresses
@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("192.168.0.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104  it is refused
        ("224.0.0.1", False),
        ("::1", False),
        ("::ffff:10.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("2002:7f00:1::", False),
        ("93.184.215.14", True),
        ("2a00:1450:4001::1", True),
    ],
)
def test_only_addresses_of_the_public_internet_are_connected_to(address: str, public: bool) -> None:
    assert is_public(address) is public


async def test_nothing_private_is_asked_by_number_or_by_name(site: Site) -> None:
    async with Fetcher("test", QUICK) as fetcher:
        named = site.url("/").replace("127.0.0.1", "localhost")
        for url in (site.url("/"), named, "http://[::1]/"):
            assert (await fetcher.fetch(url)).is_refused, url
        assert (await fetcher.fetch("http://2130706433/")).status is None
    assert not site.heard


class Lenient(Fetcher):
    """Lets a test begin on this machine, and refuses every other private address as always."""

    async def _follow(self, at: str, known: Known, hops: list[tuple[int, str]]) -> Fetched:
        self.private = True
        async with self._get(at, known) as answer:
            self.private = False
            to = answer.headers["Location"]
        hops.append((302, to))
        return await super()._follow(to, known, hops)


async def test_nothing_private_is_asked_behind_a_redirect(site: Site) -> None:
    async def inside(_: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data"})

    site.pages["/"] = inside
    async with Lenient("test", QUICK) as fetcher:
        fetched = await fetcher.fetch(site.url("/"))
    assert fetched.is_refused and fetched.trouble == "169.254.169.254 is a private address"


# ------------------------------------------------------------ what it can read
def pdf(text: str) -> bytes:
    document = FPDF()
    document.add_page()
    document.set_font("Helvetica")
    document.multi_cell(0, 8, text)
    return bytes(document.output())


def test_a_pdf_is_read() -> None:
    page = page_text(pdf("Je krijgt hoogstens EUR 1.250,- per jaar."), "application/pdf")
    assert "1.250" in " ".join(page.lines) and page.dated is not None


def test_a_page_tells_its_day_and_a_row_of_a_table_is_one_line() -> None:
    page = page_text(
        b'<html><head><meta property="article:modified_time" content="2026-03-01T10:00"></head>'
        b"<body><script>var amount = 9999</script><table><tr><td>lesgeld<td>&euro;&nbsp;100</table></body></html>",
        "text/html",
    )
    assert page.dated == date(2026, 3, 1) and page.lines == ("lesgeld € 100",)


def test_a_page_in_an_old_encoding_and_one_of_text_are_read() -> None:
    latin = '<meta charset="windows-1252"><p>één € 5</p>'.encode("windows-1252")
    assert page_text(latin, "text/html").lines == ("één € 5",)
    assert page_text(b"a\n\nb", "text/plain").lines == ("a", "b")


def test_what_a_server_calls_something_else_is_read_as_what_it_is() -> None:
    assert "1.250" in " ".join(page_text(pdf("EUR 1.250,-"), "text/html").lines)
    assert page_text(b"<!DOCTYPE html><p>text</p>", "application/octet-stream").lines == ("text",)
    assert page_text(b"<p>text</p>", "").lines == ("text",)


@pytest.mark.parametrize("charset", [None, "utf-8", "ascii", "no-such-thing"])
@pytest.mark.parametrize("kind", ["text/html", "text/plain"])
def test_a_wrong_or_unknown_encoding_breaks_nothing(charset: str | None, kind: str) -> None:
    assert page_text("één euro".encode(), kind, charset).lines == ("één euro",)
    assert page_text("één euro".encode("windows-1252"), kind, charset).lines == ("één euro",)
    assert page_text(b"text \x81\xff\x00", kind, charset).lines[0].startswith("text")


@pytest.mark.slow
def test_no_damage_to_a_pdf_breaks_more_than_that_page() -> None:
    whole, chance = pdf("Je krijgt hoogstens EUR 1.250,- per jaar."), random.Random(7)
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 40)):
            damaged[chance.randrange(5, len(damaged))] = chance.randrange(256)
        with contextlib.suppress(UnreadablePage):
            page_text(bytes(damaged), "application/pdf")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7 broken", "application/pdf"),
        (b"\x89PNG", "image/png"),
        (b"<script>go()</script>", "text/html"),
        (b"", ""),
    ],
)
def test_what_has_no_text_is_said_to_be_unreadable(body: bytes, kind: str) -> None:
    with pytest.raises(UnreadablePage):
        page_text(body, kind)


async def test_an_unreadable_page_reaches_a_person(site: Site, tmp_path: Path) -> None:
    async def scan(_: web.Request) -> web.Response:
        return web.Response(body=pdf(""), content_type="application/pdf")

    site.pages["/scan.pdf"] = scan
    (finding,) = (await night(tmp_path / "seen.db", [amount(site.url("/scan.pdf"))])).found.values()
    assert finding.state is PageState.UNREADABLE


def test_a_page_of_a_hundred_thousand_levels_takes_no_time() -> None:
    assert page_text(b"<p>text</p>" + b"<div>" * 100_000, "text/html").lines == ("text",)


# ------------------------------------------------------------ resuming
async def test_a_run_that_was_stopped_goes_on_where_it_was(site: Site, tmp_path: Path) -> None:
    site.pages |= {f"/{i}": GRANT for i in range(4)}
    statements = [amount(site.url(f"/{i}")) for i in range(4)]
    await night(tmp_path / "seen.db", statements[:2])
    await night(tmp_path / "seen.db", statements, NIGHT + timedelta(minutes=5))
    assert [site.asked[f"/{i}"] for i in range(4)] == [1, 1, 1, 1]


def test_a_file_that_nobody_made_says_nothing(tmp_path: Path) -> None:
    assert not findings(tmp_path / "none.db", [amount("https://x.nl")]).seen and not list(tmp_path.iterdir())
