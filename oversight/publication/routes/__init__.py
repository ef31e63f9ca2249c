"""The pages of published outcomes: the public's, the desk's, and those of one summary."""

from oversight.publication.routes import desk, outcome, public
from oversight.publication.routes.blueprint import blueprint

__all__ = ["blueprint", "desk", "outcome", "public"]
