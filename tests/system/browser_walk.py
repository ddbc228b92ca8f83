"""Chromium on the real gateway, for one walk at a time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Error, Page, Route, expect, sync_playwright

from tests.browser.conftest import MISSING, PATIENCE_MS, _launch
from tests.browser.widget_page import WidgetPage

Walk = Callable[[WidgetPage], None]


def walk_in_browser(url: str, walk: Walk) -> None:
    """Runs the walk on a fresh page, in a thread of its own: tests/browser keeps Playwright in the main one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(_walk, url, walk).result()


def _walk(url: str, walk: Walk) -> None:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        try:
            browser = _launch(playwright)
        except Error as error:
            if "Executable doesn't exist" not in str(error):
                raise
            pytest.skip(MISSING)
        context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="sv-SE", base_url=url)
        page = context.new_page()
        faults = _watched(page, url)
        walk(WidgetPage(page))
        browser.close()
    assert faults == []


def _watched(page: Page, url: str) -> list[str]:
    """Collects requests to elsewhere, script faults and violations of the page's own policy."""
    faults: list[str] = []

    def only_the_gateway(route: Route) -> None:
        if route.request.url.startswith(url):
            route.continue_()
        else:
            faults.append(f"request to {route.request.url}")
            route.abort()

    page.route("**/*", only_the_gateway)
    page.on("pageerror", lambda error: faults.append(f"script fault: {error}"))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    return faults
