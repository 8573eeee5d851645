"""Values know their place, states are codes, and an update is one of its channel"""

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import context, op

revision = "0004"
down_revision = "0003"

BATCH = 500
MARK = "seals.value data"

STATUS = {
    "nieuw": "new",
    "opgepakt": "claimed",
    "contact_gezocht": "tried",
    "in_gesprek": "talking",
    "afgerond": "done",
    "vervallen": "lapsed",
}
CLOSE_REASON = {
    "aangemeld_voor_opleiding": "enrolled",
    "regeling_aangevraagd": "funded",
    "doorverwezen": "referred",
    "geen_gehoor": "unreached",
    "zelf_verder": "on_their_own",
    "dubbel": "duplicate",
    "ingetrokken": "withdrawn",
    "gewist": "erased",
    "termijn_voorbij": "expired",
}
OUTCOME = {"geen_gehoor": "no_answer", "voicemail": "voicemail", "gesproken": "spoken"}
NEXT_STEP = {"bellen": "call", "mailen": "mail", "afsluiten?": "close"}
ROLE = {"lezer": "reader", "adviseur": "adviser", "coordinator": "coordinator", "beheerder": "admin"}

# Which column of which table is sealed, and by which columns the row is known. As it was when this was written.
SEALED = {
    "outbox": (("payload",), ("conversation_id", "channel")),
    "conversations": (("private",), ("channel", "person")),
    "staff": (("private",), ("name",)),
    "leads": (("source", "contact", "answers", "advice", "next_action"), ("reference",)),
    "lead_notes": (("text",), ("lead_id", "author")),
    "unanswered": (("text",), ("conversation_id",)),
}


def upgrade() -> None:
    keys = context.config.attributes["keys"]  # of `bot.store.schema.config`; None for a database without any
    with op.batch_alter_table("inbox") as inbox:
        inbox.add_column(sa.Column("channel", sa.String(length=16), nullable=False, server_default="telegram"))
        inbox.drop_constraint("uq_inbox_update_id", type_="unique")
        inbox.alter_column(
            "update_id",
            existing_type=sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            type_=sa.String(length=64),
            existing_nullable=False,
            postgresql_using="update_id::varchar",
        )
        inbox.create_unique_constraint("uq_inbox_channel_update_id", ["channel", "update_id"])
    with op.batch_alter_table("inbox") as inbox:
        inbox.alter_column("channel", existing_type=sa.String(length=16), server_default=None)
    _recode(back=False)
    if keys is None:
        return

    def seal(sealed: str, place: str) -> str:
        plain = _with_codes(place, json.loads(keys.fernet.decrypt(sealed)))
        return str(keys.seal(json.dumps(plain, separators=(",", ":")).encode("ascii"), place))

    _reseal(seal)
    _mark(lambda: keys.seal(b"Overstap", MARK))
    _write_anew()


def downgrade() -> None:
    keys = context.config.attributes["keys"]
    db = op.get_bind()
    # What other channels brought has no number.
    db.execute(sa.text("DELETE FROM inbox WHERE channel <> 'telegram'"))
    with op.batch_alter_table("inbox") as inbox:
        inbox.drop_constraint("uq_inbox_channel_update_id", type_="unique")
        inbox.drop_column("channel")
        inbox.alter_column(
            "update_id",
            existing_type=sa.String(length=64),
            type_=sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            existing_nullable=False,
            postgresql_using="update_id::bigint",
        )
        inbox.create_unique_constraint("uq_inbox_update_id", ["update_id"])
    _recode(back=True)
    if keys is None:
        return

    def seal(sealed: str, place: str) -> str:
        plain = _with_words(place, json.loads(keys.unseal(sealed, place)))
        return str(keys.fernet.encrypt(json.dumps(plain, separators=(",", ":")).encode("ascii")).decode())

    _reseal(seal)
    _mark(lambda: keys.fernet.encrypt(b"Overstap").decode())


# ------------------------------------------------------------------ codes
def _recode(*, back: bool) -> None:
    """Dutch words that were states become codes, wherever they stand open."""
    db = op.get_bind()

    def turned(words: dict[str, str]) -> dict[str, str]:
        return {code: word for word, code in words.items()} if back else words

    for table, column, words in (
        ("leads", "status", STATUS),
        ("leads", "close_reason", CLOSE_REASON),
        ("staff", "role", ROLE),
    ):
        t = sa.table(table, sa.column(column))
        for old, new in turned(words).items():
            db.execute(sa.update(t).where(t.c[column] == old).values({column: new}))
    events = sa.table("lead_events", sa.column("id"), sa.column("kind"), sa.column("detail", sa.JSON()))
    for kind, name, words in (
        ("attempt", "outcome", OUTCOME),
        ("closed", "reason", CLOSE_REASON),
        ("erased", "reason", CLOSE_REASON),
    ):
        codes = turned(words)
        for row in db.execute(sa.select(events).where(events.c.kind == kind)).all():
            detail = {**row.detail, name: codes.get(row.detail.get(name), row.detail.get(name))}
            db.execute(sa.update(events).where(events.c.id == row.id).values(detail=detail))
    # "Since my last one" finds the same filter again.
    exports = sa.table("exports", sa.column("id"), sa.column("filter", sa.JSON()))
    codes = turned(STATUS)
    for row in db.execute(sa.select(exports)).all():
        if status := row.filter.get("status"):
            known = {**row.filter, "status": [codes.get(each, each) for each in status]}
            db.execute(sa.update(exports).where(exports.c.id == row.id).values(filter=known))


def _with_codes(place: str, value: Any) -> Any:
    """What was sealed, as it is kept from now on."""
    match place.partition(" ")[0]:
        case "leads.next_action":
            return NEXT_STEP.get(value, value)
        case "leads.answers":
            return {
                name: {"value": each["value"], "words": each["said"], "column": each["column"]}
                for name, each in value.items()
            }
        case _:
            return value  # a conversation reads what older versions wrote of it, and writes it anew


def _with_words(place: str, value: Any) -> Any:
    match place.partition(" ")[0]:
        case "leads.next_action":
            return {code: word for word, code in NEXT_STEP.items()}.get(value, value)
        case "leads.answers":
            return {
                name: {"value": each["value"], "said": each["words"], "column": each["column"]}
                for name, each in value.items()
            }
        case "conversations.private":
            state = value["state"]
            noted = state.pop("noted", {})
            if "contact_wish" in noted:
                state["answers"]["contact_wish"] = noted["contact_wish"]
            state["answers"] = {name: _as_list(each) for name, each in state["answers"].items()}
            if waiting := state.get("confirmation"):
                waiting["options"] = [_as_list(each) for each in waiting["options"]]
            return value
        case _:
            return value


def _as_list(answer: Any) -> Any:
    if isinstance(answer, list):
        return answer
    beside = [answer.get("cues", []), answer.get("message")]
    return [answer["words"], answer["value"], *(beside if any(beside) else ())]


# ------------------------------------------------------------------ seals
def _reseal(seal: Callable[[str, str], str]) -> None:
    db = op.get_bind()
    for name, (columns, row_of) in SEALED.items():
        table = sa.table(name, *map(sa.column, ("id", *columns, *row_of)))
        some = sa.or_(*(table.c[column].is_not(None) for column in columns))
        after = 0
        while True:
            page = sa.select(table).where(some, table.c.id > after).order_by(table.c.id).limit(BATCH)
            rows = db.execute(page).mappings().all()
            if not rows:
                break
            for row in rows:
                whose = " ".join("" if row[part] is None else str(row[part]) for part in row_of)
                fresh = {
                    column: seal(row[column], f"{name}.{column} {whose}")
                    for column in columns
                    if row[column] is not None
                }
                db.execute(sa.update(table).where(table.c.id == row["id"]).values(fresh))
            after = rows[-1]["id"]


def _mark(seal: Callable[[], str]) -> None:
    """The mark that only these keys can read, if it was left already."""
    seals = sa.table("seals", sa.column("name"), sa.column("value"))
    op.get_bind().execute(sa.update(seals).where(seals.c.name == "data").values(value=seal()))


def _write_anew() -> None:
    """Leave nothing of the older values in the files. SQLite overwrites what is deleted; see 0003 for PostgreSQL."""
    if op.get_bind().dialect.name == "postgresql":
        for table, column, size in (
            ("outbox", "channel", 16),
            ("conversations", "channel", 16),
            ("staff", "role", 12),
            ("leads", "language", 2),
            ("unanswered", "language", 2),
            ("lead_notes", "author", 80),
        ):
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar({size}) USING {column} || ''")
