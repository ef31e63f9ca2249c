"""One table of a mapping file: its keys are asked for one by one, and what nobody asks for is a problem."""

from typing import Any

from oversight.importing.mapping.problems import Problems


class Table:
    """A TOML table that is being read. Whatever has the wrong shape is noted and read as if absent."""

    def __init__(self, raw: Any, where: str, problems: Problems) -> None:
        self.where = where
        self.problems = problems
        self._raw: dict[str, Any] = raw if isinstance(raw, dict) else {}
        self._asked: set[str] = set()
        if not isinstance(raw, dict):
            problems.add(where, "this has to be a table of keys and values.")

    def __contains__(self, key: str) -> bool:
        self._asked.add(key)
        return key in self._raw

    def raw(self, key: str) -> Any:
        """Return whatever stands there, None where nothing does."""
        self._asked.add(key)
        return self._raw.get(key)

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """Return a word in quotes."""
        value = self.raw(key)
        if isinstance(value, str) and (value or not required):
            return value
        if value is None and required:
            self.problems.add(self.where, f"“{key}” is missing.")
        elif value is not None:
            self.problems.add(f"{self.where} {key}".strip(), "this has to be a word in quotes.")
        return default

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self.raw(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.problems.add(f"{self.where} {key}".strip(), "this has to be true or false, without quotes.")
        return default

    def words(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return a list of words in quotes; one word alone counts as a list of one."""
        value = self.raw(key)
        if value is None:
            return default
        listed = [value] if isinstance(value, str) else value
        if isinstance(listed, list) and all(isinstance(each, str) for each in listed):
            return tuple(listed)
        self.problems.add(f"{self.where} {key}".strip(), "this has to be a list of words in quotes.")
        return default

    def tables(self, key: str) -> list["Table"]:
        """Return the tables of a repeated section such as [[person]], numbered where there are several."""
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.problems.add(
                f"[{key}]", f"write it in double brackets, [[{key}]]: it may stand several times."
            )
            return []
        names = [f"[[{key}]]"] if len(value) == 1 else [f"[[{key}]] no. {n}" for n, _ in enumerate(value, 1)]
        return [Table(raw, name, self.problems) for raw, name in zip(value, names, strict=True)]

    def done(self) -> None:
        """Note every key that means nothing here, with the nearest one that does."""
        for key in self._raw:
            if key not in self._asked:
                self.problems.unknown(self.where, f"“{key}” means nothing here", self._asked, key)
