"""The blueprint that this room's pages share."""

from flask import Blueprint

blueprint = Blueprint("publication", __name__)
