"""The screens of the desk: who may see which, whose forms count, and what each of them does."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from desks import MONDAY, Browser, Bureau, words
from stores import draft

from bot.compiled import Compiled
from bot.store import Address, Store
from bot.store.filing import Where, ask_for, file
from bot.store.lead_codes import Status
from bot.store.lead_model import Lead
from bot.store.team import Role
from bot.web.desk.office import WORDS, sentences_in
from bot.web.desk.routes import SCREENS
from bot.web.desk.visit import Screen
from bot.web.sentences import read

CARE = Where("zorg", "Zwolle")
NOWHERE = {"token": "x" * 43, "file": "leads.xlsx"}


@pytest.fixture
def bureau(sqlite_store: Store, compiled: Compiled) -> Bureau:
    return Bureau(sqlite_store, compiled=compiled)


def lead_of(bureau: Bureau, user: str = "1", name: str = "Zoë de Vries", **changes: object) -> Lead:
    store = bureau.store
    with store.transaction():
        (person,) = store.conversations.load([Address("telegram", user)], at=bureau.now)
        return file(store, person.id, "telegram", draft(name=name, **changes), CARE, content="c1", at=bureau.now).lead


def address(screen: Screen, lead: Lead) -> str:
    return "/desk" + screen.path.format(**NOWHERE, reference=lead.reference)


# ------------------------------------------------------------------ every screen, every role
INSIDE = [screen for screen in SCREENS if screen.role]
METHODS = [
    (screen, method) for screen in INSIDE for method in ("GET", "POST") if (screen.show, screen.act)[method == "POST"]
]


@pytest.mark.slow
@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_every_screen_asks_for_its_role_at_each_request(bureau: Bureau, role: Role | None, subtests: pytest.Subtests):
    """Nobody gets further by an address than their role allows: guests to the sign-in page, others to a refusal.

    What is looked at or refused changes nothing, so those share a lead and a session; what may be done has its own.
    """
    lead, browser = lead_of(bureau), came_in(bureau, role)
    for number, (screen, method) in enumerate(METHODS):
        with subtests.test(screen=screen.name, method=method):
            assert screen.role
            may = role is not None and role.may(screen.role)
            alone = may and method == "POST"
            theirs = lead_of(bureau, f"own {number}", phone=f"+316{number:08}") if alone else lead
            they = came_in(bureau, role, f"Iris {number}") if alone else browser
            fields = {"data": {"csrf": they.csrf}} if method == "POST" else {}
            response = they.ask(method, address(screen, theirs), **fields)
            if role is None:
                assert response.status_code == 303 and response.headers["location"].startswith("/desk/sign-in")
            elif not may:
                assert response.status_code == 403 and "Dat mag je niet" in words(response.text)
                latest = bureau.store.audit.entries(1)[0]
                assert (latest.action, latest.object) == ("refused", screen.name)
            else:
                assert response.status_code in (200, 303, 409, 422, 404, 403), response.text
                assert response.status_code < 500
            assert "Zoë" not in response.text or role not in (None, Role.READER)


def came_in(bureau: Bureau, role: Role | None, name: str = "Iris") -> Browser:
    """A browser of somebody with a role, or of a guest."""
    browser = bureau.inside(name, role) if role else bureau.browser()
    if role:
        browser.get("/desk/")
    return browser


@pytest.mark.slow
def test_a_form_without_our_token_does_nothing(bureau: Bureau, subtests: pytest.Subtests):
    lead = lead_of(bureau)
    browser = came_in(bureau, Role.ADMIN, "Baas")
    before = bureau.store.counters.last_change()
    for screen in (each for each in SCREENS if each.act):
        for fields, headers in (
            ({}, {}),
            ({"csrf": "0" * 64}, {}),
            ({"csrf": browser.csrf}, {"sec-fetch-site": "cross-site"}),
            ({"csrf": browser.csrf}, {"sec-fetch-site": "same-site"}),
        ):
            with subtests.test(screen=screen.name, fields=fields, headers=headers):
                response = browser.ask("POST", address(screen, lead), data=fields, headers=headers)
                assert response.status_code == 403, (fields, headers)
                assert bureau.store.counters.last_change() == before


def test_the_token_of_one_is_none_for_another(bureau: Bureau):
    sanne, mehmet = bureau.signed_in(), bureau.signed_in("Mehmet")
    sanne.get("/desk/")
    mehmet.get("/desk/")
    assert sanne.csrf != mehmet.csrf
    mehmet.csrf = sanne.csrf
    mehmet.post("/desk/sign-out", status=403)


def test_a_form_that_is_too_large_or_holds_a_file_is_refused(bureau: Bureau):
    browser = bureau.signed_in()
    browser.get("/desk/")
    browser.post("/desk/search", {"text": "x" * 70_000}, 413)
    many = {f"field{number}": "x" for number in range(1100)}
    browser.post("/desk/search", many, 413)
    response = browser.ask("POST", "/desk/search", data={"csrf": browser.csrf}, files={"file": b"x"})
    assert response.status_code == 415


def test_every_answer_is_kept_nowhere_and_runs_no_script_of_others(bureau: Bureau):
    browser = bureau.signed_in()
    lead = lead_of(bureau)
    for path in ("/desk/", f"/desk/leads/{lead.reference}", "/desk/search", "/desk/nowhere", "/desk/sign-in"):
        headers = browser.ask("GET", path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]
    page = browser.get(f"/desk/leads/{lead.reference}")
    assert not re.search(r"<script(?![^>]* src=)|<style| style=| on[a-z]+=", page)


def test_what_a_person_typed_is_text_and_nothing_else(bureau: Bureau):
    hostile = "<script>alert(1)</script>\" onfocus=x '{{7*7}}"
    lead = lead_of(bureau, name=hostile)
    browser = bureau.signed_in()
    for path in ("/desk/", f"/desk/leads/{lead.reference}"):
        page = browser.get(path)
        assert "<script>alert" not in page and '" onfocus' not in page and "49" not in words(page)[:200]


def test_a_header_cannot_be_put_in_by_an_address(bureau: Bureau):
    browser = bureau.signed_in()
    response = browser.ask("GET", "/desk/leads/L-2026-0001%0d%0aSet-Cookie:%20a=b")
    assert "a=b" not in str(response.headers)
    assert response.status_code == 404


def test_nothing_personal_stands_in_an_address_or_a_title(bureau: Bureau):
    lead = lead_of(bureau)
    browser = bureau.signed_in()
    browser.get("/desk/search")
    browser.post("/desk/search", {"text": "Zoë"})
    assert browser.location == "/desk/search"
    page = browser.follow()
    assert "Zoë de Vries" in words(page)
    for path in ("/desk/search", "/desk/", f"/desk/leads/{lead.reference}"):
        page = browser.get(path)
        said = [*re.findall(r"<title>(.*?)</title>", page), *re.findall(r'(?:href|action)="(/[^"]*)"', page)]
        assert not [each for each in said if "Zoë" in each or "Zo%" in each or "612345678" in each]


def test_each_page_that_shows_somebody_leaves_one_line_in_the_audit(bureau: Bureau):
    lead = lead_of(bureau)
    browser = bureau.signed_in()
    for path, action in (("/desk/", "leads listed"), (f"/desk/leads/{lead.reference}", "lead shown")):
        before = len(bureau.store.audit.entries(1000))
        browser.get(path)
        entries = bureau.store.audit.entries(1000)
        assert (len(entries) - before, entries[0].actor, entries[0].action) == (1, "Sanne", action)


# ------------------------------------------------------------------ sentences
def test_every_sentence_is_there_in_dutch_and_in_english_with_the_same_places():
    for words_of in sorted(WORDS.glob("*.yaml")):
        for name, said in read(words_of).items():
            assert {"nl", "en"} <= said.keys(), f"{words_of.name}: {name}"
            places = {frozenset(re.findall(r"{(\w+)}", str(said[language]))) for language in ("nl", "en")}
            assert len(places) == 1, f"{words_of.name}: {name}"


def test_a_centre_has_the_desk_in_its_own_language(tmp_path: Path):
    theirs = tmp_path / "knowledge" / "desk"
    theirs.mkdir(parents=True)
    (theirs / "today.yaml").write_text("title: {de: Heute}", "utf-8")
    german = sentences_in("de", tmp_path)
    assert german.say("today", "title") == "Heute"
    assert german.say("today", "refresh") == "Refresh"  # what they did not write is English


# ------------------------------------------------------------------ Vandaag
def claimed(bureau: Bureau, browser: Browser, user: str = "1") -> Lead:
    lead = lead_of(bureau, user, phone=f"+3161234567{user}")
    browser.get("/desk/")
    browser.post("/desk/", {"claim": lead.reference})
    return bureau.store.leads.get(lead.id)


def test_who_asked_for_a_person_stands_on_top_and_each_lead_once(bureau: Bureau):
    browser = bureau.signed_in()
    first, second = lead_of(bureau, "1", "Anna"), lead_of(bureau, "2", "Bea", phone="+31612345679")
    ask_for(bureau.store, second, "asked", bureau.now)
    page = browser.get("/desk/")
    assert page.index(second.reference) < page.index(first.reference)
    assert page.count(f'value="{first.reference}"><span') == 1
    assert "Vroeg om een mens (1)" in words(page) and "Nieuw (1)" in words(page)
    assert "Anna" not in browser.get("/desk/?tab=asked")


def test_a_call_is_three_presses_from_vandaag(bureau: Bureau):
    """The name (or "Noteer"), the outcome, save: then the list again, with a way back."""
    browser = bureau.signed_in()
    lead = claimed(bureau, browser)
    page = browser.get(f"/desk/leads/{lead.reference}")
    version = re.findall(r'name="version" value="(\d+)"', page)[0]
    fields = {"version": version, "outcome": "no_answer", "step": "proposed"}
    browser.post(f"/desk/leads/{lead.reference}/call", fields)
    assert browser.location == "/desk/"
    said = words(browser.follow())
    assert "geen gehoor. Volgende stap: bellen op" in said and "Maak ongedaan" in said
    assert bureau.store.leads.get(lead.id).attempts == 1
    browser.post(f"/desk/leads/{lead.reference}/undo")
    assert bureau.store.leads.get(lead.id).attempts == 0


def test_a_lead_of_a_colleague_is_not_changed(bureau: Bureau):
    lead = claimed(bureau, bureau.signed_in())
    mehmet = bureau.signed_in("Mehmet")
    mehmet.get(f"/desk/leads/{lead.reference}")
    page = mehmet.post(f"/desk/leads/{lead.reference}/call", {"outcome": "spoken", "step": "proposed"}, 422)
    assert "Sanne heeft" in words(page)
    assert bureau.store.leads.get(lead.id).attempts == 0


def test_what_somebody_changed_meanwhile_is_told_and_what_was_typed_stays(bureau: Bureau):
    sanne = bureau.signed_in()
    lead = claimed(bureau, sanne)
    page = sanne.get(f"/desk/leads/{lead.reference}")
    version = re.findall(r'name="version" value="(\d+)"', page)[0]
    coby = bureau.signed_in("Coby", Role.COORDINATOR)
    coby.get(f"/desk/leads/{lead.reference}")
    coby.post(f"/desk/leads/{lead.reference}/assign", {"to": "Coby", "version": version})
    coby.post(f"/desk/leads/{lead.reference}/assign", {"to": "Sanne"}, 303)
    day = (MONDAY + timedelta(days=7)).date().isoformat()
    fields = {"version": version, "outcome": "spoken", "step": "own", "day": day, "note": "Belt liever na vijf."}
    page = sanne.post(f"/desk/leads/{lead.reference}/call", fields, 409)
    assert "Iemand was je voor" in words(page) and "Belt liever na vijf." in page
    fresh = re.findall(r'name="version" value="(\d+)"', page)[0]
    sanne.post(f"/desk/leads/{lead.reference}/call", {**fields, "version": fresh})
    assert bureau.store.leads.get(lead.id).status is Status.TALKING


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"step": "proposed"}, "Kies hoe het gesprek ging"),
        ({"outcome": "spoken", "step": "own"}, "Dit is geen dag die er is"),
        ({"outcome": "spoken", "step": "own", "day": "2026-11-30", "time": "half drie"}, "Dit is geen tijd"),
        ({"outcome": "spoken", "step": "own", "day": "2026-01-01"}, "niet in de toekomst"),
        ({"outcome": "spoken", "step": "own", "day": "2027-11-30"}, "bewaartermijn"),
        ({"outcome": "spoken", "note": "bsn 111222333", "step": "proposed"}, "BSN"),
        ({"outcome": "nonsense", "step": "proposed"}, "Kies hoe het gesprek ging"),
    ],
)
def test_a_form_that_cannot_be_kept_says_why_and_keeps_what_was_typed(
    bureau: Bureau, fields: dict[str, str], said: str
):
    browser = bureau.signed_in()
    lead = claimed(bureau, browser)
    browser.get(f"/desk/leads/{lead.reference}")
    page = browser.post(f"/desk/leads/{lead.reference}/call", {"note": "Een notitie", **fields}, 422)
    assert said in words(page) and "<title>Fout:" in page
    assert fields.get("note", "Een notitie") in page
    assert bureau.store.leads.get(lead.id).attempts == 0


def test_many_leads_are_taken_given_and_put_off_at_once(bureau: Bureau):
    browser = bureau.signed_in()
    bureau.member("Nadia")
    leads = [lead_of(bureau, str(each), phone=f"+3161234567{each}") for each in range(3)]
    numbers = [each.reference for each in leads]
    browser.get("/desk/")
    browser.post("/desk/", {"lead": numbers, "do": "claim"})
    assert "3 leads zijn gedaan" in words(browser.follow())
    browser.post("/desk/", {"lead": numbers[:1], "do": "assign", "to": "Nadia"})
    page = browser.follow()
    assert "1 lead is gedaan" in words(page)
    browser.post("/desk/", {"lead": numbers, "do": "snooze", "until": "2026-12-01"})
    page = words(browser.follow())
    assert "2 leads zijn gedaan" in page and "Nadia heeft" in page
    assert "Kies eerst" in words(browser.post("/desk/", {"do": "claim"}, 422))
    assert "Kies een collega" in words(browser.post("/desk/", {"lead": numbers, "do": "assign"}, 422))


def test_a_reader_sees_no_contact_and_no_button(bureau: Bureau):
    lead = lead_of(bureau)
    page = bureau.signed_in("Lena", Role.READER).get("/desk/")
    assert lead.reference in page
    assert not re.search(r"Zoë|0612|06 12|zoe@|Oppakken|Noteer|/desk/leads/", page)


def test_a_note_is_struck_out_and_can_be_read_as_such(bureau: Bureau):
    browser = bureau.signed_in()
    lead = claimed(bureau, browser)
    browser.get(f"/desk/leads/{lead.reference}")
    browser.post(f"/desk/leads/{lead.reference}/note", {"text": "Wil naar Zeist."})
    browser.follow()
    browser.post(f"/desk/leads/{lead.reference}/strike", {"number": "1"})
    assert "<del>Wil naar Zeist.</del>" in browser.follow()


def test_contact_is_corrected_and_a_wrong_number_is_refused(bureau: Bureau):
    browser = bureau.signed_in()
    lead = claimed(bureau, browser)
    browser.get(f"/desk/leads/{lead.reference}")
    contact = {"name": "Zoë", "phone": "06 87654321", "email": "", "wish": "Na 17:00"}
    page = browser.post(f"/desk/leads/{lead.reference}/correct", {**contact, "phone": "06 1"}, 422)
    assert "geen telefoonnummer" in words(page)
    browser.post(f"/desk/leads/{lead.reference}/correct", contact)
    assert bureau.store.leads.get(lead.id).contact["phone"] == "+31687654321"


def test_closing_with_a_result_and_opening_again_as_it_was(bureau: Bureau):
    browser = bureau.signed_in()
    lead = claimed(bureau, browser)
    browser.get(f"/desk/leads/{lead.reference}")
    assert "Kies waarom" in words(browser.post(f"/desk/leads/{lead.reference}/close", {}, 422))
    fields = {"reason": "enrolled", "result": "signed_up", "programme": "mbo-zorg"}
    browser.post(f"/desk/leads/{lead.reference}/close", fields)
    assert "gesloten" in words(browser.follow())
    assert bureau.store.leads.get(lead.id).outcome == "signed_up"
    browser.post(f"/desk/leads/{lead.reference}/reopen")
    again = bureau.store.leads.get(lead.id)
    assert (again.status, again.assignee) == (lead.status, "Sanne")


def test_who_erases_types_the_number(bureau: Bureau):
    lead = lead_of(bureau)
    admin = bureau.signed_in("Joke", Role.ADMIN)
    admin.get("/desk/search")
    admin.post("/desk/search", {"text": "Zoë de Vries"})
    admin.get(f"/desk/leads/{lead.reference}")
    admin.post(f"/desk/leads/{lead.reference}/forget", {"number": "L-2026-9999"}, 422)
    admin.post(f"/desk/leads/{lead.reference}/forget", {"number": lead.reference.lower()})
    assert "Gewist" in words(admin.follow())
    admin.get(f"/desk/leads/{lead.reference}", 410)
    assert "Zoë" not in admin.get("/desk/search")  # nor does a session remember whom somebody looked for


# ------------------------------------------------------------------ Zoek
@pytest.mark.parametrize("text", ["zoë", "vries", "0612345678", "+31 6 12345678", "zoe@example.nl", "1"])
def test_somebody_is_found_by_what_they_say(bureau: Bureau, text: str):
    lead = lead_of(bureau)
    browser = bureau.signed_in()
    browser.get("/desk/search")
    browser.post("/desk/search", {"text": text})
    assert lead.reference in browser.follow()
    searched = next(entry for entry in bureau.store.audit.entries(20) if entry.action == "leads searched")
    assert (searched.object, searched.detail) == (None, {"count": 1})  # and never what was typed


# ------------------------------------------------------------------ a lead by hand, and the team
CLIENT = {"name": "Karin", "phone": "06 11112222", "wish": "lasser", "place": "Utrecht", "language": "nl"}


def test_a_lead_by_hand_needs_a_yes_to_what_was_read_out(bureau: Bureau):
    browser = bureau.signed_in()
    assert "adviseur" in words(browser.get("/desk/walk-in"))
    page = browser.post("/desk/walk-in", CLIENT, 422)
    assert "Zonder een ja" in words(page) and 'value="Karin"' in page
    browser.post("/desk/walk-in", {**CLIENT, "agreed": ["contact"]})
    page = browser.follow()
    assert "Karin" in words(page) and "van mij" in words(page)


def test_the_text_to_read_out_is_there_in_the_language_of_the_client(bureau: Bureau):
    browser = bureau.signed_in()
    dutch = browser.get("/desk/walk-in")
    english = browser.post("/desk/walk-in", {**CLIENT, "language": "en", "other_language": "yes"}, 200)
    assert 'lang="en"' in english and 'lang="nl">' in dutch
    assert 'value="Karin"' in english  # what was typed stays


def test_who_leaves_hands_over_first_and_is_out_at_once(bureau: Bureau):
    sanne = bureau.signed_in()
    lead = claimed(bureau, sanne)
    bureau.member("Nadia")
    coby = bureau.signed_in("Coby", Role.COORDINATOR)
    coby.get("/desk/team")
    assert "nog 1 open leads" in words(coby.post("/desk/team/leave", {"name": "Sanne", "sure": "yes"}, 422))
    coby.post("/desk/team/leave", {"name": "Sanne", "sure": "yes", "to": "Nadia"})
    assert bureau.store.leads.get(lead.id).assignee == "Nadia"
    sanne.get("/desk/", 303)
    assert bureau.store.accounts.of(bureau.store.team.all()[-1].id) is None


def test_nobody_gives_a_role_above_their_own(bureau: Bureau):
    coby = bureau.signed_in("Coby", Role.COORDINATOR)
    bureau.member("Joke", Role.ADMIN)
    coby.get("/desk/team")
    coby.post("/desk/team/add", {"name": "Coby", "role": "admin"}, 403)
    coby.post("/desk/team/add", {"name": "Joke", "role": "reader"}, 403)
    coby.post("/desk/team/invite", {"name": "Joke"}, 403)
    coby.post("/desk/team/leave", {"name": "Joke", "sure": "yes"}, 403)
    coby.post("/desk/team/add", {"name": "Nieuw", "role": "adviser", "team": "Lekstroom"})
    assert bureau.store.team.named("Nieuw").team == "Lekstroom"
    assert bureau.store.team.named("Coby").role is Role.COORDINATOR


def test_the_link_of_an_invitation_is_shown_once_to_who_made_it(bureau: Bureau):
    joke = bureau.signed_in("Joke", Role.ADMIN)
    bureau.member("Nadia")
    joke.get("/desk/team")
    joke.post("/desk/team/invite", {"name": "Nadia"})
    link = re.findall(r"(/desk/invitation/[\w-]+)", joke.follow())[0]
    assert "/desk/invitation/" not in joke.get("/desk/team")
    assert "Welkom, Nadia" in words(bureau.browser().get(link))


def test_who_stands_in_sees_and_records_the_calls_of_who_is_away(bureau: Bureau):
    lead = claimed(bureau, bureau.signed_in())
    nadia = bureau.signed_in("Nadia")
    coby = bureau.signed_in("Coby", Role.COORDINATOR)
    coby.get("/desk/team")
    days = {"since": MONDAY.date().isoformat(), "until": (MONDAY + timedelta(days=4)).date().isoformat()}
    coby.post("/desk/team/absence", {"name": "Sanne", **days, "substitute": "Nadia"})
    assert "Nadia vervangt" in words(coby.follow())
    nadia.get(f"/desk/leads/{lead.reference}")
    nadia.post(f"/desk/leads/{lead.reference}/call", {"outcome": "spoken", "step": "proposed"})
    assert bureau.store.leads.get(lead.id).status is Status.TALKING
