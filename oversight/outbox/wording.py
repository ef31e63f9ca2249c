"""Puts a notice into words, in its reader's own language."""

from typing import Any

from flask import current_app
from flask_babel import gettext

from oversight.kit.i18n import in_language


def compose(template: str, subject: str, language: str, **context: Any) -> tuple[str, str]:
    """Return the subject and the body of a notice; `subject` is marked words, `template` a text template."""
    with in_language(language):
        body = current_app.jinja_env.get_template(template).render(
            public_url=current_app.config["SETTINGS"].public_url, **context
        )
        return gettext(subject), body
