"""The pages in a real browser: nobody is kept out, pictures work, nothing errs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from typing import Literal

import pytest
from litestar import Litestar
from msgspec.structs import replace
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from weft.app import mirror
from weft.core.entries import Deed, put
from weft.core.missions import Mission, Seat
from weft.core.people import About, Person
from weft.core.roles import Actor
from weft.core.skills import Claim, Discipline, Skill
from weft.engines.knowledge import Edge, Network, Node
from weft.store.desk import Desk

pytestmark = pytest.mark.browser

TODAY = datetime(2026, 11, 21, 9, tzinfo=UTC)
CLAIMED = date(2026, 10, 1)
Serve = Callable[[Litestar], AbstractContextManager[str]]


class Seen:
    """A page in a browser, with all that it complained of."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.wrong: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.wrong.append(f"{self.page.url}: {message.text}")

    def open(self, path: str) -> Page:
        """Open a page of Weft."""
        self.page.goto(f"{self.url}{path}")
        return self.page


@pytest.fixture
def seen(browser: Browser, live: str) -> Iterator[Seen]:
    """Give the small firm in a browser; at the end nothing may have gone wrong."""
    with looking(browser, live) as found:
        yield found


@contextmanager
def looking(browser: Browser, url: str) -> Iterator[Seen]:
    """Open a browser's page on a server; fail where the page complained."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    seen = Seen(context.new_page(), url)
    try:
        yield seen
    finally:
        context.close()
    assert seen.wrong == []


SMALL = (
    *("/", "/ask", "/ask?mission=payments&act=deploy", "/weave", "/weave/table"),
    "/weave/crossing?row=software&column=payments&across=missions",
    *(
        "/mirror",
        "/mirror/span",
        "/guardrails/data-in-eu/try",
        "/write/guardrail?of=data-in-eu",
        "/write/guardrail",
        "/map",
        "/map/table",
        "/missions",
        "/missions/payments",
    ),
    *("/people", "/people/ben", "/units", "/units/canary-shop", "/assets"),
    *("/assets/ledger", "/partners", "/partners/acme", "/skills", "/skills/python"),
    *("/principles", "/principles/data-stays", "/guardrails", "/guardrails/data-in-eu"),
    "/guardrails/consistency",
    *("/adrs", "/adrs/eu-regions", "/adrs/eu-regions/versions"),
    "/sets/regions.near/versions",
    *("/guardrails/data-in-eu/versions", "/waivers", "/waivers/w-canary", "/decisions"),
    *("/roles", "/roles/security", "/vocabulary", "/vocabulary/region", "/import"),
    *("/drafts", "/journal", "/journal/1", "/journal/verify", "/search?q=a", "/about"),
    *("/audit", "/audit?stand=all"),
    *("/baseline", "/deliveries", "/hooks", "/missions/payments/working", "/plans"),
    *("/outcomes", "/improvements", "/past-work"),
    *("/responsiveness", "/responsiveness/payments"),
    *(
        "/rollouts",
        "/rollouts/new",
        "/challenges",
        "/costs",
        "/guardrails/data-in-eu/answers?effect=refused",
    ),
    *("/connect", "/who", "/who?q=python&mission=payments", "/coverage", "/round"),
    "/round/board",
    "/coverage/without?who=ben",
    *("/pools", "/seats", "/spread", "/people/ben"),
    *("/pl", "/pl/payments", "/money", "/money/unmapped", "/redundancies"),
    *("/money/close", "/money/bill"),
    *("/acting?q=a", "/sign-in", "/people?as_of=1", "/ready-sets"),
    *("/ready-sets/low-code-apps", "/catalogues"),
)


PARTS = 6
"""Into so many tests they are dealt, so that no process goes through them alone."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
LOOKS: tuple[tuple[int, int, Literal["light", "dark"], list[str]], ...] = (
    (390, 844, "light", RULES),
    (1440, 900, "dark", RULES),
)
"""Each width and each scheme once; WEFT_LONG=1 looks at colours in the rest."""
if os.environ.get("WEFT_LONG"):
    LOOKS += ((390, 844, "dark", COLOURS), (1440, 900, "light", COLOURS))


def violations(page: Page, axe: str) -> list[str]:
    """Give what axe finds on a phone and on a desk, in light and in dark."""
    page.evaluate(axe)
    found = []
    for width, height, scheme, rules in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        told = page.evaluate(
            "rules => axe.run({runOnly: rules}).then(r => r.violations.map(v =>"
            " v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html).join(' | ')))",
            rules,
        )
        found += [f"{page.url} {width} {scheme}: {each}" for each in told]
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{page.url} {width}: {wide} pixels wide")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_on_any_page(seen: Seen, axe: str, part: int) -> None:
    paths = SMALL[part::PARTS]
    found = [each for path in paths for each in violations(seen.open(path), axe)]
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["bank", "airline"])
def test_axe_finds_nothing_on_the_pages_of_an_example(
    name: str,
    browser: Browser,
    axe: str,
    example_app: Callable[[str], Litestar],
    serve: Serve,
) -> None:
    with serve(example_app(name)) as url, looking(browser, url) as found:
        page = found.open("/decisions?verdict=refused")
        refused = page.locator("tbody th a").first.get_attribute("href") or ""
        page = found.open("/waivers")
        waiver = page.locator("tbody th a").first.get_attribute("href") or ""
        page = found.open("/challenges")
        objection = page.locator("tbody th a").first.get_attribute("href") or ""
        paths = ("/", "/weave", "/weave?across=units", "/mirror", refused, waiver)
        for path in (*paths, "/costs", objection):
            assert violations(found.open(path), axe) == []


@pytest.mark.slow
def test_axe_finds_nothing_where_nothing_is_yet(
    browser: Browser, axe: str, example_app: Callable[[str], Litestar], serve: Serve
) -> None:
    with serve(example_app("empty")) as url, looking(browser, url) as found:
        for path in ("/", "/ask", "/weave", "/mirror", "/map", "/missions", "/journal"):
            assert violations(found.open(path), axe) == []


def test_axe_finds_a_picture_without_words(seen: Seen, axe: str) -> None:
    page = seen.open("/about")
    page.evaluate("document.querySelector('main').append(new Image())")
    assert any("image-alt" in each for each in violations(page, axe))


# The weave


def test_the_weave_is_walked_with_keys(seen: Seen) -> None:
    page = seen.open("/weave?across=missions")
    readout = page.locator("#readout")
    page.locator("#weave").focus()
    places = set()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "End", "PageDown"):
        page.keyboard.press(key)
        places.add(readout.inner_text())
    assert len(places) >= 3
    assert all(place.endswith(".") and ", " in place for place in places)
    columns = page.locator("[data-column] title").all_text_contents()
    rows = page.locator(".weave-rows [data-row]").all_inner_texts()
    walk_to(page, columns.index("Payments"), rows.index("Software"))
    assert readout.inner_text() == "Payments, Software: 2 people know it."
    page.keyboard.press("Enter")
    page.wait_for_url("**/weave/crossing?**")
    expect(page.locator("main")).to_contain_text("Ben Borg")


def walk_to(page: Page, column: int, row: int) -> None:
    """Walk the cursor of the weave to a crossing."""
    page.keyboard.press("Home")
    page.keyboard.press("PageUp")
    for key, times in (("ArrowRight", column), ("ArrowDown", row)):
        for _ in range(times):
            page.keyboard.press(key)


def test_the_weave_is_read_with_the_pointer_and_made_wider(seen: Seen) -> None:
    page = seen.open("/weave?across=missions")
    crossing = page.locator(".loops a[data-h='2']").first
    crossing.hover()
    told = page.locator("#readout").inner_text()
    assert told == "Payments, Software: 2 people know it."
    before = page.locator(".cloth").first.bounding_box()
    page.get_by_role("button", name="Wider").click()
    after = page.locator(".cloth").first.bounding_box()
    assert before
    assert after
    assert after["width"] > before["width"] * 1.5


def wide_firm(desk: Desk, missions: int) -> None:
    """Put many missions into a store, with knowledge strewn over them."""
    skills = [f"s{n}" for n in range(12)]
    records = [
        About(id="wide", title="Wide"),
        Discipline(id="software", title="Software", camp="technology"),
        Discipline(id="selling", title="Selling", camp="business"),
        *(
            Skill(id=s, title=s, discipline=("software", "selling")[n % 2])
            for n, s in enumerate(skills)
        ),
    ]
    for n in range(missions):
        records.append(Mission(id=f"m{n}", title=f"Mission {n}"))
        for k in range(3):
            who = f"p{n}-{k}"
            records += [
                Person(id=who, title="Somebody"),
                Seat(person=who, mission=f"m{n}", start="2026-01"),
                Claim(
                    person=who,
                    skill=skills[(n * 7 + k * 5) % 12],
                    level=1 + (n + k) % 5,
                    seen=CLAIMED,
                ),
            ]
    deed = Deed(name="load", changes=tuple(put(r) for r in records))
    owner = Actor(person="owner", owner=True)
    desk.write(lambda _: deed, at=TODAY, actor=owner)


@pytest.mark.slow
def test_the_weave_is_readable_at_300_missions(
    browser: Browser,
    serve: Serve,
    example_desk: Callable[[str], Desk],
    app_on: Callable[[Desk], Litestar],
) -> None:
    desk = example_desk("empty")
    wide_firm(desk, 300)
    with serve(app_on(desk)) as url, looking(browser, url) as found:
        page = found.open("/weave?across=missions&discipline=software")
        assert page.locator("[data-column]").count() == 300
        assert page.locator(".names").evaluate("e => getComputedStyle(e).display") == (
            "none"
        )
        page.locator("#weave").focus()
        page.keyboard.press("End")
        for _ in range(7):
            page.keyboard.press("+")
        assert page.locator(".names").evaluate("e => getComputedStyle(e).display") != (
            "none"
        )
        box = page.locator(".cursor").bounding_box()
        frame = page.locator("#weave").bounding_box()
        assert box
        assert frame
        assert frame["x"] <= box["x"] <= frame["x"] + frame["width"]  # in sight


# The map


@pytest.mark.slow
def test_the_map_draws_5000_points(
    browser: Browser, live: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    nodes = tuple(
        Node(
            table="people",
            id=f"p{n}",
            title="",
            camp=("business", "technology")[n % 2],
            x=(n % 71) / 35 - 1,
            y=(n // 71) / 35 - 1,
            people=1,
        )
        for n in range(5000)
    )
    edges = tuple(
        Edge(source=n, target=(n * 31 + 7) % 5000, tie="seat", weight=1)
        for n in range(15000)
        if n < 5000 or n % 5000 != (n * 31 + 7) % 5000
    )
    edges = tuple(replace(e, source=e.source % 5000) for e in edges)
    big = Network(month="2026-11", firm=1, nodes=nodes, edges=edges)
    monkeypatch.setattr(mirror, "network", lambda *_: big)
    with looking(browser, live) as found:
        page = found.open("/map")
        page.wait_for_selector("#map[data-drawn='5000']", timeout=20_000)
        assert "5,000 points" in page.locator("#map-told").inner_text()
        assert page.locator("#map canvas").count() > 3
        frames = page.evaluate(MOVING)
        assert frames >= 5  # in a second, drawn by the processor alone


MOVING = """() => new Promise((done) => {
  const stage = document.getElementById("map");
  const until = performance.now() + 1000;
  let frames = 0;
  const next = () => {
    frames += 1;
    stage.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowLeft"}));
    if (performance.now() < until) requestAnimationFrame(next);
    else done(frames);
  };
  requestAnimationFrame(next);
})"""


def test_the_map_is_searched_narrowed_and_opened(seen: Seen) -> None:
    page = seen.open("/map")
    page.wait_for_selector("#map[data-drawn]")
    page.locator("#map-find").fill("Ben B")
    expect(page.locator("#map-told")).to_contain_text("Ben Borg, person")
    page.get_by_label("Assets").uncheck()
    page.locator("#map-find").press("Enter")
    page.locator("#map-find").press("Enter")
    page.wait_for_url("**/people/ben")


def test_where_nothing_can_be_drawn_the_table_is_offered(
    browser: Browser, live: str
) -> None:
    with looking(browser, live) as found:
        found.page.add_init_script(
            "HTMLCanvasElement.prototype.getContext = () => null"
        )
        page = found.open("/map")
        expect(page.locator("#map-told")).to_contain_text("The table has all of it")
        page.get_by_role("link", name="As a table").click()
        expect(page.locator("h1")).to_have_text("The map as a table")


# Asking


def test_somebody_asks_and_is_answered(seen: Seen) -> None:
    page = seen.open("/ask")
    page.get_by_label("Which mission asks?").select_option("payments")
    page.get_by_label("Ledger").check()  # htmx has fetched what the mission has
    page.get_by_label("Deploy").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("us", exact=True).check()
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("h1")).to_contain_text("No, not like this.")
    page.get_by_role("button", name="Ask again with this change").first.click()
    expect(page.locator("h1")).to_contain_text("Yes.")
    page.get_by_role("link", name="Judge it again").click()
    expect(page.locator("#replay")).to_contain_text("to the last byte")
    assert "/decisions/" in page.url


def test_light_and_dark_are_chosen_and_remembered(seen: Seen) -> None:
    page = seen.open("/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator("#theme").click()
    dark = page.evaluate(ground)
    assert dark != light
    page = seen.open("/people")
    assert page.evaluate(ground) == dark


def test_the_menu_opens_on_a_phone(seen: Seen) -> None:
    seen.page.set_viewport_size({"width": 390, "height": 844})
    page = seen.open("/")
    assert not page.get_by_role("link", name="Missions", exact=True).is_visible()
    page.get_by_role("button", name="Menu").click()
    page.locator("#menu").get_by_text("Who and what").click()
    page.get_by_role("link", name="Missions", exact=True).click()
    expect(page.locator("h1")).to_have_text("Missions")


def test_a_keyboard_reaches_the_page_past_the_menu(seen: Seen) -> None:
    page = seen.open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "page"
