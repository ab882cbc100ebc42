"""The station page in a real browser: signing in, lanes going grey, and all of it without JavaScript."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from fastapi import FastAPI
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from sync.hub.follower import Follower
from sync.hub.lane_reports import LaneReports
from sync.hub.roles import Role
from sync.hub.web.pages import install_pages
from tests.sync.ground import HandClock
from tests.sync.hub.desk_ground import PASSWORD, QUICK, Desk, crossing
from tests.sync.hub.served import served
from tests.sync.hub.test_station_picture import report

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
MISSING = "there is no Chromium here (`make test` installs it)"
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --window-size=1400,1000"
)
SOON = 30.0
HURRY = """
const [clock, wait, began] = [Date.now.bind(Date), window.setTimeout, Date.now()];
Date.now = () => began + (clock() - began) * 10;
window.setTimeout = (what, ms) => wait(what, ms / 10);
"""
"""From here on a second of the page's script is a tenth of one."""
Look = Callable[[], object]


def browser(folder: Path, *, scripts: bool = True) -> webdriver.Chrome:
    if CHROMIUM is None or DRIVER is None:
        if os.environ.get("CHROMIUM_REQUIRED") == "1":
            pytest.fail(MISSING, pytrace=False)
        pytest.skip(MISSING)
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS.split(), f"--user-data-dir={folder}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not scripts:
        prefs = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", prefs)
    return webdriver.Chrome(options=options, service=Service(DRIVER))


@pytest.fixture(scope="module")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """One browser for all tests of this file: a start costs more than what most of them do."""
    chrome = browser(tmp_path_factory.mktemp("profile"))
    yield chrome
    chrome.quit()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """The same without JavaScript."""
    chrome = browser(tmp_path_factory.mktemp("plain"), scripts=False)
    yield chrome
    chrome.quit()


class Station:
    """A served hub with one lane, and a browser on it."""

    def __init__(self, desk: Desk, url: str, chrome: webdriver.Chrome) -> None:
        self.desk, self.url, self.chrome = desk, url, chrome
        self.lane = desk.device("lane-1")

    def say(self, phase: str = "waiting") -> None:
        LaneReports(self.desk.engine, self.desk.clock).take(self.lane, report(self.desk, phase))

    def sign_in(self) -> None:
        self.chrome.get(f"{self.url}/hub/station")
        self.chrome.find_element(By.NAME, "login").send_keys("sam")
        self.chrome.find_element(By.NAME, "password").send_keys(PASSWORD)
        self.chrome.find_element(By.CSS_SELECTOR, "main button").click()
        self.wait(lambda: self.chrome.find_elements(By.ID, "station"))

    def state(self) -> str:
        return self.chrome.find_element(By.CSS_SELECTOR, "#lane-lane-1 .state").text

    def wait(self, look: Look) -> None:
        ignored = (WebDriverException,)
        WebDriverWait(self.chrome, SOON, 0.1, ignored).until(lambda _: look())

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.chrome.get_log("browser") if entry["level"] == "SEVERE"]


@contextmanager
def station(tmp_path: Path, chrome: webdriver.Chrome) -> Iterator[Station]:
    """A hub of its own for a browser that has forgotten whom it served before."""
    with closing(Desk(tmp_path / "hub", HandClock())) as desk:
        desk.people.add("sam", "Sam Made-Up", Role.SUPERVISOR, PASSWORD)
        desk.lane()
        app = FastAPI()
        install_pages(app, desk.engine, desk.clock, passwords=QUICK)
        with served(app) as url:
            try:
                yield Station(desk, url, chrome)
            finally:
                forget(chrome)


def forget(chrome: webdriver.Chrome) -> None:
    """No page, cookie, complaint, cut line or other size is left for the next test."""
    chrome.delete_network_conditions()
    chrome.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    chrome.get("about:blank")
    chrome.execute_cdp_cmd("Network.clearBrowserCookies", {})
    chrome.execute_cdp_cmd("Network.clearBrowserCache", {})
    chrome.get_log("browser")


def test_a_lane_is_seen_changes_by_itself_and_goes_grey_when_it_is_silent(
    tmp_path: Path, scripted: webdriver.Chrome
) -> None:
    with station(tmp_path, scripted) as seen:
        seen.say("waiting")
        seen.sign_in()
        assert seen.state() == "open"
        seen.chrome.execute_script(HURRY)
        seen.say("referred")
        seen.wait(lambda: seen.state() == "needs an officer")
        seen.desk.clock.pass_time(seconds=60)
        seen.wait(lambda: seen.state() == "not heard of")
        assert "heard of 60 s ago" in seen.chrome.page_source
        assert seen.complaints() == []


def test_a_page_whose_hub_is_gone_greys_itself_out_and_says_so(
    tmp_path: Path, scripted: webdriver.Chrome
) -> None:
    with station(tmp_path, scripted) as seen:
        seen.say()
        seen.sign_in()
        warning = seen.chrome.find_element(By.CSS_SELECTOR, ".stale-word")
        assert not warning.is_displayed()
        seen.chrome.set_network_conditions(
            offline=True, latency=0, download_throughput=0, upload_throughput=0
        )
        seen.chrome.execute_script(HURRY)
        seen.wait(lambda: seen.chrome.find_element(By.CSS_SELECTOR, ".stale-word").is_displayed())
        by_the_script = seen.chrome.find_elements(By.CSS_SELECTOR, "[data-part].old")
        assert by_the_script, "only the page's own clock greyed it out, after half a minute"
        faded = seen.chrome.find_element(By.CSS_SELECTOR, ".lanes").value_of_css_property("opacity")
        assert float(faded) < 0.5


def test_a_session_that_ended_takes_the_page_back_to_signing_in(
    tmp_path: Path, scripted: webdriver.Chrome
) -> None:
    with station(tmp_path, scripted) as seen:
        seen.say()
        seen.sign_in()
        seen.desk.people.remove("sam")
        seen.wait(lambda: seen.chrome.find_elements(By.NAME, "login"))


def test_without_javascript_everything_works(tmp_path: Path, plain: webdriver.Chrome) -> None:
    with station(tmp_path, plain) as seen:
        chrome, desk = seen.chrome, seen.desk
        seen.say("held")
        seen.sign_in()
        assert seen.state() == "held by an officer"
        seen.say("out_of_order")
        seen.wait(lambda: seen.state() == "out of order")  # the browser loads the page anew

        desk.write("lane-1", *crossing("c1"))
        Follower(desk.engine).catch_up()
        chrome.get(f"{seen.url}/hub/lookback")
        chrome.find_element(By.NAME, "fingerprints").send_keys("ab" * 16)
        chrome.find_element(By.NAME, "reason").send_keys("case 12: contact tracing")
        chrome.find_element(By.CSS_SELECTOR, "main form button").click()
        seen.wait(lambda: "Uses found: 1" in chrome.page_source)

        chrome.find_element(By.CSS_SELECTOR, ".who button").click()
        seen.wait(lambda: chrome.find_elements(By.NAME, "login"))


def test_without_javascript_a_page_that_is_not_loaded_anew_greys_itself_out(
    tmp_path: Path, plain: webdriver.Chrome
) -> None:
    with station(tmp_path, plain) as seen:
        seen.say()
        seen.sign_in()
        animated = seen.chrome.find_element(By.CSS_SELECTOR, ".lanes")
        assert animated.value_of_css_property("animation-name") == "stale"
        assert animated.value_of_css_property("animation-delay") == "30s"
        assert animated.value_of_css_property("animation-fill-mode") == "forwards"


@pytest.mark.parametrize("width", [390, 1400])
def test_nothing_is_wider_than_the_screen(tmp_path: Path, scripted: webdriver.Chrome, width: int) -> None:
    with station(tmp_path, scripted) as seen:
        seen.say()
        seen.sign_in()
        seen.chrome.set_window_size(max(width, 500), 900)
        seen.chrome.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500},
        )
        for page in ("station", "alarms", "lookback", "holds", "acts"):
            seen.chrome.get(f"{seen.url}/hub/{page}")
            wide = seen.chrome.execute_script("return document.documentElement.scrollWidth")
            assert wide <= width, page
