"""The pages of what is in the knowledge: as honest as the chat, and readable by search engines."""

from collections.abc import AsyncIterator
from xml.etree import ElementTree

import pytest
from libraries import real_library
from talkers import Page, Talker

from bot.store import Store
from bot.web.knowledge.finding import courses, schemes

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture
async def page(store: Store) -> AsyncIterator[Page]:
    store.use(real_library())
    async with Page(store, real_library()).open() as open_page:
        yield open_page


@pytest.fixture
def anna(page: Page) -> Talker:
    return page.talker()


# ------------------------------------------------------------------ questions
async def test_every_question_has_a_page_with_its_answer_source_and_day(anna: Talker) -> None:
    for question in real_library().content.knowledge.questions.values():
        await anna.get(f"/vragen/{question.id}")
        assert question.question["nl"] in anna.words()
        assert "Bron:" in anna.words() and "nagekeken op" in anna.words()


async def test_a_question_in_own_words_finds_its_answer(anna: Talker) -> None:
    await anna.get("/vragen?q=is er nog stap subsidie")
    assert "Bestaat het STAP-budget nog?" in anna.words()
    await anna.get("/vragen?q=hoe laat gaat de bakker open")
    assert "Daar vond ik niets bij" in anna.words() and "Naar het gesprek" in anna.words()


async def test_an_answer_is_data_for_search_engines(anna: Talker) -> None:
    text = await anna.get("/vragen/q01")
    assert 'itemtype="https://schema.org/FAQPage"' in text
    assert 'itemprop="acceptedAnswer"' in text
    assert text.count("<script") == 0


# ------------------------------------------------------------------ courses and money
@pytest.mark.slow
async def test_every_course_and_scheme_has_a_page(anna: Talker) -> None:
    compiled = real_library()
    for room, items in (("opleidingen", courses(compiled)), ("geld", schemes(compiled))):
        for name, item in items.items():
            await anna.get(f"/{room}/{name}")
            assert item.title["nl"].split(" (")[0] in anna.words()


async def test_what_has_ended_says_so_and_sells_nothing(anna: Talker) -> None:
    await anna.get("/geld/stap-budget")
    assert "Dit bestaat niet meer." in anna.words()
    assert "Wat het vraagt" not in anna.words() and "€" not in anna.words().partition("Vraag het over jezelf")[0]
    await anna.get("/geld")
    assert anna.words().index("Bestaat niet meer") < anna.words().index("STAP-budget")


async def test_what_adults_cannot_do_has_no_page(anna: Talker) -> None:
    hidden = real_library().content.knowledge.programmes.keys() - courses(real_library()).keys()
    assert hidden
    for name in hidden:
        await anna.get(f"/opleidingen/{name}", status=404)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("lasser", "Lasser (mbo 2"), ("iets met dieren", "Hondentrimmer"), ("timmerman worden", "Timmerman")],
)
async def test_courses_are_found_by_the_work_in_own_words(anna: Talker, typed: str, found: str) -> None:
    await anna.get(f"/opleidingen?q={typed}")
    assert found in anna.words()
    assert "Werkcentrum in jouw regio" not in anna.words()


async def test_a_way_of_learning_and_a_town_find_no_course_that_is_only_spelled_like_it(anna: Talker) -> None:
    await anna.get("/opleidingen?q=bbl utrecht")
    found = anna.words().partition("gevonden")[2].partition("Alle opleidingen")[0]
    assert "bbl" in found
    assert "Advocaat" not in found


async def test_who_finds_no_course_is_shown_the_questions_that_it_may_be(anna: Talker) -> None:
    await anna.get("/opleidingen?q=58 jaar omscholen")
    assert "Daar vond ik niets bij" in anna.words()
    assert "Ben ik te oud om om te scholen?" in anna.words().partition("Bedoel je een van deze vragen?")[2]
    await anna.get("/geld?q=qqqq")
    assert "Bedoel je" not in anna.words()


async def test_money_is_found_by_a_misspelt_name(anna: Talker) -> None:
    await anna.get("/geld?q=levenlang leren kredit")
    assert "Levenlanglerenkrediet" in anna.words()


# ------------------------------------------------------------------ search engines
async def test_each_page_has_one_address_in_each_language(anna: Talker) -> None:
    text = await anna.get("/vragen/q01?language=en&q=x")
    assert '<link rel="canonical" href="http://page.example/vragen/q01?language=en">' in text
    assert 'hreflang="nl" href="http://page.example/vragen/q01"' in text
    assert '<html lang="en">' in text


async def test_the_sitemap_names_pages_that_are_there_and_no_talk(anna: Talker) -> None:
    root = ElementTree.fromstring(await anna.get("/sitemap.xml"))  # noqa: S314  # our own
    addresses = [one.text or "" for one in root.iter(LOC)]
    assert len(addresses) > 1000
    assert not [one for one in addresses if "/frame" in one or "/resume" in one]
    for address in addresses[:: len(addresses) // 40]:
        await anna.get(address.removeprefix("http://page.example"))
    assert "Sitemap: http://page.example/sitemap.xml" in await anna.get("/robots.txt")


async def test_pages_may_be_kept_and_indexed_but_not_what_somebody_searched(anna: Talker) -> None:
    await anna.get("/vragen")
    assert "X-Robots-Tag" not in anna.response.headers
    assert anna.response.headers["Cache-Control"] == "public, max-age=300"
    await anna.get("/vragen?q=ziek")
    assert anna.response.headers["X-Robots-Tag"] == "noindex"
    assert anna.response.headers["Cache-Control"] == "no-store"


async def test_reading_begins_no_talk_and_sets_no_cookie(page: Page, anna: Talker) -> None:
    await anna.get("/opleidingen")
    assert "set-cookie" not in anna.response.headers
    assert page.people() == 0


async def test_what_is_typed_is_shown_as_text(anna: Talker) -> None:
    text = await anna.get('/vragen?q="><script>alert(1)</script>')
    assert "<script>" not in text
