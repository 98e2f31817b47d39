"""The GraphiQL page in a real browser that can reach no other host."""

from __future__ import annotations

import json

import pytest

from .chromium import Page

EDITORS = "document.querySelectorAll('.graphiql-container .monaco-editor[role=code]').length"
ANSWER = (
    "document.querySelector('.result-window .view-lines')?.innerText.replaceAll('\\u00a0', ' ')"
)
RUN = ".graphiql-execute-button"


@pytest.fixture
def ide(page: Page, site: str) -> Page:
    """The page, opened and ready."""
    opened(page, site)
    return page


def opened(page: Page, site: str) -> None:
    page.open(f"{site}/graphql")
    page.wait(f"{EDITORS} === 4")


def test_the_page_opens_without_other_hosts_or_complaints(ide: Page) -> None:
    ide.click("button[aria-label='Show Documentation Explorer']")
    ide.wait("document.querySelector('.graphiql-doc-explorer')?.innerText.includes('Query')")

    ide.click("button[aria-label='Show GraphiQL Explorer']")
    ide.wait("document.querySelector('.graphiql-explorer-root')?.innerText.includes('Query')")

    assert ide.evaluate("document.title") == "Fiches"
    assert ide.strangers() == []
    # The explorer says so of any argument that is a list of inputs, `orderBy: [{…}]`.
    assert [each for each in ide.complaints if not each.startswith("arg mismatch")] == []


def test_the_first_example_runs_signed_in(ide: Page) -> None:
    ide.click(RUN)

    answer = ide.wait(f"{ANSWER}?.includes('\"data\"') && {ANSWER}")

    assert '"errors"' not in answer
    assert '"name": "Boulangerie Dupont"' in answer
    assert ide.complaints == []


def test_the_token_is_never_stored(ide: Page) -> None:
    token = ide.evaluate("document.getElementById('ide').dataset.token")
    ide.click(RUN)
    ide.wait(f"{ANSWER}?.includes('data')")
    ide.click(".graphiql-tab-add")

    # GraphiQL stores half a second after the last change.
    ide.wait("localStorage.getItem('graphiql:tabState')?.includes('untitled')")

    stored = ide.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    )
    assert token
    assert token not in stored


def test_a_page_opened_again_is_still_signed_in_and_has_no_more_tabs(ide: Page, site: str) -> None:
    tabs = "document.querySelectorAll('.graphiql-tab').length"
    before = ide.evaluate(tabs)
    ide.wait("localStorage.getItem('graphiql:tabState')")

    ide.open("about:blank")
    opened(ide, site)
    ide.click(RUN)

    ide.wait(f"{ANSWER}?.includes('\"data\"')")
    assert ide.evaluate(tabs) == before


def test_variables_and_headers_of_the_first_example_are_sent(page: Page, toy: str) -> None:
    opened(page, toy)

    page.click(RUN)

    answer = json.loads(page.wait(f"{ANSWER}?.includes('\"data\"') && {ANSWER}"))
    assert answer == {"data": {"who": "</div> Bearer token-that-must-never-be-stored"}}


def test_a_subscription_runs_over_a_socket_that_is_signed_in(page: Page, toy: str) -> None:
    opened(page, toy)

    page.click("#graphiql-session-tab-1")
    page.click(RUN)  # At once, before GraphiQL has parsed what the tab holds.

    page.wait(f"{ANSWER}?.includes('3 Bearer token-that-must-never-be-stored')")
    assert f"{toy.replace('http', 'ws')}/graphql" in page.requests
    assert page.complaints == []


def test_this_browser_notices_strangers_and_refusals(page: Page, toy: str) -> None:
    """What the tests above rely on."""
    opened(page, toy)

    page.evaluate("fetch('http://stranger.example/')")
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {text: '1'}))"
    )

    page.wait("true")
    assert any("connect-src" in complaint for complaint in page.complaints)
    assert any("script-src" in complaint for complaint in page.complaints)
    page.open("http://stranger.example/")
    assert page.strangers() == ["http://stranger.example/"]
