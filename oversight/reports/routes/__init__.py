"""The pages of reports: editions and their figures for everyone, and the desk where they are made."""

from oversight.reports.routes import desk, draft, edition, public, statistics
from oversight.reports.routes.blueprint import blueprint

__all__ = ["blueprint", "desk", "draft", "edition", "public", "statistics"]
