"""The kit's tests run on the bare app."""

from tests.bare_app import app, context

__all__ = ["app", "context"]
