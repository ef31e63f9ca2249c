"""What the database itself forbids: changing or removing what the ledger holds.

A migration that touches these tables must run `create_triggers` again: Alembic's batch mode drops them
without a word.
"""

from sqlalchemy import Connection

APPEND_ONLY = ("ledger_entry", "ledger_destruction")
TABLES = (*APPEND_ONLY, "ledger_words", "ledger_head")
NOT_DESTROYED = "NOT EXISTS (SELECT 1 FROM ledger_destruction WHERE words_number = OLD.number)"
GOES_BACK = "NEW.number <= OLD.number OR NEW.id <> OLD.id"
FORBIDDEN = (
    *((table, "UPDATE", "TRUE") for table in (*APPEND_ONLY, "ledger_words")),
    *((table, "DELETE", "TRUE") for table in (*APPEND_ONLY, "ledger_head")),
    ("ledger_words", "DELETE", NOT_DESTROYED),
    ("ledger_head", "UPDATE", GOES_BACK),
)
"""Table, event, and the condition under which the event is refused."""

KEYS = {
    "ledger_entry": "number",
    "ledger_words": "number",
    "ledger_destruction": "words_number",
    "ledger_head": "id",
}

SEED_HEAD = (
    "INSERT INTO ledger_head (id, number, hash) VALUES "
    "(1, 0, '0000000000000000000000000000000000000000000000000000000000000000')"
)
"""The head of an empty chain: what stands before the first entry."""


def create_triggers(dialect: str) -> list[str]:
    """The statements that make the ledger append-only on `sqlite` or `postgresql`."""
    return _for_sqlite() if dialect == "sqlite" else _for_postgresql()


def install(connection: Connection) -> None:
    """Begin an empty ledger: its triggers and the head of its chain."""
    for statement in (*create_triggers(connection.dialect.name), SEED_HEAD):
        connection.exec_driver_sql(statement)


def _name(table: str, event: str) -> str:
    return f"{table}_no_{event.lower()}"


def _refusal(table: str, event: str) -> str:
    return f"{table} is append-only: {event} refused"


def _for_sqlite() -> list[str]:
    forbidden = [
        f"CREATE TRIGGER {_name(table, event)} BEFORE {event} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{_refusal(table, event)}'); END"
        for table, event, condition in FORBIDDEN
    ]
    # INSERT OR REPLACE deletes without a DELETE trigger unless the connection asked for recursive triggers.
    replacing = [
        f"CREATE TRIGGER {_name(table, 'REPLACE')} BEFORE INSERT ON {table} "  # noqa: S608 (our own names)
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
        f"BEGIN SELECT RAISE(ABORT, '{_refusal(table, 'REPLACE')}'); END"
        for table, key in KEYS.items()
    ]
    return [*forbidden, *replacing]


def _for_postgresql() -> list[str]:
    refuse = (
        "CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only: ' || TG_OP || ' refused'; "
        "END $$"
    )
    # A trigger's WHEN may not look into another table, so this one condition has a function of its own.
    words_keep = (
        "CREATE FUNCTION ledger_words_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {NOT_DESTROYED} THEN "
        "RAISE EXCEPTION 'ledger_words is append-only: DELETE refused'; END IF; "
        "RETURN OLD; END $$"
    )
    keep = "EXECUTE FUNCTION ledger_words_keep()"
    forbidden = [
        f"CREATE TRIGGER {_name(table, event)} BEFORE {event} ON {table} FOR EACH ROW "
        + (keep if condition is NOT_DESTROYED else f"WHEN ({condition}) EXECUTE FUNCTION ledger_refuse()")
        for table, event, condition in FORBIDDEN
    ]
    truncating = [
        f"CREATE TRIGGER {_name(table, 'TRUNCATE')} BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
        for table in TABLES
    ]
    return [refuse, words_keep, *forbidden, *truncating]
