"""What a WSGI server opens: `gunicorn wsgi:app`."""

from oversight.app import create_app
from oversight.kit import logs
from oversight.settings import Settings

settings = Settings.from_env()
logs.begin(settings)
app = create_app(settings)
