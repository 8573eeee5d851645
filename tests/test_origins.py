"""Who comes from elsewhere is promised nothing that hangs on a nationality or a permit that nobody knows."""

import pytest
from libraries import real_library
from people import MONDAY, begun

from bot.advice import MoneyStatus
from bot.engine.turn import TurnContext
from bot.recognisers.places import cities_abroad

LOAN = "levenlanglerenkrediet"
SIGNS = (
    ("nl", "ik kom uit Eritrea"),
    ("nl", "ik ben van Eritrea"),
    ("nl", "Syrië."),
    ("nl", "ik kom uit Homs"),
    ("nl", "mijn diploma is uit Aleppo"),
    ("nl", "ik heb gestudeerd in Izmir"),
    ("nl", "ik moet nog inburgeren"),
    ("nl", "ik ben Syrisch, uit Damascus"),
    ("nl", "ik heb een verblijfsvergunning"),
    ("nl", "ik woon in een azc"),
    ("nl", "ik ben gevlucht"),
    ("nl", "ik ben arbeidsmigrant"),
    ("nl", "ik heb geen Nederlands paspoort"),
    ("nl", "ik ben kennismigrant"),
    ("en", "I come from Mumbai"),
    ("en", "Ukraine."),
    ("en", "I am a refugee"),
    ("en", "I studied in Aleppo"),
    ("en", "I have a work permit"),
    ("en", "I moved here from Lagos"),
    ("en", "I am an expat"),
    ("en", "I have a foreign degree"),
)
REST = {"desired_work": "verpleegkundige", "current_job": "ober", "place": "Utrecht", "education": "hbo", "age": "34"}


@pytest.mark.parametrize(("language", "sign"), SIGNS)
@pytest.mark.parametrize("confirmed", [False, True])
def test_a_loan_that_asks_a_nationality_is_promised_to_nobody_who_may_lack_it(
    language: str, sign: str, confirmed: bool
) -> None:
    person = begun("verpleegkundige" if language == "nl" else "nurse", language=language)
    person.say(sign)
    if confirmed:
        person.say("ja" if language == "nl" else "yes")
    for _ in range(20):
        asked = person.state.asked
        if asked is None or asked in ("refine", "permit"):
            break
        person.say(REST.get(asked, "weet ik niet" if language == "nl" else "I don't know"))
    advice = TurnContext(real_library(), person.state, MONDAY).advice()
    loan = next(one for one in advice.money if one.subsidy.id == LOAN)
    assert loan.status is not MoneyStatus.ELIGIBLE
    assert advice.understood.get("mentions") or advice.understood.get("diploma_country"), "the sign is known"


@pytest.mark.parametrize(
    "said", ["ik kom uit Utrecht", "uit Hasselt gem Zwartewaterland", "ik werk in de zorg", "uit nood", "best"]
)
def test_who_is_from_here_is_from_here(said: str) -> None:
    assert not real_library().origins.read(said)


@pytest.mark.parametrize(
    ("city", "country"), [("homs", "syrie"), ("aleppo", "syria"), ("izmir", "turkije"), ("krakau", "polen")]
)
def test_a_city_need_be_no_capital(city: str, country: str) -> None:
    assert country in cities_abroad("NL", ["nl", "en"])[city]
