"""What somebody cannot do, will not do, or needs: found in any text, without the reason."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from libraries import real_library

from bot.compiled import Compiled
from bot.content.limits import LimitValue, as_mapping, as_set
from bot.recognisers.limits import Limits


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return real_library()


def found(compiled: Compiled, text: str) -> dict[str, LimitValue]:
    return {one.kind: one.value for one in compiled.limits.find(text)}


# ------------------------------------------------------------------ every kind, in many ways
@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("dozen sjouwen wil ik niet meer", {"lifting": True}),
        ("liever geen zwaar lichamelijk werk", {"lifting": True}),
        ("iets waar je niet hoeft te tillen", {"lifting": True}),
        ("sjouwen en bukken gaat niet meer", {"lifting": True, "bending": True}),
        ("niet de hele dag op mijn benen staan", {"standing": True}),
        ("veel lopen lukt niet", {"walking": True}),
        ("ik kan niet stil zitten", {"sitting": True}),
        ("liever niet op een steiger", {"heights": True}),
        ("niet buiten werken in de kou", {"outdoors": True}),
        ("alles behalve telefoneren", {"telephone": True}),
        ("geen ploegendiensten meer", {"shifts": True}),
        ("nachtdiensten: nee", {"nights": True}),
        ("kan niet in het weekend", {"weekends": True}),
        ("zaterdag en zondag kan ik niet", {"weekends": "saturday,sunday"}),
        ("maandag lukt niet", {"days": "monday"}),
        ("geen avonden en geen nachten", {"evenings": True, "nights": True}),
        ("rijbewijs heb ik niet", {"licence": True}),
        ("ik kom alleen met de trein", {"car": True}),
        ("terug naar school? nee. liever leren op de werkplek", {"no_school": True}),
        ("ik moet wel gewoon geld verdienen", {"pay": True}),
        ("een dure opleiding gaat niet", {"cheap": True}),
        ("alleen thuis studeren", {"online": True}),
        ("dicht bij huis graag", {"near": True}),
        ("nothing with ladders, I can't climb", {"heights": True}),
        ("no night shifts, please", {"nights": True}),
        ("I cannot stand for long", {"standing": True}),
        ("without a car I can't get far", {"car": True}),
        ("only in the mornings", {"hours": "mornings"}),
        ("I want to learn on the job", {"no_school": True}),
    ],
)
def test_a_limit_is_a_thing_and_a_way_to_refuse_or_need_it(
    compiled: Compiled, text: str, limits: Mapping[str, LimitValue]
) -> None:
    assert found(compiled, text) == limits


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("hooguit 40 minuten reizen", {"travel": 40}),
        ("max een half uur onderweg", {"travel": 30}),
        ("reistijd max drie kwartier", {"travel": 45}),
        ("binnen een straal van 10 km", {"near": 10}),
        ("niet verder dan dertig kilometer", {"near": 30}),
        ("no more than 15 km", {"near": 15}),
        ("tot 14:30", {"hours": "14:30"}),
        ("ik kan tot half vier", {"hours": "15:30"}),
        ("uiterlijk om 3 uur thuis", {"hours": "15:00"}),
        ("alleen overdag", {"hours": "daytime"}),
        ("alleen 's middags of 's avonds", {"hours": "afternoons,evenings"}),
        ("onder schooltijden, tot 14 uur", {"school_hours": True, "hours": "14:00"}),
        ("ik kan pas beginnen vanaf juni", {"start": 6}),
        ("pas in september", {"start": 9}),
    ],
)
def test_a_limit_may_have_a_value(compiled: Compiled, text: str, limits: Mapping[str, LimitValue]) -> None:
    assert found(compiled, text) == limits


def test_hours_of_a_week_are_no_time_of_the_clock(compiled: Compiled) -> None:
    assert found(compiled, "tot 24 uur per week") == {}


# ------------------------------------------------------------------ what is none
@pytest.mark.parametrize(
    "text",
    [
        "zwaar tillen kan ik gewoon",
        "ik kan prima tillen",
        "tillen is geen enkel probleem",
        "geen bezwaar tegen nachtdiensten",
        "avonden vind ik niet erg",
        "ik vind bellen juist leuk",
        "weekenden maakt me niet uit",
        "niet alleen bellen, ook mailen met klanten",
        "moet ik daar niet tillen?",
        "mijn zoon kan niet lang staan",
        "begeleider van cliënten die niet kunnen lopen",
        "ik heb geen diploma en til graag",
        "ik heb geen opleiding",
        "ik heb mijn school niet afgemaakt",
        "leraar worden, voor de klas staan",
        "ik woon in de buurt van Zwolle",
        "niet op de hoogte van het aanbod",
        "liever mailen, niet bellen",
        "ik heb nooit 's nachts gewerkt",
        "geen groot rijbewijs, wel B",
        "ik werk nu in de nacht",
        "het hoeft niet online",
        "i don't mind lifting",
        "night shifts are fine",
    ],
)
def test_what_is_fine_or_about_something_else_is_no_limit(compiled: Compiled, text: str) -> None:
    assert found(compiled, text) == {}


def test_what_is_fine_is_told_apart_so_that_a_limit_can_be_taken_back(compiled: Compiled) -> None:
    assert compiled.limits.find_lifted("tillen kan ik wel weer") == ("lifting",)
    assert compiled.limits.find_lifted("kan ik daar gewoon tillen?") == ()


# ------------------------------------------------------------------ the reason is not kept
@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("mijn schouder is kapot en ik kan niet meer tillen", {"lifting": "niet tillen"}),
        ("hernia, dus geen zwaar werk", {"lifting": "geen zwaar werk"}),
        ("ik heb last van mijn rug", {"lifting": ""}),
        ("hoogtevrees", {"heights": ""}),
        ("ik ben dyslectisch", {"reading": ""}),
        ("allergisch voor kappersverf", {"substances": ""}),
        ("kan door mijn knie niet lang staan", {"standing": "niet lang staan"}),
    ],
)
def test_of_a_limit_only_the_words_for_it_are_kept(compiled: Compiled, text: str, limits: Mapping[str, str]) -> None:
    assert {one.kind: one.words for one in compiled.limits.find(text)} == limits


@pytest.mark.slow
def test_kept_words_hold_nothing_of_health(compiled: Compiled) -> None:
    knowledge = compiled.content.knowledge
    assert knowledge.limits is not None
    for message in knowledge.messages:
        for limit in compiled.limits.find(message.said):
            assert compiled.private.find(f"ik heb {limit.words}") is None, message.said


def test_a_limit_says_where_it_stands(compiled: Compiled) -> None:
    text = "Liefst in de zorg. Maar, eh, géén 'nachtdiensten' graag!"
    (limit,) = compiled.limits.find(text)
    assert text[limit.start : limit.end] == "géén 'nachtdiensten"


@pytest.mark.parametrize(
    ("text", "kind"),
    [("zonder sjouwn", "lifting"), ("geen nagtdiensten", "nights"), ("geen tellefoon werk", "telephone")],
)
def test_a_word_with_a_typing_error_counts(compiled: Compiled, text: str, kind: str) -> None:
    assert kind in found(compiled, text)


def test_a_real_word_is_never_taken_for_one_that_is_much_like_it(compiled: Compiled) -> None:
    assert found(compiled, "ik kan niet tellen") == {}


# ------------------------------------------------------------------ in words, and as a fact
@pytest.mark.parametrize(
    ("kind", "value", "nl", "en"),
    [
        ("lifting", True, "zonder zwaar tillen", "without heavy lifting"),
        ("travel", 30, "op hooguit 30 minuten reizen", "within 30 minutes of travel"),
        ("near", True, "dicht bij huis", "near home"),
        ("hours", "15:00", "tot 15:00 uur", "until 15:00"),
        ("hours", "mornings", "alleen in de ochtend", "in the mornings only"),
        ("weekends", "saturday,sunday", "niet op zaterdag en niet op zondag", "not on Saturday and not on Sunday"),
        ("start", 4, "vanaf april", "from April"),
    ],
)
def test_a_limit_is_said_behind_i_look_for_work(
    compiled: Compiled, kind: str, value: LimitValue, nl: str, en: str
) -> None:
    said = compiled.content.knowledge.limit_kinds[kind].say(value)
    assert (said["nl"], said["en"]) == (nl, en)


def test_every_limit_has_words_in_every_language(compiled: Compiled) -> None:
    for kind in compiled.content.knowledge.limit_kinds.values():
        for value in (True, *(one.id for one in kind.values), *([5] if kind.measured_label else [])):
            assert all(kind.say(value)), kind.id


def test_a_value_of_an_older_version_is_said_without_it(compiled: Compiled) -> None:
    kind = replace(compiled.content.knowledge.limit_kinds["weekends"], values=())
    assert kind.say("sunday")["nl"] == "niet in het weekend"


def test_limits_go_into_a_fact_and_come_out_the_same() -> None:
    limits: dict[str, LimitValue] = {"lifting": True, "travel": 30, "hours": "15:00", "days": "monday,friday"}
    assert as_set(limits) == {"lifting", "travel:30", "hours:15:00", "days:monday,friday"}
    assert as_mapping(as_set(limits)) == limits
    assert as_set({"lifting": False}) == frozenset()


def test_content_without_limits_finds_none(compiled: Compiled) -> None:
    assert Limits(None, compiled.counting, ("nl",)).find("niet tillen") == ()


@pytest.mark.parametrize("text", ["", "?!", "—", "🙃" * 50, "niet " * 400, "٣ km", "max 99999999999 km"])
def test_no_text_makes_the_finder_fail(compiled: Compiled, text: str) -> None:
    compiled.limits.find(text)
    compiled.limits.find_lifted(text)
