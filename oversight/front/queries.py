"""What the health page asks."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from oversight.kit.db import session


def database_answers() -> bool:
    """Whether the database can be asked anything at all."""
    try:
        session().execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True
