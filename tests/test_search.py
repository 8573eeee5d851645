"""Leads are found by what somebody says on the phone, and nothing that they are found by can be read."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select
from stores import draft

from bot.privacy.erasure import erase
from bot.store import Address, Store
from bot.store.filing import Where, file
from bot.store.search import search_leads
from bot.store.tables import lead_terms

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
PEOPLE = (
    {"name": "Zoë de Vries", "phone": "+31612345678", "email": "zoe@example.nl"},
    {"name": "Jean-Luc Jansen", "phone": "+31302345678", "email": "jl.jansen@post.example"},
    {"name": "Zoltan Kovacs", "phone": "+36201234567", "company": "Kovács & Zonen BV"},
)


@pytest.fixture
def found(store: Store):
    for number, contact in enumerate(PEOPLE, start=1):
        with store.transaction():
            (person,) = store.conversations.load([Address("telegram", str(number))], at=NOON)
            file(store, person.id, "telegram", draft(contact=contact), Where(), content="c1", at=NOON)

    def search(text: str) -> list[int]:
        with store.reading() as db:
            return search_leads(db, text)

    return search


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("zoë", [1]),
        ("ZOE", [1]),
        ("zo", [3, 1]),
        ("z", []),
        ("vries zoe", [1]),
        ("zoe jansen", []),
        ("jean-luc", [2]),
        ("jean", [2]),
        ("luc jan", [2]),
        ("zonen", [3]),
        ("kovacs", [3]),
        ("06 12345678", [1]),
        ("06-12 34 56 78", [1]),
        ("+31 6 12345678", [1]),
        ("0031612345678", [1]),
        ("+31 (0)6 1234 5678", [1]),
        ("0612", []),
        ("06123", [1]),
        ("5678", [2, 1]),
        ("030 234", [2]),
        ("06 20 123", []),
        ("0036 20 123", [3]),
        ("zoe@example.nl", [1]),
        ("Zoe@Example.NL", [1]),
        ("zoe@", [1]),
        ("example.nl", []),
        ("jl.jansen", [2]),
        ("L-2026-0002", [2]),
        ("l-2026-2", [2]),
        ("2026-0002", [2]),
        ("2", [2]),
        ("L-2025-0002", []),
        ("4", []),
        ("", []),
        ("%", []),
        ("   ", []),
        ("x" * 5000, []),
    ],
)
def test_somebody_is_found_by_what_is_said_of_them(found, text: str, leads: list[int]):
    assert found(text) == leads


def test_who_was_erased_is_found_by_nothing(store: Store, found):
    erase(store, Address("telegram", "1"), NOON)
    assert [found(text) for text in ("zoe", "0612345678", "zoe@example.nl", "1")] == [[], [], [], []]
    with store.reading() as db:
        assert 1 not in db.execute(select(lead_terms.c.lead_id)).scalars().all()


def test_a_new_name_replaces_the_old_one(store: Store, found):
    with store.transaction():
        person = store.conversations.find(Address("telegram", "1"))
        assert person
        file(store, person.id, "telegram", draft(name="Noa Bakker"), Where(), content="c1", at=NOON)
    assert (found("vries"), found("noa")) == ([], [1])


def test_what_leads_are_found_by_is_made_where_it_is_missing(store: Store, found):
    with store.transaction() as db:
        db.execute(delete(lead_terms))
    assert found("zoë") == []
    store.search.complete()
    assert (found("zoë"), found("jansen"), found("kovacs")) == ([1], [2], [3])
