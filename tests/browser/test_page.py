"""The page as a person uses it: a report from the first phone is taken and answered, and a reminder arrives."""

import asyncio
import os
import shutil
import socket
import sys
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from tests.patience import PATIENCE_S

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 1_000 * PATIENCE_S

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed on this machine"),
]


@pytest.fixture
def port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
async def address(port: int) -> AsyncIterator[str]:
    """The page of a demo that runs as a process of its own."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    demo = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", str(port), env=environment, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert demo.stdout is not None
        line = await asyncio.wait_for(demo.stdout.readline(), PATIENCE_S)
        assert b"open http://127.0.0.1" in line
        yield f"http://127.0.0.1:{port}/"
    finally:
        demo.terminate()
        await asyncio.wait_for(demo.communicate(), PATIENCE_S)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
async def page(browser: Browser, address: str) -> AsyncIterator[Page]:
    page = await browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(PATIENCE_MS)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(address)
    await expect(page.locator(".phone")).to_have_count(4)
    yield page
    assert errors == []


def _phone(page: Page, number: int) -> Locator:
    return page.locator(f'[data-phone="{number}"]')


async def _says(phone: Locator, text: str) -> None:
    await phone.get_by_label("Bericht", exact=True).fill(text)
    await phone.get_by_label("Bericht versturen").click()


async def _taps(phone: Locator, label: str) -> None:
    await phone.locator(".keys").get_by_role("button", name=label).last.click(timeout=PATIENCE_MS)


async def _reads(phone: Locator, words: str) -> None:
    await expect(phone.locator(".message").filter(has_text=words).last).to_be_visible(timeout=PATIENCE_MS)


async def test_a_report_is_taken_and_answered_and_a_reminder_arrives(page: Page) -> None:
    fatima, jan, samira = _phone(page, 1), _phone(page, 3), _phone(page, 4)

    await _says(fatima, "Er ligt afval naast het bankje")
    await _taps(fatima, "Een plek op straat")
    await _taps(fatima, "De straat en de buurt")
    await _taps(fatima, "Geef het door voor mij")
    await _says(fatima, "Staatsliedenwijk")
    await _taps(fatima, "Versturen")
    await _reads(fatima, "Je melding is M-")

    await _reads(samira, "Er ligt afval naast het bankje")
    await _taps(samira, "Ik pak het op")
    await _reads(samira, "opgepakt door Samira")
    await _taps(samira, "Antwoord")
    await page.locator("#elsewhere").get_by_role("button", name="Samira").click()
    await _reads(samira, "Schrijf je antwoord")
    await _says(samira, "Dank je wel. Wij halen het morgen op.")
    await _taps(samira, "Versturen")
    await _reads(fatima, "Wij halen het morgen op.")

    john = page.locator("#elsewhere").get_by_role("button", name="John")
    await page.get_by_role("button", name="Naar volgend bericht").click()
    for _ in range(6):
        if await john.count():
            break
        await page.get_by_role("button", name="Naar volgend bericht").click()
        await expect(page.locator(".clock")).not_to_have_class("clock busy", timeout=PATIENCE_MS)
    await john.click()
    await expect(jan.get_by_label("Wie heeft deze telefoon?")).to_have_value("9102")
    await _reads(jan, "Avondronde")


async def test_location_block_and_somebody_elses_chat(page: Page) -> None:
    henk = _phone(page, 2)
    await henk.get_by_role("button", name="Start").first.click()
    await _reads(henk, "Welkom bij Buurtbode")

    await henk.get_by_label("Locatie sturen").click()
    await page.locator("#map circle").first.click()
    await page.locator("#map").get_by_role("button", name="Locatie sturen").click()
    await expect(henk.locator(".message.mine").filter(has_text="📍")).to_be_visible()
    await henk.get_by_label("Locatie sturen").click()
    await page.locator("#map").get_by_role("combobox").select_option(label="Staatsliedenwijk")
    await page.locator("#map").get_by_role("button", name="Locatie sturen").click()
    await expect(henk.locator(".message.mine").filter(has_text="📍 52.3777, 5.2114")).to_be_visible()

    await henk.get_by_label("Meer").click()
    await henk.get_by_role("button", name="Bot blokkeren").click()
    await expect(henk.get_by_label("Bericht", exact=True)).to_have_attribute("placeholder", "Bot geblokkeerd")
    await _says(henk, "Hallo?")
    await expect(henk.locator(".toast")).to_contain_text("Blokkade opheffen")

    refused = await page.request.get(f"{page.url}api/screen?person=7001&chat=-1001")
    assert refused.status == 403


async def test_the_keyboard_is_enough_and_what_comes_is_in_sight(page: Page) -> None:
    fatima = _phone(page, 1)
    typed = fatima.get_by_label("Bericht", exact=True)
    await typed.focus()
    await page.keyboard.type("Er ligt afval <img src=x onerror=alert(1)>")
    await page.keyboard.press("Enter")
    await fatima.locator(".keys button").first.focus()
    await page.keyboard.press("Enter")
    await _reads(fatima, "Waar hoort dit bij")
    await expect(fatima.locator(".keys button").first).to_be_focused()
    await expect(fatima.locator(".message.mine")).to_contain_text("<img src=x onerror=alert(1)>")

    for number in range(12):
        await _says(fatima, f"Nog een zin over het afval, nummer {number}.")
        await expect(fatima.locator(".message.mine")).to_have_count(number + 2)
    await expect(fatima.locator(".keys").last.get_by_role("button").last).to_be_in_viewport()

    await fatima.get_by_label("Meer").press("Enter")
    await expect(fatima.get_by_role("button", name="/start sturen")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(fatima.locator(".sheet")).to_be_hidden()
