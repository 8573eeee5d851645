"""Ways on from a result, in words: the same offers in another order, and not before there are any."""

import re

from people import begun

from bot.authoring.rehearsal import Rehearsal


def at_the_end() -> Rehearsal:
    """Somebody who saw what fits, and is asked nothing more."""
    person = begun("ik ben 49, woon in Deventer, lasser, ik wil de thuiszorg in", "mbo 2", "ja, in dienst")
    while person.state.asked:
        person.say("sla over")
    return person


def offers(said: str) -> list[str]:
    return re.split(r"^\d\. ", said, flags=re.MULTILINE)[1:]


def test_nearer_gives_the_offers_from_near_to_far() -> None:
    said = at_the_end().say("dichterbij")
    assert said.startswith("Van dichtbij naar ver:")
    away = [
        0 if "dichtbij" in one else int(found[1])
        for one in offers(said)
        if (found := re.search(r"(\d+) km|dichtbij", one))
    ]
    assert len(away) > 1 and away == sorted(away)


def test_cheaper_gives_those_whose_costs_are_known_first() -> None:
    said = at_the_end().say("goedkoper")
    assert said.startswith("Van goedkoop naar duur:")
    unknown = ["Vraag wat je betaalt" in one for one in offers(said)]
    assert len(unknown) > 1 and not unknown[0] and unknown == sorted(unknown)


def test_before_there_is_a_result_it_is_said_that_it_comes() -> None:
    person = begun("ik ben 49, woon in Deventer, lasser, ik wil de thuiszorg in", "mbo 2")
    asked = person.state.asked
    assert "Dat komt zo." in person.say("dichterbij") and person.state.asked == asked
