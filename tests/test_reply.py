"""Only a yes that nothing speaks against files, records or erases something; what it carries is kept."""

from datetime import timedelta

import pytest
from libraries import real_library
from people import begun

from bot.answers.polarity import read_reply
from bot.engine.effects import FileLead, Forget, RecordConsent, WithdrawConsent
from bot.engine.events import Elapsed, Pressed
from bot.engine.state import About

TO_CONSENT = (
    "softwareontwikkelaar",
    "bezorger",
    "Utrecht",
    "mbo 4",
    "ik zoek werk",
    "ww",
    "34",
    "24",
    "Nederlands is mijn moedertaal",
    "nee",
)
TO_REVIEW = (*TO_CONSENT, "ja", "Sam", "0612345678", "nee")
WIPE = frozenset({"wis", "wissen"})


@pytest.mark.parametrize(
    "text",
    [
        "ja",
        "Jaaa",
        "ja wis maar",
        "doe maar",
        "ja doe maar",
        "wis alles",
        "jazeker",
        "ja hoor graag",
        "yes please",
        "👍",
    ],
)
def test_a_yes_with_courtesies_or_the_words_for_what_was_asked_is_plain(text: str) -> None:
    assert read_reply(text, real_library().reply_words, WIPE).is_plain_yes


@pytest.mark.parametrize(
    "text",
    [
        "ja maar eerst mijn plan",
        "ja?",
        "ja, later",
        "ja ik ben 41",
        "nee",
        "nee doe maar niet",
        "12",
        "",
        "klopt niet",
        "ja niet",
    ],
)
def test_a_yes_with_more_in_it_is_not(text: str) -> None:
    assert not read_reply(text, real_library().reply_words, WIPE).is_plain_yes


# ------------------------------------------------------------------ erasing
@pytest.mark.parametrize("text", ["ja", "ja wis maar", "doe maar", "wis alles", "ja hoor, wis alles maar"])
def test_a_plain_yes_erases(text: str) -> None:
    chat = begun("lasser", "/wis")
    chat.say(text)
    assert chat.did(Forget)


@pytest.mark.parametrize(
    "text", ["nee", "nee! laat maar staan", "weet ik niet zeker", "ja maar nu nog niet", "liever niet"]
)
def test_a_no_or_a_doubt_erases_nothing(text: str) -> None:
    chat = begun("lasser", "/wis")
    assert "ik verander niets" in chat.say(text)
    assert not chat.did(Forget)
    assert chat.state.confirmation is None


def test_a_question_is_answered_first_and_then_the_yes_is_asked_for_once_more() -> None:
    chat = begun("lasser", "/wis")
    said = chat.say("bestaat stap nog?")
    assert "STAP-budget stopte" in said
    assert said.endswith("Ook een adviseur kan je dan niet meer bellen.")
    assert chat.state.confirmation is not None and chat.state.confirmation.about is About.FORGET
    chat.say("ja")
    assert chat.did(Forget)


def test_it_is_asked_once_more_and_not_for_ever() -> None:
    chat = begun("lasser", "/wis", "bestaat stap nog?", "wat kost een mbo-opleiding?")
    assert chat.state.confirmation is None
    assert "desired_work" in chat.state.answers


def test_a_withdrawal_and_a_new_beginning_need_a_plain_yes_too() -> None:
    chat = begun(*TO_REVIEW, "/intrekken")
    chat.say("ja maar alleen mijn nummer")
    assert not chat.did(WithdrawConsent)
    chat = begun("lasser", "kapper", "/opnieuw")
    chat.say("ja maar ik woon in Zwolle")
    assert "desired_work" in chat.state.answers


# ------------------------------------------------------------------ consent
@pytest.mark.parametrize("text", ["ja", "👍", "ja graag", "ja ok", "ja is goed", "ja hoor, bel maar"])
def test_a_plain_yes_is_a_consent(text: str) -> None:
    chat = begun(*TO_CONSENT)
    chat.say(text)
    assert chat.did(RecordConsent)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("ja, maar ik wil alleen mailen", "ik wil alleen mailen"),
        ("Ja hoor, maar liefst na 14 uur bellen", "liefst na 14 uur bellen"),
        ("ja maar niet bellen overdag", "niet bellen overdag"),
        ("yes but only by email", "only by email"),
    ],
)
def test_a_yes_may_carry_how_to_be_reached_which_is_kept_and_played_back(text: str, wish: str) -> None:
    chat = begun(*TO_CONSENT)
    assert wish in chat.say(text)
    assert chat.did(RecordConsent)
    for answer in ("Sam", "sam@voorbeeld.nl", "nee", "Alles klopt"):
        chat.say(answer)
    filed = next(one for one in chat.last.effects if isinstance(one, FileLead))
    assert filed.draft.contact == {"name": "Sam", "email": "sam@voorbeeld.nl", "wish": wish}


def test_a_wish_how_to_be_reached_goes_with_the_consent() -> None:
    chat = begun(*TO_CONSENT, "ja, alleen mailen", "Sam", "/intrekken", "ja")
    assert not chat.state.noted


def test_a_yes_may_carry_a_name_or_an_address() -> None:
    chat = begun(*TO_CONSENT)
    assert "Saskia" in chat.say("ja doe maar, Saskia")
    assert chat.did(RecordConsent)
    assert chat.state.answers["name"].value == "Saskia"
    assert chat.state.asked == "reach"
    chat = begun(*TO_CONSENT, "ja, mail me op sam@voorbeeld.nl")
    assert chat.state.answers["reach"].value == "sam@voorbeeld.nl"
    assert chat.state.asked == "name"


@pytest.mark.parametrize(
    "text",
    [
        "ja, later misschien",
        "ja maar wat kost het?",
        "nee wacht, wie belt mij dan?",
        "ja als het niet te lang duurt",
        "misschien",
    ],
)
def test_a_question_or_a_doubt_is_no_consent_yet(text: str) -> None:
    chat = begun(*TO_CONSENT)
    chat.say(text)
    assert not chat.did(RecordConsent)
    assert chat.state.asked == "may_contact"
    assert "may_contact" not in chat.state.answers


@pytest.mark.parametrize("text", ["bel me nou niet steeds", "mail me nooit meer", "bel pas als ik het zeg"])
def test_the_word_for_what_is_asked_with_a_refusal_is_no_consent(text: str) -> None:
    chat = begun(*TO_CONSENT)
    chat.say(text)
    assert chat.state.asked == "may_contact"
    assert not chat.state.consents
    assert not chat.state.noted


def test_a_question_when_they_are_called_is_no_wish_and_files_nothing() -> None:
    chat = begun(*TO_CONSENT, "ja, app me liever", "Sam", "0612345678", "nee")
    wish = chat.state.noted
    chat.say("klopt helemaal, wanneer bellen jullie?")
    assert chat.state.noted == wish
    assert chat.lead is None


def test_a_wish_beside_a_number_is_kept_apart_from_it_and_shown() -> None:
    chat = begun(*TO_CONSENT, "ja", "Sam")
    chat.say("06-12345678 niet na zes uur")
    assert chat.state.answers["reach"].raw == "+31612345678"
    assert chat.state.noted["contact_wish"].raw == "niet na zes uur"
    assert "niet na zes uur" in chat.until("all_right", "nee").text


def test_of_a_number_and_an_address_they_choose_one() -> None:
    chat = begun(*TO_CONSENT, "ja", "Sam", "0622334455 en anders sam@voorbeeld.nl")
    assert chat.state.asked == "reach"
    assert {"06 22334455", "sam@voorbeeld.nl"} <= set(chat.labels)
    chat.press("06 22334455")
    assert chat.state.answers["reach"].value == "+31622334455"


@pytest.mark.parametrize(
    "text",
    ["0612345678, maar niet te vroeg ivm mijn autisme", "0612345678 mijn bsn is 111222333", "0612345678 ik heb adhd"],
)
def test_of_what_stands_around_a_number_nothing_is_kept(text: str) -> None:
    chat = begun(*TO_CONSENT, "ja", "Sam", text)
    assert chat.state.answers["reach"].raw == "+31612345678"
    assert not {"autisme", "111222333", "adhd"} & set(str(chat.state.to_json()).replace("'", " ").split())


def test_a_new_fact_is_taken_in_and_the_consent_asked_for_once_more() -> None:
    chat = begun(*TO_CONSENT)
    said = chat.say("ja maar ik ben 41")
    assert "Leeftijd: 41 jaar" in said and "Mag een adviseur" in said
    assert chat.state.answers["age"].value == 41
    assert not chat.did(RecordConsent)


# ------------------------------------------------------------------ filing
@pytest.mark.parametrize(
    "text", ["ja", "Alles klopt", "klopt", "klopt broer stuur maar", "ja klopt helemaal", "verstuur maar"]
)
def test_a_plain_yes_files_the_lead(text: str) -> None:
    chat = begun(*TO_REVIEW)
    chat.say(text)
    assert chat.did(FileLead)


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("klopt niet, ik woon in Lelystad", "place", "Lelystad"),
        ("nee plaats is fout ik woon in Almere", "place", "Almere"),
        ("ja maar ik ben 41", "age", 41),
        ("Bijna. Mijn leeftijd is 53, vorige week jarig geweest", "age", 53),
        ("ja alleen mn nummer is veranderd 0612345699", "reach", "+31612345699"),
    ],
)
def test_a_correction_is_taken_over_and_the_answers_are_shown_once_more(
    text: str, question: str, value: object
) -> None:
    chat = begun(*TO_REVIEW)
    said = chat.say(text)
    assert not chat.did(FileLead)
    assert chat.state.answers[question].value == value
    assert "Ik begreep" in said and "Klopt het?" in said
    chat.say("ja")
    assert chat.did(FileLead)


def test_an_answer_that_is_called_wrong_is_opened() -> None:
    chat = begun(*TO_REVIEW)
    assert "Hoe oud ben je?" in chat.say("klopt, behalve mijn leeftijd")
    assert not chat.did(FileLead)
    assert "Klopt het?" in chat.say("44")


@pytest.mark.parametrize(
    "text",
    [
        "nee der staat een fout in",
        "klopt, maar mag ik ook iets anders dan dat",
        "ja maar stuur het morgen pas",
    ],
)
def test_a_no_a_question_or_a_reserve_files_nothing(text: str) -> None:
    chat = begun(*TO_REVIEW)
    chat.say(text)
    assert not chat.did(FileLead)
    assert chat.state.asked == "all_right"


def test_who_asks_for_a_person_sees_what_is_passed_on_before_it_is() -> None:
    chat = begun("lasser", "/mens", "ja", "Sam", "0612345678")
    assert not chat.did(FileLead)
    assert "Dit geef ik door" in chat.say("nee")
    assert not chat.did(FileLead)
    chat.say("ja")
    assert chat.did(FileLead)


# ------------------------------------------------------------------ while a yes is waited for
@pytest.mark.parametrize("command", ["/intrekken", "/opnieuw", "/wis"])
@pytest.mark.parametrize("text", ["ja, word ik dan nog gebeld", "ja blabla", "Zwolle", "hm dat weet ik niet"])
def test_what_is_said_instead_of_a_yes_answers_no_question_behind_it(command: str, text: str) -> None:
    chat = begun(*TO_REVIEW, command)
    answers = chat.state.answers
    chat.say(text)
    assert not chat.did(FileLead, Forget, WithdrawConsent)
    assert chat.state.answers == answers


@pytest.mark.parametrize(
    "text", ["ja gooi alles weg", "ja ik weet het zeker", "ja nu meteen", "doe het", "ja, verwijder alles"]
)
def test_a_yes_in_other_words_erases(text: str) -> None:
    chat = begun("lasser", "/wis")
    chat.say(text)
    assert chat.did(Forget)


def test_nothing_is_passed_on_of_who_goes_silent_before_the_review() -> None:
    for last in ("niet versturen aub", "klopt niet", "mijn man slaat me", "nee"):
        chat = begun(*TO_REVIEW, last)
        chat.on += timedelta(days=9)
        chat.take(Elapsed())
        assert not chat.did(FileLead)


@pytest.mark.parametrize(
    "text", ["top", "perfect", "nee alles klopt", "geen fouten", "👍🏽", "ja, bedankt voor de hulp"]
)
def test_a_yes_in_other_words_files(text: str) -> None:
    chat = begun(*TO_REVIEW)
    chat.say(text)
    assert chat.did(FileLead)


@pytest.mark.parametrize(
    "text",
    [
        "klopt bijna",
        "klopt op de leeftijd na",
        "klopt wel ongeveer",
        "ja, mits de leeftijd 43 wordt",
        "ja 43",
        "niet versturen",
    ],
)
def test_a_yes_with_a_reserve_files_nothing(text: str) -> None:
    chat = begun(*TO_REVIEW)
    chat.say(text)
    assert not chat.did(FileLead)


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("het is niet 34 maar 43", "age", 43),
        ("34 moet 43 zijn", "age", 43),
        ("niet Utrecht, maar Zeist", "place", "Zeist"),
        ("ja, ik heet Sanne trouwens", "name", "Sanne"),
    ],
)
def test_a_correction_by_the_old_answer_is_taken_over(text: str, question: str, value: object) -> None:
    chat = begun(*TO_REVIEW)
    chat.say(text)
    assert not chat.did(FileLead)
    assert chat.state.answers[question].value == value


@pytest.mark.parametrize("text", ["ja stuur maar op, en bel na 17 uur", "klopt, maar niet bellen"])
def test_how_to_be_reached_may_be_said_at_the_review(text: str) -> None:
    chat = begun(*TO_REVIEW)
    chat.say(text)
    filed = next(one for one in chat.last.effects if isinstance(one, FileLead))
    assert "bel" in filed.draft.contact["wish"]


@pytest.mark.parametrize("text", ["klopt niks van", "klopt helemaal niets van", "klopt geen bal van", "goed is anders"])
def test_a_yes_that_is_turned_around_files_nothing(text: str) -> None:
    chat = begun(*TO_REVIEW)
    chat.say(text)
    assert not chat.did(FileLead)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("die eerste is te ver weg", "Van dichtbij naar ver"),
        ("dat kan ik echt niet betalen", "Van goedkoop naar duur"),
        ("ik wil er eerst nog over nadenken", "we stoppen even"),
        ("kan dat ook in deeltijd", "naast mijn baan"),
        ("geen nachtdiensten", "zonder nachtdiensten"),
        ("mijn naam is verkeerd", "Wat moet het worden?"),
        ("is dat in utrecht", "Bedoel je een van deze vragen?"),
    ],
)
def test_what_is_said_of_the_results_at_the_review_is_heard(text: str, said: str) -> None:
    chat = begun(*TO_REVIEW)
    assert said in chat.say(text)
    assert not chat.did(FileLead)
    assert chat.state.answers["name"].value == "Sam"


def test_a_wish_how_to_be_reached_is_shown_before_it_is_passed_on() -> None:
    chat = begun(*TO_CONSENT, "ja, alleen mailen", "Sam", "sam@voorbeeld.nl")
    assert "Hoe je bereikt wilt worden: alleen mailen" in chat.say("nee")


@pytest.mark.parametrize(
    "text", ["nee, alleen mailen", "niet bellen, wel mailen", "ja en ik woon trouwens in Almere", "ja, 3 maanden"]
)
def test_what_is_neither_yes_nor_no_is_asked_once_more(text: str) -> None:
    chat = begun(*TO_CONSENT)
    chat.say(text)
    assert not chat.did(RecordConsent)
    assert "may_contact" not in chat.state.answers


@pytest.mark.parametrize("text", ["yes I don't mind", "ja dat mag"])
def test_a_yes_is_nobodys_name(text: str) -> None:
    chat = begun(*TO_CONSENT)
    chat.say(text)
    assert "name" not in chat.state.answers


# ------------------------------------------------------------------ an old button, and a doubt with a yes in it
@pytest.mark.parametrize(
    "text",
    ["ja, wat kost dat eigenlijk?", "ja, maar ik twijfel nog", "ja, maar ik twijfel nog want ik ben depressief"],
)
def test_a_yes_with_a_doubt_is_no_consent_also_after_an_old_button(text: str) -> None:
    person = begun(*TO_CONSENT)
    old = person.button("Ja")
    person.say("nee")
    person.take(Pressed(old))
    person.say(text)
    assert "contact" not in person.state.consents
    assert not person.did(RecordConsent)
    answer = person.state.answers.get("may_contact")
    assert answer is None or answer.value is not True


def test_a_doubt_with_health_in_it_is_no_consent() -> None:
    person = begun(*TO_CONSENT)
    person.say("ja, maar ik twijfel nog want ik ben depressief")
    assert "contact" not in person.state.consents


def test_a_change_that_is_taken_back_reaches_the_lead() -> None:
    person = begun(*TO_REVIEW, "ja")
    assert person.did(FileLead)
    person.say("ik woon nu in Zwolle")
    assert [one.draft.facts["place"] for one in person.did(FileLead) if isinstance(one, FileLead)] == ["Zwolle"]
    person.say("dat klopt niet")
    assert [one.draft.facts["place"] for one in person.did(FileLead) if isinstance(one, FileLead)] == ["Utrecht"]


@pytest.mark.parametrize("text", ["wis alles verdomme", "gooi alles maar weg", "wis alles"])
def test_who_wants_everything_erased_is_asked_once_wherever_they_are(text: str) -> None:
    for before in (("lasser",), TO_CONSENT, (*TO_REVIEW, "ja")):
        person = begun(*before)
        person.say(text)
        assert person.state.confirmation and person.state.confirmation.about is About.FORGET, before


def test_what_was_played_back_is_gone_when_the_answers_are() -> None:
    person = begun("lasser", "ik woon in Zeist en ben 40 jaar")
    assert person.state.played_back
    person.on += timedelta(days=60)
    person.say("hallo")
    assert person.state.played_back is None


def test_a_yes_may_carry_a_name_and_a_number() -> None:
    chat = begun(*TO_CONSENT, "prima, ik ben Els, 0612345678")
    assert (chat.state.answers["name"].value, chat.state.answers["reach"].value) == ("Els", "+31612345678")
    assert "contact" in chat.state.consents


def test_the_second_time_another_help_is_given() -> None:
    chat = begun(*TO_CONSENT)
    first, second = chat.say("hmm"), chat.say("hmm")
    assert "ja of een nee" in first
    assert "ja of een nee" not in second
    assert "Typ ja, of typ nee" in second


def test_who_asks_what_a_no_means_hears_why_it_is_asked() -> None:
    chat = begun(*TO_CONSENT)
    assert "Zonder jouw ja geef ik niets door" in chat.say("en wat als ik nee zeg")
    assert chat.state.asked == "may_contact"


def test_a_question_about_the_work_is_not_answered_with_why_we_ask() -> None:
    chat = begun(*TO_CONSENT)
    said = chat.say("wat voor kleren draag je dan")
    assert "Zonder jouw ja" not in said
    assert "Dat weet ik niet" in said
    assert chat.state.asked == "may_contact"


def test_who_does_not_know_how_to_go_on_from_a_result_is_told_that_they_need_not() -> None:
    chat = begun(*TO_CONSENT[:-1])
    assert chat.state.asked == "refine"
    assert "hoeft ook niet meteen" in chat.say("ik weet het niet")
    assert chat.state.asked == "refine"
    chat.say("echt geen idee")
    assert chat.state.asked == "may_contact"


def test_who_has_to_say_a_thing_twice_is_told_that_they_are_right() -> None:
    chat = begun("ik ben 49, woon in Deventer, lasser, ik wil de thuiszorg in", "mbo 2")
    said = chat.say("ik ben 49 zei ik al")
    assert "dat had je al gezegd: 49 jaar" in said
    assert chat.state.answers["age"].value == 49
    assert "dat had je al gezegd" not in chat.say("ik ben 49 zei ik al")
