"""The front room by itself: its pages, its errors, and bare doors where it links to other rooms."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from flask_wtf import CSRFProtect

from oversight.front.errors import show_error_pages
from oversight.front.routes import blueprint
from oversight.keys import new_sealing_keys
from oversight.kit import db as database
from oversight.kit import i18n, pages
from oversight.kit.db import db
from oversight.rules.rulebook import Office
from oversight.settings import Settings

OFFICE = Office(
    name="Office of Plain Answers",
    service="Testville Police Service",
    phone="403-555-0142",
    email="help@office.example",
    address="1 Main Street",
    hours="",
    emergency="911",
)
DOORS = {
    "intake": ("before_you_start", "status"),
    "publication": ("outcomes",),
    "reports": ("statistics", "editions"),
    "security": ("login", "logout"),
}


def door(room: str) -> Blueprint:
    """A stand-in for another room, with pages that say nothing."""
    blueprint = Blueprint(room, __name__, url_prefix=f"/{room}")
    for page in DOORS[room]:
        blueprint.add_url_rule(f"/{page}", page, str, methods=["GET", "POST"])
    return blueprint


@pytest.fixture
def demo() -> bool:
    """Whether the app is a demonstration; a test that cares overrides it."""
    return False


@pytest.fixture
def app(tmp_path: Path, demo: bool) -> Iterator[Flask]:
    """An app of this room alone, guarded against forged forms like the real one."""
    root = Path(__file__).parents[2] / "oversight"
    app = Flask("oversight", root_path=str(root), template_folder=str(pages.template_folder()))
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/office.sqlite",
        data_dir=tmp_path,
        secret_key="k" * 40,
        sealing_keys=new_sealing_keys(),
        demo=demo,
    )
    app.config["SETTINGS"] = settings
    pages.init_app(app, settings)
    database.init_app(app, settings.database_url)
    i18n.init_app(app)
    CSRFProtect(app)
    for each in (blueprint, *map(door, DOORS)):
        app.register_blueprint(each)
    show_error_pages(app)
    app.context_processor(lambda: {"office": OFFICE, "demo": demo})
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a screen."""
    return app.test_client()
