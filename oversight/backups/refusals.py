"""Why a backup is not made, or not restored: each says what to do about it."""


class CannotBackUp(Exception):
    """No backup was made, and nothing was left behind that could be taken for one."""


class CannotRestore(Exception):
    """Nothing was restored, and the office stands as it stood."""
