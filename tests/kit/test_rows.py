"""Rows written many at a time."""

import pytest
from flask import Flask
from sqlalchemy import Table

from oversight.casework.models import Party
from oversight.kit.rows import insert_rows


@pytest.mark.one_database
def test_nothing_is_left_to_a_default_that_only_models_know(context: Flask) -> None:
    table = Party.__table__
    assert isinstance(table, Table)
    with pytest.raises(TypeError, match="anonymous"):
        insert_rows(table, [{"kind": "witness", "ordinal": 1}])
