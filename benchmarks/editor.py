"""How long it takes in the page to see what a guardrail would do, while it is written.

The whole answer of the server to a letter that was typed: the form through the real
HTTP handler, the text read, its mistakes or its blast radius with the newest 1,000
past requests and its curves, and the part of the page that shows them; over 10,000
assets; and what a place in the text is completed with. The page is opened first,
which lays out what the guardrail reads; then another limit is sent each time.
Bounds: 300 ms; and 100 ms to refuse what is wrong. In CPU time, that of the client
in the same process among it: nothing waits.

    python benchmarks/editor.py [--short]      --short: a tenth of everything
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import count

from litestar import Litestar
from litestar.testing import TestClient

from blast import AT, firm_of, past
from weft.app.texts import as_text
from weft.app.writing.reading import written
from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.core.guardrails import Principle
from weft.core.roles import Actor
from weft.engines.guardrails.curve.limits import moved
from weft.store.desk import Desk, open_desk
from weft.web.app import make
from weft.web.settings import Settings

ASSETS, DECISIONS = 10_000, 1_000
FEEDBACK_MS, REFUSAL_MS = 300, 100
ROUNDS = 7
PAGE = "/write/guardrail"
OWNER = Actor(person="owner", owner=True)


def filled(desk: Desk, firm: Firm, decisions: int) -> None:
    """Put a firm and some past requests into a store."""
    principle = Principle(id="p", title="We are careful")
    changes = tuple(put(each) for each in (principle, *firm.records()))
    desk.write(lambda _: Deed(name="load", changes=changes), at=AT, actor=OWNER)
    for _, decision in past(firm, decisions):
        deed = Deed(name="ask", decision=decision)
        desk.submit(lambda _, deed=deed: deed, at=AT, actor=OWNER)  # type: ignore[misc]


def milliseconds(work: Callable[[], object]) -> float:
    """Give the CPU time that some work takes."""
    begin = time.process_time()
    work()
    return (time.process_time() - begin) * 1000


class Writer:
    """Somebody who writes in the page; each time something else is sent."""

    def __init__(self, client: TestClient[Litestar], firm: Firm) -> None:
        self.client, self.firm = client, firm
        client.get(PAGE)
        self.token = client.cookies["weft-form"]

    def send(self, text: str, address: str = PAGE, **more: str) -> str:
        """Send a text as the page does, and give what comes back."""
        data = {"_csrf_token": self.token, "mode": "text", "text": text, **more}
        answer = self.client.post(address, data=data, headers={"hx-request": "true"})
        assert not answer.is_error, answer.text
        return answer.text

    def tried(self, key: str, place: str, values: Iterable[int | str]) -> list[float]:
        """Try one guardrail with some limits, one after the other."""
        took = []
        for value in values:
            text = as_text(moved(self.firm.guardrails[key], place, value))
            took.append(milliseconds(partial(self.show, text)))
        return took

    def show(self, text: str) -> None:
        """See that it was really tried."""
        assert "past requests were looked at" in self.send(text)


def feedback(writer: Writer) -> float:
    """Measure what a changed limit takes, first and again; give the longest."""
    longest = 0.0
    for title, key, place, values in (
        ("a limit that most break", "cost", "must[0].at_most", range(5000, 5008)),
        ("a limit that few break", "cost", "must[0].at_most", range(49_000, 49_008)),
        (
            "a limit inside a list",
            "transport",
            "must[0].must[1].at_least",
            ["1.3", "1.1", "1.2", "1.0"] * 2,
        ),
        ("a rank", "ai", "must[0].at_most", ["drafts", "nothing", "decides"] * 3),
    ):
        opened = milliseconds(partial(writer.client.get, f"{PAGE}?of={key}"))
        first, *again = writer.tried(key, place, values)
        print(
            f"{first:8.0f} ms, then {min(again):.0f} to {max(again):.0f} ms  {title}"
            f" ({opened:.0f} ms to open the page)"
        )
        longest = max(longest, first, *again)
    return longest


def completing(writer: Writer) -> float:
    """Measure what it takes to offer words."""
    text = as_text(writer.firm.guardrails["transport"]) + "  - path: "
    numbers = count(len(text) - ROUNDS)
    address = f"{PAGE}/complete"
    return max(
        milliseconds(lambda: writer.send(text, address, at=str(next(numbers))))
        for _ in range(ROUNDS)
    )


def refusing(firm: Firm) -> float:
    """Measure what it takes to tell what is wrong; give the longest."""
    right = as_text(firm.guardrails["cost"])
    leaf = "  - {path: cost, at_most: soon}\n"
    longest = 0.0
    for title, text in (
        ("every field wrong", right.replace(": ", ": no-") + leaf * 18),
        ("10,000 conditions", right + leaf * 10_000),
        ("as many conditions as are read", right + leaf * 1_500),
        ("a million characters", right + "reason: " + "x" * 1_000_000),
        ("no YAML", right + "must: ["),
    ):
        took = min(milliseconds(partial(written, firm, text)) for _ in range(3))
        found = written(firm, text).problems
        assert found
        print(f"{took:8.1f} ms  {title}: {found[0].what[:60]}")
        longest = max(longest, took)
    return longest


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--short", action="store_true")
    part = 10 if words.parse_args().short else 1
    firm = firm_of(ASSETS // part)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_desk(f"sqlite:///{folder}/weft.db") as desk,
    ):
        filled(desk, firm, DECISIONS // part)
        application = make(desk, Settings(clock=lambda: AT))
        with TestClient(application, base_url="http://127.0.0.1:8000") as client:
            gc.collect()
            gc.freeze()  # as `weft serve` does
            writer = Writer(client, desk.firm())
            print(f"{len(firm.assets):,} assets, {DECISIONS // part:,} past requests:")
            took = feedback(writer)
            print(f"{took:8.0f} ms  at most (bound {FEEDBACK_MS} ms)")
            print(f"{completing(writer):8.0f} ms  to offer words, at most")
            took = refusing(writer.firm)
            print(f"{took:8.1f} ms  at most to refuse (bound {REFUSAL_MS} ms)")


if __name__ == "__main__":
    main()
