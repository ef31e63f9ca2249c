"""Properties are tried as often on a busy machine as on an idle one: no example fails for being slow."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
