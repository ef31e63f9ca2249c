"""What Alembic runs for every command. `oversight.kit.migrations` hands over the connection, inside the
transaction that all migrations share.

There is no way down: a ledger that could be taken back would be none. The way back is a backup.
"""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import TypeDecorator


def in_plain_types(kind: str, thing: Any, _: AutogenContext) -> str | Literal[False]:
    """Migrations outlive the code: they name SQLAlchemy's own types, never ours built upon them."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl_instance!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes["metadata"],
    compare_server_default=True,
    render_as_batch=True,
    render_item=in_plain_types,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
