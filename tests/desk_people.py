"""People at a desk for tests and pictures: made up, of every kind that a list has."""

from datetime import timedelta

from desks import Bureau
from stores import draft

from bot.staff.desk import Desk
from bot.store import Address
from bot.store.filing import Where, ask_for, file
from bot.store.lead_model import AttemptOutcome, Lead

NAMES = (
    "Fatima Dewi Patrick Yusuf Agnieszka Marloes Jeroen Salma Piet Olena Ravi Kees Mohammed Ingrid Tesfay Wim".split()
)
WISHES = ("verzorgende", "lasser", "softwaretester", "hovenier", "onderwijsassistent", "monteur warmtepompen")
PLACES = (("Utrecht", "zorg"), ("Zeist", "techniek"), ("Nieuwegein", "zorg"), ("Woerden", "groen"), ("De Bilt", "ict"))
ADVICE = {
    "programmes": [
        {
            "id": "mbo-zorg",
            "name": "Verzorgende ig (bbl), Zorgschool Lekstroom",
            "verdict": "fits",
            "reasons": [
                {"text": "Leidt op tot de wens: verzorgende.", "outcome": "met"},
                {"text": "Avonddienst in het eerste jaar? Vraag dat na.", "outcome": "unknown"},
            ],
        }
    ],
    "rejected": [
        {"id": "hbo-v", "name": "Verpleegkundige (hbo)", "nearest_miss": "Met een diploma havo past het wel."}
    ],
    "subsidies": [{"id": "slim", "status": "maybe"}],
}


def lead_of(bureau: Bureau, number: int) -> Lead:
    """A person with a number, who came a while ago."""
    name, (place, sector) = NAMES[number % len(NAMES)], PLACES[number % len(PLACES)]
    wish = WISHES[number % len(WISHES)]
    at = bureau.now - timedelta(hours=5 * (number % 100) + 1)
    facts = {
        "age": 20 + number % 40,
        "place": place,
        "desired_work": wish,
        "education": "mbo2",
        "employment": "employed",
    }
    what = draft(
        name=name,
        phone=f"+316{10_000_000 + number}",
        facts=facts,
        said={"desired_work": f"iets als {wish}", "age": "dertig ongeveer"},
        contact={"name": name, "phone": f"+316{10_000_000 + number}", "wish": "Na 15:00, liever bellen"},
        advice=ADVICE,
    )
    with bureau.store.transaction():
        (person,) = bureau.store.conversations.load([Address("telegram", f"person-{number}")], at=at)
        return file(bureau.store, person.id, "telegram", what, Where(sector, place), content="c1", at=at).lead


def usual_day(bureau: Bureau, count: int = 24) -> list[Lead]:
    """A day of Sanne: some asked for a person, some are late, some are hers today, some new."""
    sanne = bureau.member("Sanne")
    bureau.member("Mehmet")
    desk = Desk(bureau.store, sanne, lambda: bureau.now)
    leads = [lead_of(bureau, number) for number in range(count)]
    for lead in leads[:3]:
        ask_for(bureau.store, lead, "asked", bureau.now - timedelta(minutes=40))
    for lead in leads[1 : count // 2]:
        desk.claim(lead.reference)
    for lead in leads[4 : count // 3]:
        desk.record(lead.reference, AttemptOutcome.NO_ANSWER, "Voicemail stond vol. Probeer na 15:00.")
    return [bureau.store.leads.get(lead.id) for lead in leads]
