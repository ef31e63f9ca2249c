"""Debian's Chromium, driven through Playwright, that lets no page reach elsewhere or break its own policy."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

NOT_WANTED = [
    # A window of the whole Chromium brings up two pages of its own besides the one asked for: half the work.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "SpareRendererForSitePerProcess",
    # Chromium heeds only the last list of these, so what Playwright's leaves out is said again.
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "AimEnabled",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
]
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--disable-features={','.join(NOT_WANTED)}",
]


class ChromiumMissing(Exception):
    """There is no browser to drive."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    program = shutil.which("chromium")
    if program is None:
        raise ChromiumMissing("Chromium is missing; install it: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        yield browser
        browser.close()


@contextmanager
def visit(browser: Browser, site: str, **manner: Any) -> Iterator[Page]:
    """A page of a visitor nobody knows; paths are the site's. Afterwards, nothing may have gone astray.

    `manner` is how they browse, as Playwright has it: `java_script_enabled=False`, `viewport={…}`.
    """
    astray: list[str] = []

    def watch_request(request: Request) -> None:
        if not request.url.startswith((f"{site}/", "data:")):
            astray.append(f"asked elsewhere: {request.url}")

    def watch_console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            astray.append(message.text)

    usual = {"locale": "en-CA", "timezone_id": "America/Edmonton"}
    with browser.new_context(base_url=site, **{**usual, **manner}) as context:
        context.on("request", watch_request)
        context.on("console", watch_console)
        page = context.new_page()
        yield page
    assert not astray, "\n".join(astray)
