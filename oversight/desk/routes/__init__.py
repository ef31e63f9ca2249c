"""The desk's pages, one module for each part of the work."""

from oversight.desk.routes.blueprint import blueprint

__all__ = ["blueprint"]
