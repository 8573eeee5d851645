"""What people say that is no answer: to the bot itself, for a person, about one of the results."""

import re
from typing import Any

import pytest
from libraries import real_library
from people import MONDAY, begun, newcomer

from bot.answers.free_text import SURE_OF_WORK
from bot.authoring.rehearsal import Rehearsal
from bot.compiled import Compiled
from bot.content.flow import Vocabulary
from bot.engine import State, advance, reading
from bot.engine.effects import NoteUnansweredQuestion
from bot.engine.events import Said, SentAttachment
from bot.understanding import Understanding, understand

TO_A_RESULT = ("lasser", "kapper", "Nieuwegein", "mbo 3", "ja, in dienst", "nee", "34", "24", "nee")


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return real_library()


@pytest.fixture
def chat() -> Rehearsal:
    return begun()


# ------------------------------------------------------------------ a person
@pytest.mark.parametrize(
    "text",
    [
        "can i talk to a human",
        "dit is onzin, ik wil een mens spreken",
        "kan ik iemand spreken?",
        "mag ik met een adviseur praten",
        "ik snap het niet, ik wil liever een mens",
        "bel mij maar",
        "kunnen jullie me bellen",
        "I want to speak to someone about my options",
        "could I speak with an advisor please",
        "geef me gewoon een mens ik praat niet met een robot",
        "ik wil niet met een computer praten",
        "I don't want to talk to a bot",
    ],
)
def test_a_wish_for_a_person_is_heard_at_any_question(chat: Rehearsal, text: str) -> None:
    assert real_library().human_requests.are_in(text)
    chat.until("place", "lasser", "kapper")
    chat.say(text)
    assert chat.state.detour == "human"
    assert "place" not in chat.state.answers


@pytest.mark.parametrize(
    "text",
    [
        "ik wil met mensen praten",
        "ik wil graag adviseur worden",
        "ik wil iemand helpen",
        "ik wil geen mens spreken",
        "wat kost een gesprek met een adviseur",
        "human resources",
        "call center agent",
        "iemand die klanten wil bellen",
        "ik kan goed met iemand praten",
        "ik wil niet met computers werken",
        "ik wil robots leren praten",
    ],
)
def test_work_with_people_is_no_wish_for_a_person(text: str) -> None:
    assert not real_library().human_requests.are_in(text)


# ------------------------------------------------------------------ small talk
@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("ben jij een robot", "computerprogramma"),
        ("Wie ben je?", "computerprogramma"),
        ("hallo!", "Hoi"),
        ("ok, dank je wel", "Graag gedaan"),
        ("wat kost dit allemaal?", "Mijn advies is gratis"),
        ("does it cost money?", "Mijn advies is gratis"),
        ("ik niet goed nederlands", "Geen probleem"),
    ],
)
def test_small_talk_is_answered_and_the_same_question_comes_back(chat: Rehearsal, text: str, reply: str) -> None:
    chat.until("current_job", "lasser")
    assert reply in chat.say(text)
    assert "Wat doe je nu" in chat.text
    assert chat.state.asked == "current_job"
    assert chat.state.attempts == 0
    assert "current_job" not in chat.state.answers


def test_a_courtesy_that_answers_the_question_is_an_answer(chat: Rehearsal) -> None:
    chat.until("dutch", "ik ben statushouder en wil lasser worden", *TO_A_RESULT[1:])
    chat.say("goed")
    assert chat.state.answers["dutch"].value == "b2"


def test_who_types_dutch_and_says_nothing_of_another_country_is_not_asked_how_well_they_speak_it(
    chat: Rehearsal,
) -> None:
    chat.until("may_contact", *TO_A_RESULT)
    assert "dutch" not in chat.state.answers


def test_who_chats_in_english_is_asked_how_well_they_speak_dutch(chat: Rehearsal) -> None:
    chat.say("/language en")
    chat.until("dutch", "welder", "hairdresser", *TO_A_RESULT[2:4], "yes, employed", "no", *TO_A_RESULT[6:8])


def test_a_greeting_after_a_pause_goes_on_where_we_were(chat: Rehearsal) -> None:
    chat.say("lasser", "/stop")
    assert "Fijn dat je er weer bent" in chat.say("hallo")
    assert chat.state.asked == "current_job"


@pytest.mark.parametrize("text", ["waarom vraag je dat", "waarom wil je dat weten?", "wat bedoel je?", "?"])
def test_who_asks_why_is_told_why(chat: Rehearsal, text: str) -> None:
    chat.until("current_job", "lasser")
    assert "Wat je al kunt, telt mee" in chat.say(text)
    assert "current_job" not in chat.state.answers


# ------------------------------------------------------------------ about one of the results, or anything by its name
def test_a_button_of_a_result_is_typed_with_its_number(chat: Rehearsal) -> None:
    chat.until("refine", *TO_A_RESULT)
    third = next(line for line in chat.text.splitlines() if line.startswith("3. ")).removeprefix("3. ")
    assert third.rpartition(": ")[2] in chat.say("waarom 3")


@pytest.mark.parametrize("text", ["waarom niet techgrounds", "why not techgrounds?", "/waarom techgrounds"])
def test_why_not_takes_a_name(chat: Rehearsal, text: str) -> None:
    chat.until("refine", *TO_A_RESULT)
    assert "techgrounds" in chat.say(text).casefold()


def test_why_before_anything_was_told_says_that_it_hangs_on_the_wish(chat: Rehearsal) -> None:
    assert "Wij weten nog niet welk werk je wilt." in chat.say("/waarom make-it-work-hu")


def test_why_says_once_that_its_source_is_old(chat: Rehearsal) -> None:
    chat.until("refine", *TO_A_RESULT)
    for number in ("1", "2", "3"):
        assert chat.say(f"waarom {number}").count("De bron is van") <= 1


def test_who_asks_why_of_money_reads_what_no_rule_can_say(chat: Rehearsal) -> None:
    told = chat.say("/waarom levenlanglerenkrediet")
    [heading, *conditions] = told[told.index("Goed om te weten:") : told.index("Let op:")].strip().splitlines()
    assert heading == "Goed om te weten:"
    loan = chat.compiled.content.knowledge.subsidies["levenlanglerenkrediet"]
    rules = [rule.because for rule in loan.course_rules]
    assert conditions == [f"- {one['nl']}" for one in (*rules, *loan.conditions)] != []


def test_a_search_for_the_first_word_of_a_name_opens_it(chat: Rehearsal) -> None:
    assert "STAP-budget" in chat.say("/zoek stap")
    assert "Welke bedoel je" not in chat.text


# ------------------------------------------------------------------ on second thoughts
@pytest.mark.parametrize(
    ("answered", "text", "question", "shown"),
    [
        (1, "ik wil toch liever verpleegkundige worden", "desired_work", "verpleegkundige"),
        (1, "nee sorry, ik wil eigenlijk timmerman worden", "desired_work", "timmerman"),
        (1, "toch liever kok", "desired_work", "kok"),
        (4, "i would rather become a nurse", "desired_work", "nurse"),
        (4, "ik woon toch in Zwolle", "place", "Zwolle"),
        (5, "ik bedoel mbo 4", "education", "Mbo niveau 4"),
        (8, "ik ben eigenlijk 43", "age", "43 jaar"),
        (8, "ik wil toch liever mbo-verpleegkundige worden", "desired_work", "verpleegkundige"),
    ],
)
def test_who_comes_back_on_an_answer_changes_it_and_hears_so(
    chat: Rehearsal, answered: int, text: str, question: str, shown: str
) -> None:
    chat.say(*TO_A_RESULT[:answered])
    before, asked = chat.state.answers, chat.state.asked
    said = chat.say(text)
    assert "Ik heb het veranderd" in said or "I changed it" in said
    assert shown in said
    assert {name for name, one in chat.state.answers.items() if one != before.get(name)} == {question}
    assert chat.state.asked == asked


@pytest.mark.parametrize("no", ["nee", "klopt niet", "dat klopt niet"])
def test_what_was_changed_is_taken_back_at_a_no(chat: Rehearsal, no: str) -> None:
    before = chat.until("place", "lasser", "kapper").state.answers
    chat.say("ik wil toch liever kok worden")
    assert chat.state.answers["desired_work"].raw != "lasser"
    chat.say(no)
    assert (chat.state.answers, chat.state.asked) == (before, "place")


@pytest.mark.parametrize(
    ("answered", "text", "question"),
    [
        (1, "ik ben eigenlijk kapper", "current_job"),
        (1, "kapper, maar ik wil toch liever kok worden", "current_job"),
        (2, "ik woon toch in Zwolle", "place"),
        (3, "ik bedoel mbo 4", "education"),
    ],
)
def test_what_answers_the_open_question_changes_no_other(
    chat: Rehearsal, answered: int, text: str, question: str
) -> None:
    chat.say(*TO_A_RESULT[:answered])
    before = chat.state.answers
    chat.say(text)
    assert chat.state.answers.keys() - before.keys() == {question}
    assert chat.state.confirmation is None


def test_the_same_wish_in_other_words_is_no_change(chat: Rehearsal) -> None:
    chat.until("education", *TO_A_RESULT)
    chat.say("ik wil toch lasser worden")
    assert (chat.state.confirmation, chat.state.asked) == (None, "education")


# ------------------------------------------------------------------ health, a guess, a story, another language
def test_the_useful_half_of_a_wish_that_names_health_is_taken(chat: Rehearsal) -> None:
    said = chat.say("software testen of ethical hacken, moet wel rustig zijn ivm mijn autisme")
    assert "Over je gezondheid bewaar ik niets." in said
    assert "autisme" not in chat.state.answers["desired_work"].raw
    assert chat.state.asked == "current_job"


def test_health_alone_is_asked_again_at_most_three_times_and_never_kept(chat: Rehearsal) -> None:
    chat.say("ik heb autisme", "ik heb autisme")
    assert "Ik wil een mens" in chat.labels
    chat.say("ik heb autisme")
    assert chat.state.asked == "current_job"
    assert "autisme" not in str(chat.state.answers)


def test_a_question_is_noted_without_what_it_says_of_health(chat: Rehearsal) -> None:
    chat.say("mag mijn papegaai mee met mijn autisme?")
    noted = [effect.text for effect in chat.last.effects if isinstance(effect, NoteUnansweredQuestion)]
    assert not any("autisme" in one for one in noted)


def test_work_that_is_a_guess_is_asked_back(chat: Rehearsal) -> None:
    said = ("beetje papieren dingen doen", "ik reed rond met pakjes", "dingen met kabels")
    # What is a guess depends on how the matcher was calibrated last.
    guess = next(text for text in said if chat.compiled.work(text, Vocabulary.CURRENT_JOB).certainty < SURE_OF_WORK)
    chat.until("current_job", "lasser")
    assert "Klopt dat?" in chat.say(guess)
    assert "current_job" not in chat.state.answers
    chat.say("nee")
    assert chat.state.asked == "current_job"


def test_a_story_is_played_back_and_only_the_rest_is_asked(chat: Rehearsal) -> None:
    said = chat.say(
        "hoi ik ben 42 woon in nieuwegein ben nu kapster met mbo 3 en ik zou graag iets met computers willen doen, "
        "ik kan 24 uur per week"
    )
    told = {name: answer.value for name, answer in chat.state.answers.items()}
    assert (told["age"], told["place"], told["education"]) == (42, "Nieuwegein", "mbo3")
    assert "42 jaar" in said and "Nieuwegein" in said and "Klopt er iets niet? Zeg het gewoon." in said
    assert chat.state.asked not in told


def test_who_types_the_other_language_is_answered_in_it(chat: Rehearsal) -> None:
    assert "accountant" in chat.say("In Syria I was an accountant and now I want to be a welder")
    assert "Where do you live?" in chat.text


def test_the_language_changes_both_ways() -> None:
    assert "Ik begreep" in begun(language="en").say("ik wil graag lasser worden")


@pytest.mark.parametrize("text", ["software engineer", "Make IT Work", "iets met IT", "ok", "social work", "Den Haag"])
def test_an_english_name_is_no_english(text: str) -> None:
    read = real_library().languages.of(text, "nl")
    assert not (read.sure and read.code == "en")


def test_a_question_that_we_skipped_is_not_one_that_they_did_not_want_to_answer(chat: Rehearsal) -> None:
    chat.until("place", "lasser", "kapper")
    chat.say("qqqqq", "zzzzz", "xxxxx")
    assert "Woonplaats: overgeslagen" in chat.say("/overzicht")


def test_an_overview_names_the_town_as_they_did(chat: Rehearsal) -> None:
    chat.until("place", "lasser", "kapper").say("Bussum")
    assert "Woonplaats: Bussum (gemeente Gooise Meren)" in chat.say("/overzicht")


def test_a_message_that_is_too_long_is_asked_for_again(chat: Rehearsal) -> None:
    assert "Dat is te lang voor mij." in chat.say("lang verhaal " * 300)


def test_one_question_of_the_faq_is_suggested_as_one(chat: Rehearsal) -> None:
    chat.say("blorpt het snorkels?")
    suggest = [one for one in ("Bedoel je dit?", "Bedoel je een van deze vragen?") if one in chat.text]
    assert not suggest
    found = chat.compiled.faq.look_up("hoe zit het met de kosten van een mbo").suggestions
    said = chat.say("hoe zit het met de kosten van een mbo?")
    assert ("Bedoel je dit?" in said) is (len(found) == 1)


# ------------------------------------------------------------------ a yes or a no with more behind it
@pytest.mark.parametrize(
    "text", ["ja loondienst", "ja", "yes that's right mate", "klopt, al tien jaar", "ja kapper dus"]
)
def test_a_yes_with_more_behind_it_is_a_yes(chat: Rehearsal, text: str) -> None:
    assert "Klopt dat?" in chat.until("current_job", "lasser").say("kapsalonhulpje")
    chat.say(text)
    assert chat.state.answers["current_job"].raw == "kapsalonhulpje"


def test_a_yes_keeps_what_was_asked_back_and_what_stands_behind_it_counts_as_well(chat: Rehearsal) -> None:
    chat.until("current_job", "lasser").say("kapsalonhulpje")
    chat.say("ja, en ik ben 52 jaar")
    assert chat.state.answers["current_job"].raw == "kapsalonhulpje"
    assert chat.state.answers["age"].value == 52


def test_other_work_behind_a_yes_is_what_they_mean(chat: Rehearsal) -> None:
    chat.until("current_job", "lasser").say("kapsalonhulpje")
    chat.say("ja ik ben metselaar")
    assert "metselaar" in chat.state.answers["current_job"].raw


@pytest.mark.parametrize("text", ["nee, lasser", "Nee lasser", "no, lasser"])
def test_what_stands_behind_a_no_is_the_answer(chat: Rehearsal, text: str) -> None:
    chat.until("current_job", "kapper").say("kapsalonhulpje")
    chat.say(text)
    assert chat.state.answers["current_job"].raw == "lasser"


def test_what_cannot_be_undone_asks_for_a_bare_yes(chat: Rehearsal) -> None:
    chat.say("lasser", "/wis")
    chat.say("ja doe dat maar niet")
    assert "desired_work" in chat.state.answers


# ------------------------------------------------------------------ a wish in which we see no work
@pytest.mark.parametrize("text", ["blablabla", "hmpf grmbl"])
def test_a_wish_without_work_is_asked_once_more_with_the_sectors(chat: Rehearsal, text: str) -> None:
    assert "Hier herken ik nog geen werk in." in chat.say(text)
    assert "Zorg" in chat.labels
    assert "Ik bewaar het zoals je het typte." in chat.say("iets anders blabla")
    assert (chat.state.asked, chat.state.answers["desired_work"].raw) == ("current_job", "iets anders blabla")


@pytest.mark.parametrize("text", ["iets op kantoor", "achter een bureau", "iets met eten", "bij de gemeente"])
def test_a_vague_wish_in_no_sector_of_ours_is_played_back_with_examples(chat: Rehearsal, text: str) -> None:
    assert "Ik begreep: bijvoorbeeld " in chat.say(text)
    assert (chat.state.asked, chat.state.answers["desired_work"].raw) == ("current_job", text)


@pytest.mark.parametrize("text", ["een nieuwe start", "ik wil gewoon werk", "gewoon iets anders"])
def test_a_wish_that_may_be_any_work_is_recognised_and_asked_on(chat: Rehearsal, text: str) -> None:
    said = chat.say(text)
    assert "Dat kan met veel soorten werk." in said
    assert "herken ik nog geen werk" not in said
    assert "Zorg" in chat.labels
    assert chat.state.asked == "desired_work"


@pytest.mark.parametrize("text", ["ik heb een jobcoach", "ik heb kinderen", "i have asylum permit"])
def test_what_somebody_has_is_no_wish(chat: Rehearsal, text: str) -> None:
    chat.say(text)
    assert chat.state.asked == "desired_work"
    assert "desired_work" not in chat.state.answers | chat.state.noted


@pytest.mark.parametrize(
    ("text", "sector"), [("afgekeurd voor de bouw", "bouw"), ("ik ben te oud voor de zorg", "zorg en welzijn")]
)
def test_work_that_they_are_not_taken_for_is_refused(chat: Rehearsal, text: str, sector: str) -> None:
    assert f"Ik begreep: geen {sector}." in chat.say(text)


@pytest.mark.parametrize(("text", "kept"), [("ik heb geen rijbewijs", "rijbewijs"), ("niet meer sjouwen", "tillen")])
def test_a_limit_refuses_no_work_and_is_no_no_to_what_we_asked(at_a_result: Rehearsal, text: str, kept: str) -> None:
    wish = at_a_result.state.answers["desired_work"].raw
    said = at_a_result.say(text)
    assert "Daar let ik op: zonder" in said and kept in said
    assert at_a_result.state.answers["desired_work"].raw == wish
    assert at_a_result.state.asked == "refine"


@pytest.mark.parametrize(
    "text", ["ik ben bang dat ik het niet kan", "ik ben al 47, nemen ze mij nog aan", "en als ik het niet volhoud"]
)
def test_who_doubts_whether_they_can_is_in_no_despair(at_a_result: Rehearsal, text: str) -> None:
    assert "113" not in at_a_result.say(text)


def test_that_a_result_is_not_right_is_no_no_to_what_we_asked(at_a_result: Rehearsal) -> None:
    said = at_a_result.say("dit klopt niet")
    assert "Woonplaats" in said or any("Woonplaats" in label for label in at_a_result.labels)
    assert at_a_result.state.answers.get("refine") is None


def test_who_asks_for_another_town_may_search_from_there(at_a_result: Rehearsal) -> None:
    assert "Zal ik zoeken vanuit Kampen?" in at_a_result.say("is er ook iets in Kampen")
    assert "Kampen" not in str(at_a_result.state.answers["place"].value)
    at_a_result.say("ja")
    assert at_a_result.state.answers["place"].value == "Kampen"


@pytest.mark.parametrize("text", ["geen, ben op mijn 15e van school gegaan", "niks, werk al sinds mijn 16e"])
def test_how_old_somebody_was_as_a_child_is_no_age(chat: Rehearsal, text: str) -> None:
    chat.until("education", *TO_A_RESULT)
    chat.say(text)
    assert "age" not in chat.state.answers | chat.state.noted
    assert chat.state.confirmation is None


def test_a_question_about_money_is_no_wish_to_work_with_budgets(chat: Rehearsal) -> None:
    assert "STAP-budget stopte" in chat.say("krijg ik stap budget")
    assert "desired_work" not in chat.state.answers | chat.state.noted


@pytest.mark.parametrize("text", ["mijn zoon van 19 weet niet wat hij wil", "onze dochter van 20 zit zonder school"])
def test_a_parent_who_asks_for_a_child_is_no_victim(chat: Rehearsal, text: str) -> None:
    assert "Veilig Thuis" not in chat.say(text)


def test_a_complaint_is_no_answer_by_one_of_its_words(chat: Rehearsal) -> None:
    chat.until("benefit", *TO_A_RESULT)
    assert "Sorry" in chat.say("jullie snappen er niks van")
    assert chat.state.asked == "benefit"
    assert "benefit" not in chat.state.answers


def test_doe_maar_een_mens_asks_for_one(chat: Rehearsal) -> None:
    assert "Een adviseur is een mens" in chat.say("doe maar een mens")


@pytest.mark.parametrize("text", ["iets gedaan in de tuinbouw", "deed iets in de bouw"])
def test_what_somebody_did_is_no_new_wish(chat: Rehearsal, text: str) -> None:
    chat.say("lasser")
    chat.say(text)
    assert chat.state.answers["desired_work"].raw == "lasser"
    assert chat.state.answers["current_job"].raw == text


@pytest.mark.parametrize("text", ["codam", "uitvaartverzorger"])
def test_a_wish_that_says_something_without_work_is_taken(chat: Rehearsal, text: str) -> None:
    chat.say(text)
    assert chat.state.answers["desired_work"].raw == text


@pytest.mark.parametrize(
    "text", ["alles behalve de zorg", "ontslagen bij een drukker. weet het niet", "kok geweest. geen idee"]
)
def test_who_knows_no_work_that_they_want_is_helped_to_find_it(chat: Rehearsal, text: str) -> None:
    assert "Je hoeft het niet te weten." in chat.say(text)
    assert "Leuk" in chat.labels


@pytest.mark.parametrize(
    "text", ["ik wil iemand spreken", "ik wil met iemand praten", "ik wil een afspraak", "bel mij maar"]
)
def test_a_person_is_asked_for_where_the_wish_is_asked(chat: Rehearsal, text: str) -> None:
    assert "Een adviseur is een mens" in chat.say(text)
    assert chat.state.asked == "may_contact"


def test_who_asks_for_another_is_told_to_do_it_together(chat: Rehearsal) -> None:
    assert "Vraag je dit voor een ander?" in chat.say("ok. mijn zoon van 22 wil automonteur worden")
    assert "bedrijf" not in chat.say("nee, voor hem")
    assert not chat.state.answers


def test_what_they_like_is_kept_at_a_card_about_something_else_and_leaves_that_open(chat: Rehearsal) -> None:
    chat.say("/ontdek")
    for _ in range(20):
        if chat.state.asked == "work_heavy":
            break
        chat.say("gaat wel")
    assert chat.state.asked == "work_heavy"
    said = chat.say("ik ben graag buiten")
    assert "buiten" in said and "work_heavy" not in chat.state.answers and "desired_work" not in chat.state.answers


@pytest.mark.parametrize("wish", ["ik wil gewoon vrachtwagenchauffeur worden", "toch liever elektricien"])
def test_who_names_their_work_amid_the_cards_gets_no_more_of_them(chat: Rehearsal, wish: str) -> None:
    chat.say("/ontdek")
    chat.say("leuk")
    chat.say(wish)
    assert chat.state.answers["desired_work"].value == wish
    assert chat.state.asked == "current_job"


def test_somebody_else_is_asked_about_once_and_then_it_is_put_differently(chat: Rehearsal) -> None:
    chat.until("place", "lasser", "kok")
    assert chat.say("mijn zus is ook verhuisd").startswith("En jij?")
    assert not chat.say("mijn zus is ook verhuisd").startswith("En jij?")


# ------------------------------------------------------------------ bare words at a yes or no
def test_bare_words_that_the_faq_is_sure_of_are_answered_at_a_yes_or_no(chat: Rehearsal) -> None:
    chat.until("refine", *TO_A_RESULT)
    assert "Bron" in chat.say("vog")
    assert (chat.state.asked, chat.state.attempts) == ("refine", 0)


def test_bare_words_that_are_only_near_a_question_are_no_question(chat: Rehearsal) -> None:
    chat.until("refine", *TO_A_RESULT)
    assert "niet goed wat je bedoelt" in chat.say("school")


# ------------------------------------------------------------------ looking at the results
@pytest.fixture
def at_a_result() -> Rehearsal:
    return begun().until("refine", *TO_A_RESULT)


@pytest.mark.parametrize(
    ("text", "card"), [("de laatste", -1), ("vertel eens over de onderste", -1), ("doe de bovenste maar", 0)]
)
def test_a_card_is_pointed_at_by_where_it_stands(at_a_result: Rehearsal, text: str, card: int) -> None:
    listed = at_a_result.state.listed[:3]
    at_a_result.say(text)
    assert at_a_result.state.viewed == listed[card]


@pytest.mark.parametrize("text", ["waarom staat die bovenaan", "waarom deze?", "/waarom 1"])
def test_why_asks_of_the_first_card_why_it_fits(at_a_result: Rehearsal, text: str) -> None:
    assert "Dit past bij je" in at_a_result.say(text)
    assert at_a_result.state.viewed == at_a_result.state.listed[0]


@pytest.mark.parametrize("text", ["/plan 2", "/plan", "wat is nu mijn eerste stap"])
def test_a_plan_is_made_of_what_is_shown(at_a_result: Rehearsal, text: str) -> None:
    assert "Hier is je plan" in at_a_result.say(text)


@pytest.mark.parametrize("text", ["nee dat is niks voor mij", "en als ik wat anders wil?"])
def test_who_does_not_want_what_is_shown_is_asked_what_else(at_a_result: Rehearsal, text: str) -> None:
    assert "Wat voor werk wil je doen?" in at_a_result.say(text)
    assert "refine" not in at_a_result.state.answers


def test_a_bare_no_goes_on_from_the_results(at_a_result: Rehearsal) -> None:
    at_a_result.say("nee")
    assert at_a_result.state.answers["refine"].value is False


def test_the_same_cards_are_not_shown_twice(at_a_result: Rehearsal) -> None:
    assert at_a_result.say("is er niks dichterbij?").count("\n1. ") == 1


def test_a_question_about_what_is_shown_is_answered_by_all_of_it(at_a_result: Rehearsal) -> None:
    how_long = at_a_result.say("hoe lang duurt dat")
    assert "Zo lang duurt het" in how_long
    shown = how_long.split("\n\n")[1:4]
    assert all(re.search(r"\d|Vraag hoe lang", one.partition("\n")[2]) for one in shown), "each says it, or to ask it"
    assert "Van goedkoop naar duur" in at_a_result.say("wat kost dat?")


@pytest.mark.parametrize(
    "text", ["hoe begin ik", "wie moet ik bellen", "hoe nu verder", "bewaar", "waar meld ik me aan"]
)
def test_who_asks_for_a_first_step_of_what_is_shown_gets_the_plan(at_a_result: Rehearsal, text: str) -> None:
    assert "Mijn plan" in at_a_result.say(text)


def test_who_wants_to_be_passed_on_to_an_adviser_does_not_want_to_be_one(at_a_result: Rehearsal) -> None:
    wish = at_a_result.state.answers["desired_work"]
    assert "Een adviseur is een mens" in at_a_result.say("stuur maar door naar een adviseur")
    assert at_a_result.state.answers["desired_work"] == wish


def test_an_answer_about_it_is_not_given_to_who_wants_to_weld(at_a_result: Rehearsal) -> None:
    said = at_a_result.say("moet je daar goed voor kunnen rekenen")
    assert "programmeren" not in said
    assert "programmeren" in at_a_result.say("moet je goed kunnen rekenen voor programmeren?")


def test_may_i_think_is_no_yes(at_a_result: Rehearsal) -> None:
    at_a_result.say("mag ik er over nadenken")
    assert "refine" not in at_a_result.state.answers


def test_what_nobody_understands_beside_a_result_is_no_yes_or_no(at_a_result: Rehearsal) -> None:
    said = at_a_result.say("mijn zwager doet dat ook, die is lasser bij de werf")
    assert "ja of een nee" not in said and "Typ een nummer" in said
    assert at_a_result.state.asked == "refine"


def test_after_a_goodbye_nothing_is_asked(at_a_result: Rehearsal) -> None:
    assert at_a_result.say("doei").strip().startswith("Tot ziens") and "?" not in at_a_result.text
    assert at_a_result.state.asked == "refine", "it waits"
    assert "loon nodig" in at_a_result.say("ja")


# ------------------------------------------------------------------ one word, two answers
def test_a_choice_that_answers_another_question_as_well_is_not_asked_again(chat: Rehearsal) -> None:
    chat.until("employment", *TO_A_RESULT)
    chat.say("ww")
    known = chat.state.answers | chat.state.noted
    assert (known["employment"].value, known["benefit"].value) == ("job_seeker", "ww")
    assert chat.state.asked not in ("employment", "benefit")


def test_a_village_that_is_called_as_a_word_is_no_place_in_a_sentence(chat: Rehearsal) -> None:
    chat.say("ik wil graag glas zetten")
    chat.say("ik ben zzp schilder maar mijn knieen zijn kapot, dus timmeren of glas zetten")
    assert "place" not in chat.state.answers | chat.state.noted
    chat.say("ik woon in Zetten")
    assert (chat.state.answers | chat.state.noted)["place"].value == "Overbetuwe"


# ------------------------------------------------------------------ employers
@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("Ik ben werkgever en ik heb 3 lassers nodig", {}),
        ("wij zoeken personeel voor ons magazijn in Zeist", {"sector": "logistiek", "place": "Zeist"}),
        (
            "wij zijn een verpleeghuis in Ede met 120 medewerkers, we hebben 4 plekken voor zij-instromers",
            {"sector": "zorg", "place": "Ede", "employer_size": "medium", "places": 4},
        ),
    ],
)
def test_an_employer_is_heard_in_the_first_message_and_asked_nothing_twice(text: str, answers: dict[str, Any]) -> None:
    chat = newcomer()
    said = chat.say(text)
    assert "over je bedrijf" in said
    assert chat.state.flow == "employer"
    assert answers.items() <= {name: answer.value for name, answer in chat.state.answers.items()}.items()
    assert not {"desired_work", "age", "current_job"} & chat.state.answers.keys()


def test_what_a_company_counts_is_nobodys_age(chat: Rehearsal) -> None:
    chat.say("softwarebedrijf, 40 man, Delft")
    assert "age" not in chat.state.answers


# ------------------------------------------------------------------ before the start
def test_what_a_first_message_tells_is_kept() -> None:
    chat = newcomer()
    said = chat.say("ik ben 45, lasser in Utrecht en wil iets in de zorg")
    assert "45 jaar" in said
    assert {name: answer.value for name, answer in chat.state.answers.items()} == {
        "age": 45,
        "place": "Utrecht",
        "current_job": "lasser",
        "desired_work": "wil iets in de zorg",
    }


@pytest.mark.parametrize("text", ["hallo", "ja", "dank je", "", "🙂"])
def test_a_first_word_that_tells_nothing_begins(text: str) -> None:
    chat = newcomer()
    said = chat.say(text)
    assert said.startswith("Hoi!")
    assert chat.state.asked == "desired_work"
    assert said.count("Wat voor werk wil je doen?") == 1


def test_a_first_question_is_answered_and_then_it_begins() -> None:
    chat = newcomer()
    said = chat.say("bestaat het stap budget nog?")
    assert "STAP" in said
    assert said.count("Wat voor werk wil je doen?") == 1


def test_who_asks_for_a_person_first_gets_to_one() -> None:
    chat = newcomer()
    assert "mens" in chat.say("ik wil een mens spreken")
    assert chat.state.detour == "human"


def test_who_was_an_employer_says_so_as_an_answer(chat: Rehearsal) -> None:
    chat.until("current_job", "lasser").say("ik ben werkgever van een kapsalon")
    assert chat.state.answers["current_job"].raw == "ik ben werkgever van een kapsalon"


def test_an_album_is_one_message(chat: Rehearsal) -> None:
    chat.take(Said("ik wil lasser worden", message=1, album="7"))
    assert chat.state.answers["desired_work"].value
    assert chat.take(SentAttachment("photo", "7")) == ()
    assert chat.take(SentAttachment("photo", "8")), "another album is another message"
    assert chat.take(SentAttachment("photo", "8")) == ()


def test_a_limit_is_taken_back_at_a_no(chat: Rehearsal) -> None:
    chat.until("current_job", "lasser")
    assert "zonder zwaar tillen" in chat.say("ik mag niet zwaar tillen")
    assert "limits.lifting" in chat.state.noted
    chat.say("klopt niet")
    assert "limits.lifting" not in chat.state.noted


def test_what_is_said_instead_takes_back_nothing_else(chat: Rehearsal) -> None:
    chat.until("place", "lasser", "kapper")
    chat.say("ik woon in Zwolle en ben 44 jaar")
    chat.say("sorry, mijn leeftijd is 45")
    assert (chat.state.answers["place"].value, chat.state.answers["age"].value) == ("Zwolle", 45)


def test_who_is_angry_at_the_bot_is_not_cheered_up_with_cards() -> None:
    chat = newcomer()
    chat.say("WAT EEN KUTBOT, niemand helpt me")
    assert "Ik wil een mens" in chat.labels
    assert "Leuk" not in chat.labels


def test_who_is_angry_at_offices_is_no_cry_and_no_wish() -> None:
    chat = newcomer()
    said = chat.say("WEER VAN HET KASTJE NAAR DE MUUR. dat budget bestaat niet meer, uwv doet niks")
    assert "113" not in said
    assert "desired_work" not in chat.state.answers


@pytest.mark.parametrize("text", ["44", "12345"])
def test_what_names_no_work_is_never_kept_as_the_wish(text: str) -> None:
    chat = begun(text, text, text)
    assert chat.state.answers.get("desired_work") is None or chat.state.answers["desired_work"].value is None


def test_a_no_with_more_in_it_takes_back_nothing() -> None:
    chat = begun("lasser", "kapper", "Zeist", "mbo 4 secretarieel")
    chat.say("nee, huisvrouw")
    assert chat.state.answers["education"].value == "mbo4"


# ------------------------------------------------------------------ one question that may be meant
BIG = "How may I work in care with a foreign diploma (BIG)?"


def test_a_yes_to_the_one_question_that_may_be_meant_gives_its_answer() -> None:
    person = begun("a job in a lab", "pharmacist in Syria", language="en")
    person.say("can I work as a pharmacist here?")
    assert person.labels[:1] == [BIG]
    person.say("yes")
    assert BIG in [message.title for message in person.messages]


def test_a_no_to_the_one_question_that_may_be_meant_puts_the_open_one_again() -> None:
    person = begun("a job in a lab", "pharmacist in Syria", language="en")
    asked = person.state.asked
    person.say("can I work as a pharmacist here?", "no")
    assert person.state.asked == asked and person.state.confirmation is None


@pytest.mark.parametrize("said", ["nee ik wil geen zorg", "geen kantoor en geen zorg", "liever niet in de zorg"])
def test_who_only_says_what_they_do_not_want_is_helped_to_find_what_they_do(said: str) -> None:
    person = begun(said)
    assert "zorg" in person.text or "care" in person.text
    assert person.state.flow == "explore" or person.state.detour == "explore"
    assert "zorg" in person.state.noted["excluded"].value


def test_who_says_where_they_live_while_exploring_is_spoken_to_as_a_person_and_not_as_a_company() -> None:
    assert "Je woont in Zwolle." in begun("geen idee", "leuk", "leuk", "leuk").say("ik woon in Zwolle")


def test_a_first_message_without_a_start_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []

    def counted(text: str, *rest: Any) -> Understanding:
        texts.append(text)
        return understand(text, *rest)

    monkeypatch.setattr(reading, "understand", counted)
    said = "ik ben 34 en wil lasser worden"
    state = advance(real_library(), State.new("nl"), Said(said), on=MONDAY).state
    assert state.answers["age"].value == 34
    assert texts == [said]


def test_who_is_worn_out_hears_a_human_word_before_what_was_understood(chat: Rehearsal) -> None:
    said = chat.say("ik ben doodmoe van de nachtdiensten, ik wil bakker worden")
    assert said.index("Dat klinkt zwaar") < said.index("bakker") < said.index("Wat doe je nu")


def test_who_doubts_a_wish_is_told_that_it_may_change(chat: Rehearsal) -> None:
    said = chat.say("misschien kapster, geen idee eigenlijk")
    assert "Twijfelen mag" in said and chat.state.asked == "current_job"


def test_a_town_that_several_bear_is_asked_in_a_long_message_too(chat: Rehearsal) -> None:
    said = chat.say("ik ben 40, woon in Hengelo en wil lasser worden")
    assert "Welke bedoel je?" in said and chat.state.answers["age"].value == 40


def test_what_they_never_want_again_says_nothing_of_the_card_that_is_open(chat: Rehearsal) -> None:
    chat.say("geen idee")
    said = chat.say("zorg niet meer")
    assert "geen zorg" in said and "Niets voor mij" not in said.partition("Iets repareren")[0]


def test_who_says_twice_that_they_have_no_work_is_not_asked_which_again(chat: Rehearsal) -> None:
    chat.say("lasser")
    assert "Wat doe je nu" in chat.say("geen werk")
    said = chat.say("ik heb geen werk")
    assert "Waar woon je" in said and "Wat doe je nu" not in said
    assert chat.state.answers["current_job"].value is None


BLOEMEN = "ik zit al 18 jaar achter de kassa en mijn dochter zei mam ga iets met bloemen doen dus ja waarom niet"


def test_what_waits_for_a_yes_is_kept_when_they_tell_the_next_thing(chat: Rehearsal) -> None:
    assert "Klopt dat?" in chat.say(BLOEMEN)
    said = chat.say("ik woon in Bergen op Zoom")
    assert "Bergen op Zoom en zoekt dit werk: bloemist" in said and "Wat voor werk wil je doen" not in said


def test_what_waits_for_a_yes_is_not_kept_when_they_say_no(chat: Rehearsal) -> None:
    chat.say(BLOEMEN)
    chat.say("nee, ik woon in Bergen op Zoom")
    assert "desired_work" not in chat.state.answers
