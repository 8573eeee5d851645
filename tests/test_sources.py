"""What the source documents and the dossier name is in the knowledge, as what it is, with its source."""

import re
from functools import cache
from pathlib import Path

import pytest
from libraries import plain_yaml, real_library

from bot.authoring.sourced import sourced
from bot.content.files import content_files
from bot.content.knowledge import Applicant, Audience, Knowledge, Programme, ProgrammeKind, ProgrammeStatus, Subsidy
from bot.recognisers.mentions import Mentions

ROOT = Path(__file__).parent.parent
DOSSIER = ROOT.parent / "shared" / "knowledge-dossier"
# Where the dossier read a copy or a preview: the page itself where it is proven to hold the same text, else our copy.
PAGES = {
    "seed:000_619a62daab63b697.txt": "https://u-techcommunity.nl/nieuws/u-tech-community-bestaat-3-jaar/",
    "seed:001_943b82318969a89c.txt": "https://www.europaomdehoek.nl/projecten/make-it-work-in-the-north",
    "seed:002_77a2af688f9246e6.txt": "https://www.techniektalent.nu/"
    "technet-utrecht-nieuwe-lokale-samenwerking-meer-leerlingen-techniek/",
    "seed:003_cffb2f503ad111cf.txt": "own:documents/hca-ict-regional-cooperation-2018",
    "seed:004_acee1c4dea2db5a4.txt": "own:documents/voortgangsbrief-utrecht-talent-alliantie-2022",
    "https://staging.duo.nl/particulier/levenlanglerenkrediet.jsp": "https://www.duo.nl/particulier/levenlanglerenkrediet.jsp",
    "https://ab2a25c4-5277-4f61-bef0-f09bc58acada.azurewebsites.net/kenniscentrum/nieuws/"
    "vraag-tot-28-november-de-subsidie-praktijkleren-derde-leerweg-aan": "own:documents/"
    "countus-praktijkleren-derde-leerweg-2025",
}
needs_dossier = pytest.mark.skipif(not DOSSIER.is_dir(), reason="the dossier ../shared/knowledge-dossier is not here")


def knowledge() -> Knowledge:
    """A library is of content without a mistake: there is none to look for here."""
    return real_library().content.knowledge


@cache
def names() -> Mentions:
    items: list[Programme | Subsidy] = [*knowledge().programmes.values(), *knowledge().subsidies.values()]
    return Mentions((name, item.id) for item in items for name in (item.name, *item.aliases))


# By source document, the initiatives that it names as people would type them, and where each must lead.
INITIATIVES = {
    "U-TECH community bestaat 3 jaar (000)": {
        "U-TECH community": "u-tech-community",
        "MKB Werkplaats Utrecht": "mkb-werkplaats-utrecht",
        "IT-Career Centre Utrecht": "iccu",
        "ICCU": "iccu",
        "Techgrounds": "techgrounds",
        "mbo-keuzedelen": "mbo-keuzedelen-rocmn",
        "Co-Teach Informatica": "co-teach-informatica",
        "REACT-EU": "react-eu",
        "RIF": "rif-mbo",
    },
    "Make IT Work in the North (001)": {
        "Make IT Work in the North": "make-it-work-in-the-north",
        "Make IT Work": "make-it-work-hva",
        "IT Academy Noord-Nederland": "it-academy-noord-nederland",
        "EFRO": "efro",
        "Europa om de hoek": "efro",
    },
    "TechNet Utrecht (002)": {
        "TechNet Utrecht": "technet-utrecht",
        "TechNet Woerden": "technet-utrecht",
        "Feest van de Techniek": "feest-van-de-techniek",
        "Gastlessen zo geregeld": "gastlessen-zo-geregeld",
        "Techniekpact": "techniekpact",
        "Girlsday": "girlsday",
        "Economic Board Utrecht": "economic-board-utrecht",
    },
    "Human Capital Agenda ICT (003)": {
        "Human Capital Agenda ICT": "human-capital-agenda-ict",
        "CSCMRA": "cscmra",
        "Bureau Matching": "cscmra-bureau-matching",
        "Smart Makers Education": "smart-makers-education",
        "Cloud Engineering Rotterdam": "cloud-engineering-rotterdam",
        "ICT Lab Utrecht": "ict-lab-utrecht",
        "Digital Competence Hub Utrecht": "digital-competence-hub-utrecht",
        "Scalda": "zeeland-vr-projecten",
        "HZ University of Applied Sciences": "zeeland-vr-projecten",
        "Damen Schelde Naval Shipbuilding": "zeeland-vr-projecten",
        "Regionaal Investeringsfonds mbo": "rif-mbo",
    },
    "Voortgangsbrief Utrecht Talent Alliantie (004)": {
        "Utrecht Talent Alliantie": "utrecht-talent-alliantie",
        "MKB-deal": "mkb-deal-utrecht-west",
        "TechnoHUB": "technohub-woerden",
        "MAKE Center": "make-center-nieuwegein",
        "MakerSpace": "makerspace-mijdrecht",
        "Servicepunt Techniek": "servicepunt-techniek-utrecht",
        "De Techniek Samen de Crisis Door": "servicepunt-techniek-utrecht",
        "praktijkverklaring": "praktijkverklaring",
        "regionaal mobiliteitsteam": "rmt",
        "Werkcentrum": "werkcentrum",
        "Katapult": "ngf-opschaling-pps",
        "KTC Zegveld": "katapult-gezonde-leefomgeving",
        "LLO-Katalysator": "ngf-llo-katalysator",
        "MaakJeStap": "maakjestap",
        "Regionaal Talentfonds": "regionaal-talentfonds-utrecht",
        "Impulsplannen": "impulsplannen-uta",
        "SLIM": "slim",
        "MKB!dee": "mkb-idee",
        "O&O-fonds": "oo-fonds-algemeen",
        "lerende aanpak": "lerende-aanpak-uta",
        "Aanvalsplan Techniek": "aanvalsplan-techniek",
        "Zorgversterkers": "zorgversterkers",
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("document", INITIATIVES)
def test_every_initiative_of_a_source_document_is_found_by_its_name(document: str) -> None:
    found = {name: names().read(name) for name in INITIATIVES[document]}
    assert {name: item for name, item in INITIATIVES[document].items() if item not in found[name]} == {}


PREVIEWS = re.compile(r"seed:|//(?:[\w.-]*\.)?(?:staging|preview|betawww|test|acc|localhost)[.:]|azurewebsites\.net")


def test_no_source_is_a_copy_under_its_name_here_or_a_preview_of_a_site() -> None:
    # In the text itself: what has ended, comments and tables count too.
    wrong = {path.name: found for path in content_files(ROOT) if (found := PREVIEWS.findall(path.read_text("utf-8")))}
    assert wrong == {}
    assert PREVIEWS.search("https://staging.duo.nl/x") and PREVIEWS.search("source: seed:000_6.txt")


def test_a_source_without_a_page_is_said_to_be_a_document_of_our_own() -> None:
    without = {one.source for one in sourced(knowledge()) if not one.source.startswith(("http://", "https://"))}
    assert without and all(source.startswith("own:") for source in without)


def test_a_network_a_hall_or_a_project_for_pupils_is_never_offered_as_retraining() -> None:
    for item in ("technet-utrecht", "ict-lab-utrecht", "cscmra", "mkb-werkplaats-utrecht", "smart-makers-education"):
        assert knowledge().programmes[item].kind is not ProgrammeKind.RETRAINING
        assert knowledge().programmes[item].audience is not Audience.ADULTS


def test_what_has_ended_says_what_came_instead_where_that_is_known() -> None:
    assert knowledge().programmes["make-it-work-in-the-north"].status is ProgrammeStatus.ENDED
    assert knowledge().subsidies["rmt"].replaced_by == ("werkcentrum",)


def test_who_can_only_ask_through_an_employer_is_told_so() -> None:
    only_others = [
        item
        for item in knowledge().subsidies.values()
        if not {Applicant.PERSON, Applicant.EMPLOYEE} & set(item.applicants) and item.status != "ended"
    ]
    assert len(only_others) > 20
    assert [item.id for item in only_others if item.must_say is None] == []


@pytest.mark.slow
@needs_dossier
@pytest.mark.parametrize("kind", ["programmes", "subsidies"])
def test_every_entry_of_the_dossier_keeps_its_id_its_status_and_its_sources(kind: str) -> None:
    ours = getattr(knowledge(), kind)
    corrections = plain_yaml(DOSSIER / "second" / "corrections.yaml")["corrections"]
    corrected = {word for one in corrections for word in one["target"].split()}
    for entry in plain_yaml(DOSSIER / f"{kind}.yaml"):
        item = ours[entry["id"]]
        assert item.status.value == entry["status"], entry["id"]
        read = {fact.source for fact in item.facts.values()} | {rule.source for rule in item.rules}
        # What was corrected may stand on newer pages only.
        assert (
            entry["id"] in corrected or {PAGES.get(fact["source"], fact["source"]) for fact in entry["facts"]} <= read
        ), entry["id"]
