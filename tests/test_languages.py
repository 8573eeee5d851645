"""Which language a message is in, what is said to who types one that is not spoken here, and the plain facts in it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import berlin_library, plain_yaml

from bot.authoring.checks.languages import problems_of
from bot.compiled import Compiled
from bot.content.language import Greeting, PlainWords
from bot.content.problems import Severity
from bot.recognisers.language import Judge, LanguageRead, _detector
from bot.recognisers.plain_facts import Found, PlainFacts, Time
from bot.text import say_language

ROOT = Path(__file__).parent.parent
ROWS = plain_yaml(ROOT / "benchmarks/messages/languages.yaml")
GREETED = ("ar", "bg", "de", "es", "fa", "fr", "pl", "ro", "ru", "so", "ti", "tr", "uk")
LONGEST_SENTENCE = 15  # words


@pytest.fixture(params=["alone", "with pycld2"])
def judge(request: pytest.FixtureRequest) -> Judge | None:
    """Who judges what is hard to tell: nobody, or pycld2 (None stands for it)."""
    if request.param == "alone":
        return lambda _: None
    if _detector() is None:
        pytest.skip("pycld2 is not installed: pip install 'overstap[languages]'")
    return None


# ------------------------------------------------------------------ which language
@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Доброго дня! Я бухгалтер з України, шукаю роботу в Нідерландах", "uk"),
        ("хочу сменить профессию, что посоветуете", "ru"),
        ("искам да сменя работата си", "bg"),
        ("هل توجد دورات مجانية؟", "ar"),
        ("می‌خواهم شغلم را عوض کنم", "fa"),
        ("ኣብ ኡትረክት እየ ዝነብር", "ti"),
        ("chce zmienic prace, pracuje w magazynie", "pl"),
        ("iş değiştirmek istiyorum", "tr"),
        ("is degistirmek istiyorum", "tr"),
        ("vreau să îmi schimb locul de muncă", "ro"),
        ("quiero cambiar de trabajo", "es"),
        ("je veux changer de métier", "fr"),
        ("ich möchte als Elektriker arbeiten", "de"),
        ("waxaan rabaa inaan shaqo kale barto", "so"),
        ("I am a nurse from abroad, can I work here?", "en"),
    ],
)
def test_a_sentence_tells_its_language(compiled: Compiled, judge: Judge | None, said: str, code: str) -> None:
    read = compiled.languages.of(said, "nl", judge)
    assert (read.code, read.sure) == (code, True)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("polski", "pl"),
        ("Türkçe", "tr"),
        ("turkce", "tr"),
        ("hola", "es"),
        ("English please", "en"),
        ("no dutch", "en"),
        ("لا أفهم", "ar"),
        ("je ne parle pas néerlandais", "fr"),
        ("ich spreche kein Niederländisch", "de"),
        ("Dzień dobry!", "pl"),
        ("спасибо", "ru"),
        ("работаю в Albert Heijn Zaandam", "ru"),
        ("أنا ساكن في Ede", "ar"),
    ],
)
def test_a_word_that_only_one_language_has_changes_the_language(
    compiled: Compiled, judge: Judge | None, said: str, code: str
) -> None:
    read = compiled.languages.of(said, "nl", judge)
    assert (read.code, read.sure) == (code, True)


@pytest.mark.parametrize("said", ["ja graag", "nurse", "Łukasz", "data analyst", "36", "👍", "", "½", "ـ"])
@pytest.mark.parametrize("chat", ["nl", "en"])
def test_one_or_two_words_keep_the_language_of_the_chat(
    compiled: Compiled, judge: Judge | None, said: str, chat: str
) -> None:
    assert compiled.languages.of(said, chat, judge) == LanguageRead(chat, 0.0)


@pytest.mark.parametrize(
    "said",
    [
        "ik wil gaarg elektrisien worde",
        "ich bin 45 en zeuk werk in Mestreech",
        "ge moet da nie te moeilijk maken he",
        "ik haw altyd yn de bou wurke",
        "ik niet begrijp deze vraag",
        "ik spreek arabisch en beetje engels",
        "ux designer, hbo",
        "software developer of data engineer",
        "ik werk als barista, wil account manager worden",
        "Mohammed el Amrani uit La Haye",
        "bij La Place als chef de partie",
        "die man zei dat het kon, nu niks",
        "pas geslaagd, stage in de horeca",
        "mijn naam is Ольга Петренко",
        "ahmed@example.com",
        "https://duo.nl/les/voor/die",
    ],
)
def test_dutch_of_any_kind_is_no_other_language(compiled: Compiled, judge: Judge | None, said: str) -> None:
    read = compiled.languages.of(said, "nl", judge)
    assert read.code == "nl" or not read.sure


def test_of_the_messages_of_the_benchmark_nine_in_ten_are_read_and_of_look_alikes_one_in_a_hundred_is_mistaken(
    compiled: Compiled, judge: Judge | None
) -> None:
    def read(text: str, chat: str) -> str:
        found = compiled.languages.of(text, chat, judge)
        return found.code if found.sure else chat

    rows = [(code, text) for code, texts in ROWS["messages"].items() for text in texts if code != "nl"]
    assert sum(read(text, "nl") == code for code, text in rows) >= 0.9 * len(rows)
    assert not {text for code, text in rows if read(text, "nl") not in (code, "nl")}
    alike = [
        (code, text)
        for kind in ("look_alikes", "later_look_alikes")
        for code in ROWS[kind]
        for text in ROWS[kind][code]
    ]
    assert sum(read(text, code) != code for code, text in alike) <= 0.01 * len(alike)


def test_a_word_for_work_is_read_in_its_language_and_nothing_is_said_in_it(compiled: Compiled) -> None:
    for said in ("pielęgniarka", "бухгалтер"):
        read = compiled.languages.of(said, "nl", lambda _: None)
        assert not read.sure
        assert compiled.foreign.find(said, read.code).occupations


def test_what_two_languages_may_say_alike_is_that_which_somebody_typed_before(compiled: Compiled) -> None:
    languages, said = compiled.languages, "Я живу в Zwolle"
    read = languages.of(said, "nl", lambda _: None)
    assert (read.sure, read.strange) == (False, True)
    assert languages.of(said, "nl", lambda _: None, reads_best="uk") == LanguageRead("uk", 0.85, strange=True)
    assert not languages.of("ik woon in Zwolle", "nl", reads_best="uk").strange


def test_letters_of_which_there_are_no_words_are_strange(compiled: Compiled, judge: Judge | None) -> None:
    assert compiled.languages.of("Καλημέρα, ψάχνω δουλειά", "en", judge) == LanguageRead("en", 0.0, strange=True)


def test_a_folder_with_its_own_languages_alone_reads_those() -> None:
    alone = berlin_library()
    assert alone.languages.of("Ich suche Arbeit als Koch", "de").code == "de"
    assert alone.languages.of("Доброго дня, шукаю роботу", "de") == LanguageRead("de", 0.0, strange=True)
    assert alone.languages.of("chcę zmienić pracę teraz", "de").code == "de"
    assert alone.foreign.find("бухгалтер", "uk") == Found()


@pytest.mark.slow
@given(st.text(max_size=60))
def test_no_text_is_too_odd(compiled: Compiled, text: str) -> None:
    read = compiled.languages.of(text, "nl")
    assert read.code in compiled.content.languages
    for code in GREETED:
        for fact in compiled.foreign.find(text, code).occupations:
            assert text[fact.start : fact.end]


@pytest.mark.slow
def test_pycld2_is_imported_when_it_is_needed_and_not_before() -> None:
    program = "import sys, bot.recognisers.language; sys.exit('pycld2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False, cwd=ROOT).returncode == 0


# ------------------------------------------------------------------ what is said
def test_every_language_that_is_not_spoken_has_a_greeting_in_short_sentences(compiled: Compiled) -> None:
    greetings = {code: one.greeting for code, one in compiled.content.languages.items() if one.greeting}
    assert tuple(sorted(greetings)) == GREETED
    for greeting in greetings.values():
        assert set(greeting.buttons) == set(compiled.content.country.languages)
        assert greeting.understood.count("{words}") == 1
        said = f"{greeting.hello} {greeting.choose} {greeting.person}"
        assert max(len(sentence.split()) for sentence in re.split(r"[.!?؟።]", said)) <= LONGEST_SENTENCE
        assert not re.search(r"\d|http|www", said), "no number and no address that nobody checked"
        assert greeting.person_button in greeting.person, "the sentence names the button"


def test_every_language_that_is_not_spoken_has_words_for_work_a_person_and_help(compiled: Compiled) -> None:
    for code in GREETED:
        words = compiled.content.languages[code].words
        assert len(words.occupations) >= 30
        assert {"human", "help", "stop", "forget"} == set(words.requests)
        assert words.countries and words.levels and words.age and words.now and words.wanted and words.denials


def test_a_language_is_called_as_people_call_it() -> None:
    assert (say_language("uk", "nl"), say_language("ti", "en")) == ("Oekraïens", "Tigrinya")
    assert say_language("qqq", "nl") == "qqq"


# ------------------------------------------------------------------ plain facts
def work(found: Found) -> list[tuple[str, Time | None]]:
    return [(one.value, one.time) for one in found.occupations if not one.denied]


def test_the_accountant_from_ukraine_is_understood(compiled: Compiled) -> None:
    said = "Доброго дня! Я бухгалтер з України, шукаю роботу в Нідерландах"
    found = compiled.foreign.find(said, "uk")
    (fact,) = found.occupations
    assert (fact.value, fact.time, said[fact.start : fact.end]) == ("bookkeeper", None, "бухгалтер")
    assert found.country and found.country.value == "UA"
    assert found.called == ("бухгалтер", "Україна")


@pytest.mark.parametrize(
    ("code", "said", "expected"),
    [
        ("pl", "szukam pracy jako spawacz", [("welder", Time.WANTED)]),
        ("pl", "jestem pielegniarka, chcę zostać elektrykiem", [("nurse", Time.NOW), ("electrician", Time.WANTED)]),
        ("de", "ich suche Arbeit als Koch", [("cook", Time.WANTED)]),
        ("de", "Ich bin Köchin und möchte Bäckerin werden", [("cook", Time.NOW), ("baker", Time.WANTED)]),
        ("es", "busco trabajo de camarera", [("waiter", Time.WANTED)]),
        ("fr", "je suis infirmière", [("nurse", Time.NOW)]),
        ("tr", "elektrikçi olmak istiyorum", [("electrician", Time.WANTED)]),
        ("fa", "من در ایران حسابدار بودم", [("bookkeeper", Time.NOW)]),
        ("ar", "كنت المحاسب في دمشق", [("bookkeeper", Time.NOW)]),
        ("so", "waxaan rabaa inaan noqdo kalkaaliye caafimaad", [("nurse", Time.WANTED)]),
        ("ti", "ነርስ ክኸውን ደልየ", [("nurse", Time.WANTED)]),
        ("ru", "програмист", [("software-developer", None)]),  # with an error
        ("uk", "хочу говорити українською", []),
        ("pl", "moja żona jest pielęgniarką", []),  # the work of somebody else
        ("ro", "am carnet de șofer", []),
        ("bg", "имам шофьорска книжка", []),
    ],
)
def test_work_is_found_with_what_is_said_around_it(
    compiled: Compiled, code: str, said: str, expected: list[tuple[str, Time | None]]
) -> None:
    assert work(compiled.foreign.find(said, code)) == expected


def test_what_is_denied_is_said_to_be_denied(compiled: Compiled) -> None:
    for code, said in (("uk", "не хочу бути кухарем"), ("de", "ich bin kein Koch"), ("tr", "aşçı değilim")):
        found = compiled.foreign.find(said, code)
        assert [one.denied for one in found.occupations] == [True], said
        assert found.called == ()


def test_a_word_that_may_mean_several_occupations_is_each_of_them_less_certainly(compiled: Compiled) -> None:
    found = compiled.foreign.find("водитель", "ru")
    assert {one.value for one in found.occupations} == {"truck-driver", "bus-driver", "van-driver"}
    assert sum(one.certainty for one in found.occupations) < 1
    assert found.called == ("водитель",)


@pytest.mark.parametrize(
    ("code", "said", "value"),
    [
        ("uk", "можна поговорити з людиною?", "human"),
        ("ar", "لم أفهم السؤال", "help"),
        ("de", "vielen Dank für die Hilfe", None),
        ("es", "ayuda", "help"),
        ("so", "jooji", "stop"),
        ("so", "ma jooji karo shaqada hadda", None),
        ("fr", "supprimez mes données", "forget"),
        ("pl", "nie rozumiem, chcę porozmawiać z człowiekiem", "human"),
    ],
)
def test_a_request_is_heard(compiled: Compiled, code: str, said: str, value: str | None) -> None:
    found = compiled.foreign.find(said, code)
    assert (found.request and found.request.value) == value


@pytest.mark.parametrize(
    ("code", "said", "age"),
    [
        ("uk", "мені 36 років", "36"),
        ("ro", "am 31 de ani", "31"),
        ("fa", "من ۳۸ سال دارم", "38"),
        ("ar", "عمري ٢٩ سنة", "29"),
        ("uk", "працювала 10 років", None),
        ("pl", "mam 3 lata doświadczenia", None),
    ],
)
def test_an_age_is_a_number_that_is_said_to_be_one(compiled: Compiled, code: str, said: str, age: str | None) -> None:
    found = compiled.foreign.find(said, code)
    assert (found.age and found.age.value) == age


def test_the_name_of_a_language_is_no_country(compiled: Compiled) -> None:
    for code, said in (("pl", "polski"), ("uk", "пишіть українською"), ("ro", "vorbesc românește"), ("fr", "français")):
        assert compiled.foreign.find(said, code).country is None


def test_education_is_found(compiled: Compiled) -> None:
    for code, said, level in (("tr", "üniversite mezunuyum", "wo"), ("es", "no tengo título", "none")):
        found = compiled.foreign.find(said, code)
        assert found.level and found.level.value == level


# ------------------------------------------------------------------ what an editor hears
def warned(compiled: Compiled, **changed: object) -> Iterator[tuple[str, Severity]]:
    uk = replace(compiled.content.languages["uk"], **changed)  # type: ignore[arg-type]
    return ((one.code, one.severity) for one in problems_of(replace(compiled.content, languages={"uk": uk})))


def test_texts_that_no_native_speaker_has_read_are_listed_and_stop_nothing(compiled: Compiled) -> None:
    assert list(warned(compiled)) == [("C016", Severity.NOTE)]
    assert list(warned(compiled, unreviewed=False)) == []


def test_it_is_a_warning_of_a_language_that_the_bot_speaks(compiled: Compiled) -> None:
    country = replace(compiled.content.country, languages=("uk",))
    uk = {"uk": compiled.content.languages["uk"]}
    [found] = problems_of(replace(compiled.content, languages=uk, country=country))
    assert (found.code, found.severity) == ("C016", Severity.WARNING)


def test_words_for_what_is_not_there_are_listed(compiled: Compiled) -> None:
    lost = PlainWords(occupations={"nurze": ("медсестра",)}, levels={"hbo9": ("університет",)})
    assert list(warned(compiled, unreviewed=False, words=lost)) == [("C017", Severity.WARNING)] * 2


def test_a_greeting_must_say_what_was_understood(compiled: Compiled) -> None:
    greeting = Greeting("Вітаю!", "Зрозуміло.", "Що зручніше?", "Натисніть «Людина».", "Людина")
    assert list(warned(compiled, unreviewed=False, greeting=greeting)) == [("C018", Severity.ERROR)]


def test_a_language_without_words_has_no_facts() -> None:
    assert PlainFacts([]).find("бухгалтер", "uk") == Found()
