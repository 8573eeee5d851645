"""The tables of a database, brought up to date by the migrations that travel with the package."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, Connection, Engine, MetaData, PrimaryKeyConstraint, String, Table, inspect, text

from bot.errors import BotError
from bot.store.encryption import keys_of
from bot.store.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = "0013"  # a test holds it to the migrations; asking Alembic would cost each start a third of a second


class NewerDatabase(BotError):
    """The database was made by a version of the program that came after this one."""


def config(db: Connection | None = None) -> "Config":
    """Alembic's settings, without an ini file. A migration that seals what is there finds the keys in them."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["connection"] = db
    settings.attributes["keys"] = keys_of(db.dialect) if db else None
    return settings


def current(db: Connection) -> str | None:
    """The version of the tables in a database; None when it is empty."""
    if not db.dialect.has_table(db, "alembic_version"):
        return None
    return db.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(engine: Engine, to: str = "head") -> bool:
    """Run the migrations that a database has not had; two processes that start at once do not do it twice. Gives
    whether there was anything to do; raises `NewerDatabase`.

    An empty database gets the newest tables at once. A test holds both ways to the same result.
    """
    with engine.connect() as db:
        if to == "head" and current(db) == NEWEST:
            return False
    with engine.begin() as db:
        bring(db, to)
    return True


def bring(db: Connection, to: str = "head") -> None:
    """Run the migrations in the open transaction of `db`; raises `NewerDatabase`."""
    if db.dialect.name == "postgresql":
        # Every row may have to be written anew, and another start may be at it.
        for wait in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
            db.exec_driver_sql(f"SET LOCAL {wait} = 0")
        db.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('overstap.schema'))")
    version = current(db)
    if to == "head" and version is None and not inspect(db).get_table_names():
        _create(db)
    elif version != NEWEST or to != "head":
        if version:
            check_known(version)
        from alembic import command  # 9 MB, and a tenth of a second

        command.upgrade(config(db), to)


def check_known(version: str) -> None:
    """Raise `NewerDatabase` for tables of a version that this release does not have: those of a later one."""
    if not any((MIGRATIONS / "versions").glob(f"{version}_*.py")):
        raise NewerDatabase(
            f"The database is of a newer version of Overstap: its tables are {version}, and this one knows {NEWEST}. "
            "Install the newer version again, or restore the backup that you made before the upgrade."
        )


def _create(db: Connection) -> None:
    metadata.create_all(db)
    key = PrimaryKeyConstraint("version_num", name="alembic_version_pkc")
    version = Table("alembic_version", MetaData(), Column("version_num", String(32)), key)
    version.create(db)
    db.execute(version.insert().values(version_num=NEWEST))
