"""What people really type, and what each type of question makes of it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libraries import ROOT, flows_in, library_with, real_library

from bot.answers import (
    CERTAIN,
    CLEAR,
    WORKED_OUT,
    Context,
    Misunderstood,
    Reading,
    Unclear,
    Understood,
    Unknown,
    is_dont_know,
    read,
    show,
)
from bot.answers.choices import Label, read_one
from bot.answers.free_text import SURE_OF_WORK
from bot.compiled import Compiled
from bot.content.conditions import Value
from bot.content.flow import Collect, Vocabulary
from bot.content.sentence_keys import Sentence
from bot.recognisers.private import Sensitive

TODAY = date(2026, 11, 23)  # a Monday


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return library_with(flows_in(ROOT / "tests" / "engine"))


def question(compiled: Compiled, name: str) -> Collect:
    found = next(found for flow in compiled.content.flows.values() if (found := flow.question(name)))
    assert isinstance(found, Collect)
    return found


def value_of(compiled: Compiled, name: str, text: str) -> Value | None:
    """The value that a text reads as; None when it does not read as one."""
    reading = read(question(compiled, name), text, Context(compiled, "nl", TODAY))
    return reading.value if isinstance(reading, Understood) else None


def why_not(compiled: Compiled, name: str, text: str) -> Sentence:
    reading = read(question(compiled, name), text, Context(compiled, "nl", TODAY))
    assert isinstance(reading, Misunderstood), reading
    return reading.because


# ------------------------------------------------------------------ numbers
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("34", 34),
        ("34 jaar", 34),
        ("ik ben 34", 34),
        ("34.", 34),
        ("vierendertig", 34),
        ("ik ben vierendertig jaar", 34),
        ("thirty-four", 34),
        ("een", 1),
        ("elf", 11),
        ("  7 ", 7),
    ],
)
def test_a_whole_number_is_read_from_figures_and_words(compiled: Compiled, text: str, number: int) -> None:
    assert value_of(compiled, "count", text) == number


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("een jaar of dertig", Sentence.EXACT_NUMBER),
        ("ongeveer 30", Sentence.EXACT_NUMBER),
        ("bijna veertig", Sentence.EXACT_NUMBER),
        ("in de 50", Sentence.EXACT_NUMBER),
        ("begin 50", Sentence.EXACT_NUMBER),
        ("50+", Sentence.EXACT_NUMBER),
        ("mid 40s", Sentence.EXACT_NUMBER),
        ("30-ish", Sentence.EXACT_NUMBER),
        ("tussen 30 en 40", Sentence.MORE_NUMBERS),
        ("34 of 35", Sentence.MORE_NUMBERS),
        ("12,5", Sentence.WHOLE_NUMBER),
        ("veel", Sentence.NO_NUMBER),
        ("een paar", Sentence.NO_NUMBER),
        ("0", Sentence.BETWEEN),
        ("100", Sentence.BETWEEN),
        ("-5", Sentence.BETWEEN),
    ],
)
def test_what_is_no_exact_number_is_asked_back_with_the_reason(
    compiled: Compiled, text: str, because: Sentence
) -> None:
    assert why_not(compiled, "count", text) is because


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("500", 500),
        ("€ 1.000,-", 1000),
        ("1.000", 1000),
        ("1,000", 1000),
        ("1.000,50", 1000.5),
        ("2,5k", 2500),
        ("duizend euro", 1000),
        ("12,50", 12.5),
        ("1.234.567", 1234567),
        ("ongeveer 1000 euro", 1000),
        ("niks", 0),
        ("nee", 0),
        ("geen geld", 0),
    ],
)
def test_an_amount_is_read_as_dutch_and_english_people_write_it(compiled: Compiled, text: str, euros: float) -> None:
    assert value_of(compiled, "price", text) == euros


def test_about_an_amount_is_less_certain_than_an_amount(compiled: Compiled) -> None:
    context = Context(compiled, "nl", TODAY)
    about = read(question(compiled, "price"), "ongeveer 1000", context)
    assert isinstance(about, Understood)
    assert about.certainty < CERTAIN


@pytest.mark.parametrize("number", range(1, 100))
def test_every_number_below_a_hundred_has_a_name_in_both_languages(compiled: Compiled, number: int) -> None:
    counting = compiled.counting
    words = [word for word, value in counting.reader.named.items() if value == number]
    assert len(words) >= 2
    assert all(counting.numbers_in(word) == [number] for word in words)


# ------------------------------------------------------------------ days
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 april", "2027-04-01"),
        ("1 april 2028", "2028-04-01"),
        ("April 1st, 2028", "2028-04-01"),
        ("1-4-2027", "2027-04-01"),
        ("01/04/27", "2027-04-01"),
        ("2027-04-01", "2027-04-01"),
        ("30 november", "2026-11-30"),
        ("1 nov", "2027-11-01"),
        ("morgen", "2026-11-24"),
        ("overmorgen", "2026-11-25"),
        ("vandaag", "2026-11-23"),
        ("maandag", "2026-11-30"),
        ("op vrijdag", "2026-11-27"),
        ("next friday", "2026-11-27"),
    ],
)
def test_a_day_is_read_and_one_without_a_year_is_the_next_one(compiled: Compiled, text: str, day: str) -> None:
    assert value_of(compiled, "day", text) == day


def test_a_day_is_remembered_as_a_full_date_because_tomorrow_changes(compiled: Compiled) -> None:
    reading = read(question(compiled, "day"), "morgen", Context(compiled, "nl", TODAY))
    assert isinstance(reading, Understood)
    assert reading.raw == "2026-11-24"


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("31 februari", Sentence.NO_SUCH_DAY),
        ("1-1-2020", Sentence.NOT_BEFORE),
        ("ooit", Sentence.NO_DATE),
        ("99-99-9999", Sentence.NO_SUCH_DAY),
    ],
)
def test_what_is_no_day_to_come_is_refused_with_the_reason(compiled: Compiled, text: str, because: Sentence) -> None:
    assert why_not(compiled, "day", text) is because


# ------------------------------------------------------------------ choices
@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("Rood", "red"),
        ("rood!", "red"),
        ("red", "red"),
        ("vuurrood", "red"),
        ("groem", "green"),
        ("greon", "green"),
        ("b", "green"),
        ("2", "green"),
        ("2.", "green"),
        ("optie 3", "blue"),
        ("twee", "green"),
        ("Drie.", "blue"),
        ("de eerste", "red"),
        ("doe maar blauw", "blue"),
        ("BLÄUW", "blue"),
    ],
)
def test_a_choice_is_its_label_with_errors_its_number_its_letter_or_a_sentence(
    compiled: Compiled, text: str, choice: str
) -> None:
    assert value_of(compiled, "colour", text) == choice


@pytest.mark.parametrize(
    ("text", "value"), [("nee natuurlijk niet", "none"), ("no benefit, my husband does not get one", "none")]
)
def test_a_choice_that_is_a_no_may_have_another_no_behind_it(compiled: Compiled, text: str, value: str) -> None:
    benefits = (
        Label("none", "Nee", ("nee", "no", "geen")),
        Label("ww", "WW", ("ww",)),
    )
    assert read_one(benefits, text, compiled.reply_words) == Understood(value, CLEAR, raw=value, shown="Nee")
    assert isinstance(read_one(benefits, "nee, geen ww", compiled.reply_words), Unclear)


@pytest.mark.parametrize("text", ["niet rood", "rood of blauw", "geen groen"])
def test_what_may_mean_several_choices_or_none_is_asked_back(compiled: Compiled, text: str) -> None:
    assert isinstance(read(question(compiled, "colour"), text, Context(compiled, "nl", TODAY)), Unclear)


@pytest.mark.parametrize("text", ["paars", "9", "z", "roze met stippen"])
def test_what_is_no_choice_is_not_guessed(compiled: Compiled, text: str) -> None:
    assert why_not(compiled, "colour", text) is Sentence.NO_CHOICE


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("overdag", {"day"}),
        ("overdag en 's nachts", {"day", "night"}),
        ("1 en 2", {"day", "night"}),
        ("twee", {"night"}),
        ("een en twee", {"day", "night"}),
        ("1,2", {"day", "night"}),
        ("a + b", {"day", "night"}),
        ("alles", {"day", "night"}),
        ("nooit", {"never"}),
    ],
)
def test_several_choices_are_read_from_one_text(compiled: Compiled, text: str, choices: set[str]) -> None:
    assert value_of(compiled, "times", text) == frozenset(choices)


@pytest.mark.parametrize(
    ("text", "value"), [("2", "ww"), ("58", "older"), ("iemand van 60", "older"), ("drie", "older")]
)
def test_a_number_in_a_label_that_is_no_place_leaves_the_others_theirs(
    compiled: Compiled, text: str, value: str
) -> None:
    workers = (
        Label("learner", "Een leerling", ("leerling",)),
        Label("ww", "Iemand met ww", ("ww",)),
        Label("older", "Iemand van 56 of ouder", ("ouder",), range(56, 76)),
    )
    reading = read_one(workers, text, compiled.reply_words, compiled.counting)
    assert isinstance(reading, Understood) and reading.value == value


def test_a_choice_that_goes_alone_is_refused_with_another(compiled: Compiled) -> None:
    assert why_not(compiled, "times", "nooit en overdag") is Sentence.GOES_ALONE


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("ja", True),
        ("ja hoor", True),
        ("jazeker", True),
        ("Yes please", True),
        ("ok", True),
        ("graag", True),
        ("ja, maar alleen overdag", True),
        ("klopt", True),
        ("nee", False),
        ("nee hoor", False),
        ("liever niet", False),
        ("nope", False),
        ("no thanks", False),
        ("nee, nu nog niet", False),
    ],
)
def test_yes_and_no_are_heard_as_people_say_them(compiled: Compiled, text: str, truth: bool) -> None:
    assert value_of(compiled, "sure", text) is truth


@pytest.mark.parametrize("text", ["mee", "misschien", "jaloers", "nergens"])
def test_what_is_neither_yes_nor_no_is_not_guessed(compiled: Compiled, text: str) -> None:
    assert why_not(compiled, "sure", text) is Sentence.NO_YES_OR_NO


# ------------------------------------------------------------------ how to reach someone
@pytest.mark.parametrize(
    "text",
    [
        "0612345678",
        "06-1234 5678",
        "06 12 34 56 78",
        "+31(0)6 12345678",
        "+31612345678",
        "0031612345678",
        "mijn nummer is 0612345678",
        "06 12345678 (na 18u)",
    ],
)
def test_a_dutch_number_is_read_in_every_way_people_write_it(compiled: Compiled, text: str) -> None:
    assert value_of(compiled, "phone", text) == "+31612345678"


def test_a_number_from_abroad_and_a_fixed_line_count(compiled: Compiled) -> None:
    assert value_of(compiled, "phone", "+32 470 12 34 56") == "+32470123456"
    assert value_of(compiled, "phone", "030-2345678") == "+31302345678"


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("06-1234567", Sentence.PHONE_DIGITS),  # a digit short: "possible" and not valid
        ("mijn nummer is 06 123 456 789", Sentence.PHONE_DIGITS),
        ("0612", Sentence.NO_PHONE),
        ("0900-1234", Sentence.NO_PHONE),
        ("bel me maar", Sentence.NO_PHONE),
        ("0612345678 of 0687654321", Sentence.MORE_PHONES),
    ],
)
def test_a_number_that_cannot_be_called_is_asked_back(compiled: Compiled, text: str, because: Sentence) -> None:
    assert why_not(compiled, "phone", text) is because


@pytest.mark.parametrize("text", ["612345678", "6 12 34 56 78", "mijn nummer: 6-12345678"])
def test_a_mobile_number_without_its_zero_is_asked_back(compiled: Compiled, text: str) -> None:
    reading = read(question(compiled, "phone"), text, Context(compiled, "nl", TODAY))
    assert isinstance(reading, Unclear)
    assert [option.label for option in reading.options] == ["06 12345678"]
    assert value_of(compiled, "phone", reading.options[0].raw) == "+31612345678"


def test_an_address_is_found_in_a_sentence_and_made_the_same(compiled: Compiled) -> None:
    assert value_of(compiled, "email", "mijn mail is Sam@Voorbeeld.NL.") == "Sam@voorbeeld.nl"


def test_a_known_provider_with_a_typing_error_is_asked_back(compiled: Compiled) -> None:
    reading = read(question(compiled, "email"), "sam@gmial.com", Context(compiled, "nl", TODAY))
    assert isinstance(reading, Unclear)
    assert [option.raw for option in reading.options] == ["sam@gmail.com", "sam@gmial.com"]


@pytest.mark.parametrize("text", ["sam", "sam@", "sam@x", "@voorbeeld.nl", "sam apenstaartje voorbeeld"])
def test_what_is_no_address_is_asked_back(compiled: Compiled, text: str) -> None:
    assert why_not(compiled, "email", text) is Sentence.NO_EMAIL


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("3511lx", "3511 LX"),
        ("3511 LX", "3511 LX"),
        ("(3721 AA)", "3721 AA"),
        ("3531-HK", "3531 HK"),
        ("3441bc.", "3441 BC"),
        ("3511", "3511"),
        ("ik woon op 3511lx in utrecht", "3511 LX"),
    ],
)
def test_a_postcode_is_read_with_and_without_letters(compiled: Compiled, text: str, postcode: str) -> None:
    assert value_of(compiled, "postcode", text) == postcode


@pytest.mark.parametrize("text", ["0511 LX", "351 LX", "3511 SS", "35111", "utrecht"])
def test_what_is_no_postcode_is_asked_back(compiled: Compiled, text: str) -> None:
    assert why_not(compiled, "postcode", text) is Sentence.NO_POSTCODE


def test_a_contact_is_a_number_or_an_address_whichever_they_give(compiled: Compiled) -> None:
    assert value_of(compiled, "other_reach", "0612345678") == "+31612345678"
    assert value_of(compiled, "other_reach", "sam@voorbeeld.nl") == "sam@voorbeeld.nl"
    assert why_not(compiled, "other_reach", "via de buurman") is Sentence.NO_CONTACT


# ------------------------------------------------------------------ free text
def test_a_name_is_taken_without_what_stands_before_it(compiled: Compiled) -> None:
    assert value_of(compiled, "name", "mijn naam is Fatima el Idrissi") == "Fatima el Idrissi"
    assert value_of(compiled, "name", "Ik ben Sam.") == "Sam"
    assert value_of(compiled, "name", "Sam") == "Sam"


def test_a_town_of_which_there_are_two_is_asked_and_then_known(compiled: Compiled) -> None:
    context = Context(compiled, "nl", TODAY)
    reading = read(question(compiled, "town"), "Hengelo", context)
    assert isinstance(reading, Unclear)
    chosen = read(question(compiled, "town"), reading.options[0].raw, context)
    assert isinstance(chosen, Understood)
    assert compiled.places.read(str(chosen.value)).municipality == "Hengelo"


def test_a_town_with_a_typing_error_is_said_back(compiled: Compiled) -> None:
    reading = read(question(compiled, "town"), "utrect", Context(compiled, "nl", TODAY))
    assert isinstance(reading, Understood)
    assert (reading.value, reading.shown) == ("Utrecht", "Utrecht")
    assert reading.certainty < CERTAIN


def test_work_that_nobody_knows_is_an_answer_all_the_same(compiled: Compiled) -> None:
    reading = read(question(compiled, "job"), "glazenbol poetsen", Context(compiled, "nl", TODAY))
    assert isinstance(reading, Understood)
    assert reading.value == "glazenbol poetsen"


@pytest.mark.parametrize("name", ["colour", "count", "price", "day", "sure", "job", "town", "postcode", "email"])
@pytest.mark.parametrize("text", ["weet ik niet", "Geen idee!", "zeg ik liever niet", "I don't know", "sla over"])
def test_not_knowing_is_an_answer_to_every_question(compiled: Compiled, name: str, text: str) -> None:
    assert isinstance(read(question(compiled, name), text, Context(compiled, "nl", TODAY)), Unknown)


def test_a_choice_that_says_so_goes_before_not_knowing() -> None:
    assert is_dont_know("weet ik niet", real_library().spoken)
    assert not is_dont_know("ik weet niet of ik lasser of timmerman wil worden", real_library().spoken)


# ------------------------------------------------------------------ what we do not keep
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mijn bsn is 111222333", Sensitive.BSN),
        ("1112.22.333", Sensitive.BSN),
        ("NL91 ABNA 0417 1643 00", Sensitive.IBAN),
        ("nl91abna0417164300", Sensitive.IBAN),
        ("ik heb autisme", Sensitive.HEALTH),
        ("moet rustig zijn ivm mijn autisme", Sensitive.HEALTH),
        ("gestopt door een burn-out", Sensitive.HEALTH),
        ("I have ADHD", Sensitive.HEALTH),
        ("heb rugklachten", Sensitive.HEALTH),
        ("chauffeur met een slechte rug", Sensitive.HEALTH),
        ("i have a bad back", Sensitive.HEALTH),
        ("heeft last van een burn-out", Sensitive.HEALTH),
    ],
)
def test_numbers_and_health_that_we_may_not_keep_are_found(text: str, kind: Sensitive) -> None:
    assert real_library().private.find(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "123456789",  # nine digits, and no BSN
        "0612345678",
        "NL91ABNA0417164301",
        "begeleider van mensen met autisme",
        "ik heb gewerkt met kinderen met adhd",
        "verpleegkundige op de afdeling kanker",
        "depressieve muziek maken",
        "fysio voor mensen met een slechte rug",
        "iets met het hart en hoofd",
        "iets met mensen",
    ],
)
def test_what_only_looks_like_it_is_not_refused(text: str) -> None:
    assert real_library().private.find(text) is None


# ------------------------------------------------------------------ back into words, and everything else
@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("colour", "red", "Rood"),
        ("weight", 12.5, "12,5 kilo"),
        ("price", 1000.0, "€ 1.000"),
        ("day", "2027-04-01", "1 april 2027"),
        ("sure", True, "Ja"),
        ("times", frozenset({"day", "night"}), "Overdag en 's Nachts"),
        ("phone", "+31612345678", "06 12345678"),
        ("count", None, "weet ik niet"),
        ("colour", None, "Weet ik niet"),
    ],
)
def test_an_answer_is_shown_as_the_person_would_say_it(
    compiled: Compiled, name: str, value: Value | None, words: str
) -> None:
    assert show(question(compiled, name), value, compiled, "nl") == words


@pytest.mark.slow
@settings(max_examples=40, deadline=None, derandomize=True)
@given(text=st.text(max_size=60))
def test_no_text_makes_a_reader_fail(text: str) -> None:
    compiled = real_library()
    context = Context(compiled, "nl", TODAY)
    for flow in compiled.content.flows.values():
        for step in flow.steps:
            if isinstance(step, Collect):
                reading = read(step, text, context)
                if isinstance(reading, Understood):
                    again = read(step, reading.raw if reading.raw is not None else text, context)
                    assert isinstance(again, Understood | Unknown), (step.id, text, reading)
    real_library().private.find(text)


# ------------------------------------------------------------------ a number, a place in the list, a yes
@pytest.fixture(scope="module")
def shipped() -> Compiled:
    return real_library()


def reading_of(compiled: Compiled, name: str, text: str) -> Reading:
    asked = next(found for flow in compiled.content.flows.values() if (found := flow.question(name)))
    return read(asked, text, Context(compiled, "nl", TODAY))


@pytest.mark.parametrize(
    "text", ["1 april", "2,5", "1", "2", "a", "b", "de eerste", "ok", "ja?", "ja maar niet bellen"]
)
def test_only_an_unmistakable_yes_is_a_consent(shipped: Compiled, text: str) -> None:
    assert reading_of(shipped, "may_contact", text) == Misunderstood(Sentence.NO_YES_OR_NO)


@pytest.mark.parametrize("text", ["ja", "Ja hoor!", "yes please", "ja, dat mag", "graag", "jazeker"])
def test_everyday_forms_of_yes_are_a_consent(shipped: Compiled, text: str) -> None:
    reading = reading_of(shipped, "may_contact", text)
    assert isinstance(reading, Understood)
    assert reading.value is True


def test_who_does_not_know_has_not_agreed(shipped: Compiled) -> None:
    for text in ("nee", "nope", "liever niet"):
        assert reading_of(shipped, "may_contact", text).value is False  # type: ignore[union-attr]
    for text in ("weet ik niet", "I don't know"):
        assert reading_of(shipped, "may_contact", text) == Unknown()


@pytest.mark.parametrize("text", ["1", "2", "a", "de eerste"])
def test_a_place_in_the_list_is_no_yes_and_no_no(shipped: Compiled, text: str) -> None:
    assert isinstance(reading_of(shipped, "refine", text), Misunderstood)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("education", "3", "mbo3"),
        ("education", "1", "mbo1"),
        ("employer_size", "3", "small"),
        ("employer_size", "ongeveer 30", "small"),
        ("employer_size", "100 mensen", "medium"),
        ("employer_size", "250", "large"),
        ("employer_size", "50 tot 249", "medium"),
        ("benefit", "2", "ww"),
    ],
)
def test_a_number_goes_to_the_label_or_range_that_holds_it(shipped: Compiled, name: str, text: str, value: str) -> None:
    reading = reading_of(shipped, name, text)
    assert isinstance(reading, Understood)
    assert reading.value == value


@pytest.mark.parametrize(("name", "text"), [("education", "7"), ("education", "b"), ("employer_size", "veel")])
def test_labels_with_numbers_have_no_places(shipped: Compiled, name: str, text: str) -> None:
    assert isinstance(reading_of(shipped, name, text), Misunderstood)


def test_a_place_in_the_list_is_less_certain_than_a_label_and_so_said_back(compiled: Compiled) -> None:
    for name, text in (("colour", "2"), ("colour", "b")):
        reading = reading_of(compiled, name, text)
        assert isinstance(reading, Understood)
        assert reading.certainty < CERTAIN
        assert reading.shown


def test_a_yes_with_more_than_one_name_is_asked_back(shipped: Compiled) -> None:
    reading = reading_of(shipped, "benefit", "ja")
    assert isinstance(reading, Unclear)
    assert [option.raw for option in reading.options] == ["ww", "bijstand", "other"]


# ------------------------------------------------------------------ what is no answer, and what is half of one
@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (
            "software testen of ethical hacken, moet wel rustig zijn ivm mijn autisme",
            "software testen of ethical hacken, moet wel rustig zijn",
        ),
        ("Ik wil lasser worden maar heb adhd", "Ik wil lasser worden"),
        ("I want to be a tester because I have autism.", "I want to be a tester"),
        ("ik ben 34 en heb adhd", "ik ben 34"),
        ("ik zat 12 jaar in de zorg tot mijn burn-out", "ik zat 12 jaar in de zorg"),
        ("ik heb een burn-out", ""),
        ("mijn rugklachten", ""),
        ("rugklachten", ""),
        ("ik ben blind", ""),
        ("zwanger en zoek werk", "zoek werk"),
        ("52 en chauffeur met een slechte rug", "52 en chauffeur"),
        ("vrachtwagen rijden maar me rug is kapot", "vrachtwagen rijden"),
    ],
)
def test_only_what_speaks_of_health_is_dropped(text: str, rest: str) -> None:
    assert real_library().private.find(text) is Sensitive.HEALTH
    assert real_library().private.without_health(text) == rest
    assert real_library().private.find(rest) is None


@pytest.mark.parametrize("text", ["ja", "Nee hoor", "ok", "0612345678", "sam@voorbeeld.nl", "hoezo?"])
def test_a_yes_a_no_or_a_number_is_no_name(shipped: Compiled, text: str) -> None:
    assert reading_of(shipped, "name", text) == Misunderstood(Sentence.NO_NAME)


@pytest.mark.parametrize(
    "text", ["via de mail alleen, geen telefoon", "ik zeg mijn naam liever niet zomaar tegen een bot"]
)
def test_a_story_is_no_name(shipped: Compiled, text: str) -> None:
    assert reading_of(shipped, "name", text) == Misunderstood(Sentence.NO_NAME)


@pytest.mark.parametrize(
    ("text", "asks_back"), [("Jan de Vries", False), ("jan de vries", True), ("iets met dieren", True)]
)
def test_words_that_may_be_no_name_are_asked_back(shipped: Compiled, text: str, *, asks_back: bool) -> None:
    reading = reading_of(shipped, "name", text)
    assert isinstance(reading, Understood)
    assert (reading.certainty <= WORKED_OUT) is asks_back


@pytest.mark.parametrize("text", ["man 45", "vrouw van 45", "ik ben een man van 45"])
def test_an_age_behind_man_or_woman_is_ones_own(shipped: Compiled, text: str) -> None:
    reading = reading_of(shipped, "age", text)
    assert isinstance(reading, Understood)
    assert reading.value == 45


@pytest.mark.parametrize("text", ["mijn man is 45", "mn vrouw is 45", "mun vrouw werkt 45"])
def test_the_age_of_somebody_else_is_not(shipped: Compiled, text: str) -> None:
    assert not isinstance(reading_of(shipped, "age", text), Understood)


@pytest.mark.parametrize(
    ("text", "value"),
    [("Utrecht, sinds 1950", "Utrecht"), ("3511 Utrecht", "3511"), ("1950", "1950"), ("Utrecht 1011 AB", "1011 AB")],
)
def test_a_year_beside_a_town_is_no_postcode(shipped: Compiled, text: str, value: str) -> None:
    reading = reading_of(shipped, "place", text)
    assert isinstance(reading, Understood)
    assert reading.value == value


@pytest.mark.parametrize(
    "text",
    ["ben op de kanker afdeling verpleegkundige", "ben bij de ggz doof team", "bel problemen", "ja was blind typen"],
)
def test_words_of_two_languages_make_no_illness(text: str) -> None:
    assert real_library().private.find(text) is None


@pytest.mark.parametrize("text", ["b", "c", "ab"])
def test_one_or_two_letters_are_no_work(shipped: Compiled, text: str) -> None:
    assert reading_of(shipped, "current_job", text) == Misunderstood(Sentence.TEXT_TOO_SHORT)


def test_two_letters_that_we_know_are_work(shipped: Compiled) -> None:
    for text in ("hr", "it"):
        assert isinstance(reading_of(shipped, "desired_work", text), Understood)


def test_work_that_is_only_like_a_wording_is_not_certain(shipped: Compiled) -> None:
    for text in ("iets met stoffen knippen doen", "ik reed rond met pakjes", "dingen met kabels"):
        reading = reading_of(shipped, "current_job", text)
        assert isinstance(reading, Understood)
        assert (reading.certainty < CLEAR) is (shipped.work(text, Vocabulary.CURRENT_JOB).certainty < SURE_OF_WORK)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bussum", "Bussum (gemeente Gooise Meren)"),
        ("ik woon in busum", "Gooise Meren"),
        ("overvecht", "Overvecht (gemeente Utrecht)"),
        ("den haag", "Den Haag (gemeente 's-Gravenhage)"),
        ("utrecht", "Utrecht"),
        ("3511lx", "Utrecht"),
    ],
)
def test_a_town_is_said_back_as_they_named_it(shipped: Compiled, text: str, shown: str) -> None:
    reading = reading_of(shipped, "place", text)
    assert isinstance(reading, Understood)
    assert reading.shown == shown


@pytest.mark.parametrize("text", ["wiet ik niet", "weet ik neit", "niet van toepasing"])
def test_i_do_not_know_may_be_misspelt(text: str) -> None:
    assert is_dont_know(text, real_library().spoken)


@pytest.mark.parametrize(
    "text", ["gaat je niks aan", "Dat gaat jou niks aan!", "none of your business", "i dont wanna tell", "dat is privé"]
)
def test_who_finds_it_none_of_our_business_would_rather_not_say(shipped: Compiled, text: str) -> None:
    for name in ("desired_work", "current_job", "place", "age", "benefit"):
        assert isinstance(reading_of(shipped, name, text), Unknown)


def test_i_do_know_is_not_i_do_not_know() -> None:
    assert not is_dont_know("ik doe niks", real_library().spoken)
    assert not is_dont_know("weet ik wel", real_library().spoken)


# ------------------------------------------------------------------ what a number counts
@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("3 dagen", 24),
        ("twee dagen in de week", 16),
        ("4 uur per dag", 20),
        ("2 avonden", 6),
        ("0,8 fte", 32),
        ("4 halve dagen", 16),
        ("4x8", 32),
        ("2 dagen in de week van 8 uur", 16),
    ],
)
def test_days_and_evenings_are_worked_out_into_hours_and_not_certain(shipped: Compiled, text: str, hours: int) -> None:
    assert reading_of(shipped, "hours", text) == Understood(hours, WORKED_OUT, raw=str(hours))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hours", "ik heb 2 kinderen"),
        ("hours", "ik ben 41"),
        ("hours", "3 weken"),
        ("hours", "over 2 maanden"),
        ("age", "24 uur"),
        ("age", "2 kinderen"),
        ("budget", "20 uur"),
        ("age", "ik werk al 30 jaar"),
        ("age", "hiervoor 20 jaar lasser"),
        ("age", "30 jaar ervaring"),
        ("age", "mijn man is 45"),
        ("age", "€34"),
        ("age", "34%"),
        ("age", "65 cm"),
        ("hours", "na 17 uur"),
        ("hours", "om 20 uur"),
        ("hours", "van 9 tot 3"),
        ("hours", "8 uur per maand"),
        ("hours", "€20"),
        ("budget", "ik heb geen 500 euro"),
        ("budget", "ik verdien 2000 per maand"),
        ("budget", "mijn baas betaalt 2000"),
        ("budget", "een paar honderd"),
        ("budget", "10%"),
    ],
)
def test_a_number_of_something_else_is_no_answer(shipped: Compiled, name: str, text: str) -> None:
    assert isinstance(reading_of(shipped, name, text), Misunderstood)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("hours", "24 uur, ik ben 36", 24),
        ("hours", "24 en ik heb 2 kinderen", 24),
        ("hours", "16u", 16),
        ("hours", "12 uur in de week", 12),
        ("hours", "20 per week denk ik", 20),
        ("hours", "hooguit 12", 12),
        ("age", "49 ben ik", 49),
        ("age", "ik ben 49 en heb 2 kinderen", 49),
        ("age", "62 lentes jong", 62),
        ("age", "34 jaar oud", 34),
        ("budget", "500", 500),
    ],
)
def test_the_number_of_what_was_asked_counts_beside_others(shipped: Compiled, name: str, text: str, value: int) -> None:
    reading = reading_of(shipped, name, text)
    assert isinstance(reading, Understood)
    assert reading.value == value


def test_a_number_without_end_is_none(shipped: Compiled) -> None:
    assert isinstance(reading_of(shipped, "age", "9" * 400), Misunderstood)
    assert isinstance(reading_of(shipped, "employer_size", "9" * 400), Misunderstood)


@pytest.mark.parametrize(
    "text",
    [
        "ik heb reuma",
        "I have a bad back",
        "ich habe Rückenschmerzen und suche leichte Arbeit",
        "wegen meiner Depression",
        "j'ai mal au dos",
        "je suis enceinte",
        "mam depresję",
        "z powodu cukrzycy",
        "hamileyim",
        "bende bel fıtığı var",
        "kanser hastasıyım",
    ],
)
def test_health_is_found_in_the_languages_of_which_there_are_words(text: str) -> None:
    assert real_library().private.find(text) is Sensitive.HEALTH


@pytest.mark.parametrize(
    "text",
    [
        "Altenpfleger für Menschen mit Demenz",
        "aide aux personnes malades",
        "opieka nad chorymi",
        "hasta bakıcı olmak istiyorum",
    ],
)
def test_work_with_people_who_are_ill_is_nobodys_health(text: str) -> None:
    assert real_library().private.find(text) is None


def test_anything_but_one_sector_is_said_back_as_what_they_refuse(shipped: Compiled) -> None:
    wish = next(one for one in shipped.content.flows["intake"].steps if one.id == "desired_work")
    reading = read(wish, "alles behalve zorg", Context(shipped, "nl", date(2026, 11, 26)))
    assert isinstance(reading, Understood)
    assert reading.shown == "geen zorg en welzijn"
