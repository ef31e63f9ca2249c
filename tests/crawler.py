"""Goes everywhere one person can: along links and forms that ask, and to every address one could guess."""

from collections import Counter, deque
from collections.abc import Iterator
from itertools import product
from urllib.parse import urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect, Rule
from werkzeug.test import TestResponse

from tests.busy_office import BusyOffice
from tests.webpages import read

SITE = "http://localhost"
LEADING_AWAY = frozenset({"front.elsewhere"})
"""Pages that make a browser forget who it is."""

FEW = {
    "name": ("words", "begin_assessment", "hold", "correct"),
    "slug": ("your-words",),
    "token": ("none",),
    "period": ("2014-H1", "2014"),
    "part": ("docket", "found", "race", "overdue"),
    "table": ("found", "unprintable"),
    "edition_number": (1,),
    "lang": ("en", "fr"),
}
"""Values for what an address may name beside files, people and outcomes."""


def crawl(
    app: Flask, there: BusyOffice, client: FlaskClient, *, often: int = 14
) -> Iterator[tuple[str, TestResponse]]:
    """Every page this client gets, with its path; pages that refuse are pages too.

    `often` is how many pages of one sort are enough: about different files in different states.
    """
    waiting = deque(["/", "/account/home", *guesses(app, there)])
    seen: set[str] = set()
    visits: Counter[str] = Counter()
    while waiting:
        path = waiting.popleft()
        endpoint = endpoint_at(app, path)
        if path in seen or endpoint in LEADING_AWAY or visits[endpoint] == often:
            continue
        seen.add(path)
        visits[endpoint] += 1
        answer = client.get(path)
        yield path, answer
        waiting.extend(leads(answer, path))


def leads(answer: TestResponse, path: str) -> list[str]:
    """The addresses of this site that a page names: where it sends one, its links, its forms that ask."""
    found = [answer.location] if answer.location else []
    if answer.mimetype == "text/html":
        page = read(answer.text, path)
        found += page.links
        # Each choice alone: all of them together would be pages without end.
        asking = [] if "?" in path else [form for form in page.forms if form.method == "get"]
        found += [address for form in asking for address in form.variants()]
    return [own for each in found if (own := own_address(each, path))]


def own_address(address: str, path: str) -> str:
    """An address as a path of this site; empty for a place elsewhere."""
    parts = urlsplit(urljoin(SITE + path, address))
    if f"{parts.scheme}://{parts.netloc}" != SITE:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def endpoint_at(app: Flask, path: str, method: str = "GET") -> str:
    """Which endpoint answers there; empty where none does."""
    try:
        endpoint, _ = app.url_map.bind("localhost").match(urlsplit(path).path, method)
    except (RequestRedirect, HTTPException):
        return ""
    return str(endpoint)


def guesses(app: Flask, there: BusyOffice) -> Iterator[str]:
    """Every address anyone could make up who knew all numbers, references and ids of the office."""
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static":
            yield from guesses_at(rule, there)


def guesses_at(rule: Rule, there: BusyOffice) -> Iterator[str]:
    """The addresses of one rule: for each file its own ids, else every value there is."""
    build = rule.map.bind("localhost").build if rule.map else None
    assert build is not None
    per_file = [argument for argument in rule.arguments if argument in there.ids]
    for key, number in there.numbers.items() if "number" in rule.arguments else [("", "")]:
        values = {"number": [number], "reference": list(there.references.values()), **FEW}
        values |= {name: [there.ids[name][key]] for name in per_file if key in there.ids[name]}
        values |= {name: list(there.ids[name].values()) for name in per_file if not key}
        if all(argument in values for argument in rule.arguments):
            names = sorted(rule.arguments)
            for chosen in product(*(values[name] for name in names)):
                yield build(rule.endpoint, dict(zip(names, chosen, strict=True)))
