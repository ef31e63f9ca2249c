"""The triggers by which the database itself keeps the ledger append-only, and which of them are gone."""

from sqlalchemy import text
from sqlalchemy.orm import Session

TABLES = ("ledger_entry", "ledger_words", "ledger_destruction", "ledger_head")
EVENTS = {"sqlite": ("update", "delete", "replace"), "postgresql": ("update", "delete", "truncate")}

STANDING = {
    "sqlite": text("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"),
    "postgresql": text(
        "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)"
    ),
}
"""Tables and names of the triggers that are there and switched on."""


def triggers_gone(session: Session) -> list[str]:
    """The names of those that no longer stand. It is by name alone: what one does is not looked into."""
    dialect = session.get_bind().dialect.name
    standing = {(table, name) for table, name in session.execute(STANDING[dialect])}
    wanted = [(table, f"{table}_no_{event}") for table in TABLES for event in EVENTS[dialect]]
    return [name for table, name in wanted if (table, name) not in standing]
