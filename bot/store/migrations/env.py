"""How Alembic reaches the database: always over the connection that `bot.store.schema` gives it."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from bot.store.encryption import Encrypted
from bot.store.tables import Moment, metadata


def plain(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Write our own types as what they are in the database: a migration must not change when our code does."""
    match kind, item:
        case "type", Encrypted():
            return "sa.Text()"
        case "type", Moment():
            return "sa.DateTime(timezone=True)"
        case _:
            return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_item=plain,
    render_as_batch=True,  # SQLite changes a column by making the table again
    transactional_ddl=True,
)
context.run_migrations()
