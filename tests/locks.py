"""What must stay as it is until a transaction is through: whether somebody else could change it meanwhile."""

import uuid
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from oversight.kit.db import db

WAITING_FOR_NOBODY = {"postgresql": "SET lock_timeout = '1ms'", "sqlite": "PRAGMA busy_timeout = 0"}


def another_could_change(model: Any, row_id: uuid.UUID) -> bool:
    """Whether someone else, on a connection of their own, could write to that row at this moment."""
    with db.engine.connect() as other:
        other.detach()  # it is of no use to anyone else now
        other.exec_driver_sql(WAITING_FOR_NOBODY[other.dialect.name])
        try:
            # To a row without anything new in it: PostgreSQL locks it as for a change of what is no key.
            other.execute(update(model).where(model.id == row_id).values(id=model.id))
        except OperationalError:
            return False
        return True
