"""People at a desk for tests and pictures: made up, of every kind that a list has."""

from contextlib import closing
from datetime import date, timedelta

from desks import Bureau
from stores import draft

from bot.authoring.sources.proof import Proof, Standing
from bot.authoring.sources.record import PageState, Record, SeenPage, SeenStatement
from bot.authoring.sources.statements import Statement, statements
from bot.conversations import Conversations
from bot.engine.events import Said, Started
from bot.staff.desk import Desk
from bot.staff.export import Order, export
from bot.store import Address
from bot.store.conversations import WISH
from bot.store.filing import Where, ask_for, file
from bot.store.lead_codes import AttemptOutcome
from bot.store.lead_model import Lead
from bot.store.milestones import Cell, Milestone

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


TOLD = {
    "likes_repairing": "leuk",
    "likes_finding_out": "gaat wel",
    "likes_designing": "leuk",
    "likes_making": "leuk",
    "likes_creating": "gaat wel",
    "work_heavy": "ik ben graag buiten",
    "work_outdoors": "leuk",
    "current_job": "magazijnmedewerker",
    "skills": "alles",
    "education": "vmbo",
    "place": "Utrecht",
    "age": "34",
    "may_contact": "ja",
    "name": "Sam",
    "reach": "06 12345678",
}


def explorer(bureau: Bureau) -> Lead:
    """Who did not know what they want: cards, three jobs, "too dull", a choice, and the rest of the intake."""
    assert bureau.compiled
    turns, address = Conversations(bureau.store, bureau.compiled, lambda: bureau.now), Address("telegram", "explorer")
    turns.turn(address, Started(language="nl"))
    turns.turn(address, Said("/ontdek"))
    said: list[str] = []
    for _ in range(60):
        person = bureau.store.conversations.find(address)
        assert person
        if person.state.reference:
            return bureau.store.leads.get(person.state.reference)
        asked = person.state.asked or ""
        if asked == "desired_work":
            answer = "1" if asked in said else "te saai"
        else:
            card = asked.startswith(("likes_", "work_"))
            answer = TOLD.get(asked, "nee" if card else "ja" if asked in ("may_keep", "all_right") else "sla over")
        said.append(asked)
        turns.turn(address, Said(answer))
    raise AssertionError(said)


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


def usual_quarter(bureau: Bureau, count: int = 24) -> None:
    """What makes the other screens full: an employer who fits, a file, questions without an answer, and figures."""
    what = draft(
        name="Lotte",
        phone="+31303000000",
        flow="employer",
        facts={"sector": "zorg", "can_train": True},
        said={"vacancy": "verzorgende", "place": "Utrecht"},
        contact={"name": "Lotte", "phone": "+31303000000", "company": "Zorggroep Lekzicht"},
    )
    at = bureau.now - timedelta(days=3)
    with bureau.store.transaction():
        (person,) = bureau.store.conversations.load([Address("telegram", "employer")], at=at)
        file(bureau.store, person.id, "telegram", what, Where("zorg", "Utrecht"), content="c1", at=at)
        bureau.store.conversations.unanswered(person.id, "Mag mijn hond mee naar school?", "nl", at)
        bureau.store.conversations.unanswered(person.id, "dompteur worden", "nl", at, WISH)
        for number in range(5 * count):
            place, sector = PLACES[number % 2]
            here = {"day": at.date() - timedelta(days=number % 50), "flow": "intake", "sector": sector, "place": place}
            for milestone in (Milestone.STARTED, Milestone.RESULT, Milestone.ASKED)[: 1 + number % 3]:
                bureau.store.figures.count(Cell(milestone=milestone, **here))
    sanne = Desk(bureau.store, bureau.member("Sanne"), lambda: bureau.now)
    export(sanne, Order(reason="weekoverzicht"))


def usual_findings(bureau: Bureau) -> tuple[Statement, Statement]:
    """A page that says something else now, and one that moved, as the nightly look writes them down."""
    assert bureau.compiled
    by_page: dict[str, list[Statement]] = {}
    for one in statements(bureau.compiled.content.knowledge):
        by_page.setdefault(one.url, []).append(one)
    pages = [page for page in by_page.values() if all(one.checked for one in page)]
    pages.sort(key=lambda page: max(one.checked for one in page if one.checked))
    changed, moved = (max(page, key=lambda one: one.checked or date.min) for page in pages[:2])
    # What a person checked since is no finding.
    since = max(one.checked for one in (changed, moved) if one.checked) + timedelta(days=1)
    proof = Proof(
        Standing.CHANGED,
        ("n=4000",),
        ("De subsidie is 4.000 euro.",),
        ("De subsidie is 5.000 euro.", "Vraag op tijd aan."),
    )
    with closing(Record(bureau.store.settings.sources_file)) as record:
        said = [SeenStatement(changed.item, changed.field, changed.url, proof, None, since)]
        record.keep(SeenPage(changed.url, PageState.CHANGED, bureau.now, since), said)
        record.keep(SeenPage(moved.url, PageState.MOVED, bureau.now, since, now_at=f"{moved.url}/nieuw"), [])
    return changed, moved
