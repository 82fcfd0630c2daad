"""What is wrong with a guardrail is told on every face alike; nothing is touched."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from tests.badrules import BAD, FIRM, HUGE, KEY, RIGHT, Bad
from tests.cli.conftest import weft
from tests.web.conftest import HERE, OWNER, START

from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.errors import LONGEST
from weft.interop.yaml import read_yaml
from weft.store.desk import Desk, open_desk
from weft.web.app import make
from weft.web.settings import Settings

pytestmark = pytest.mark.slow
Told = tuple[str, str, str]
"""The place as it is told there, what is wrong, and what to do."""
CALL = {"origin": HERE}


class Faces:
    """Everywhere that a guardrail can be brought in.

    The commands have a store of their own; the server holds another one open.
    """

    def __init__(self, folder: Path, desk: Desk, client: TestClient[Litestar]) -> None:
        self.folder, self.db = folder, f"sqlite:///{folder / 'commands.db'}"
        self.desk, self.client = desk, client
        for_commands = open_desk(self.db)
        for each in (desk, for_commands):
            deed = Deed(name="load", changes=tuple(put(each) for each in FIRM))
            each.write(lambda _, deed=deed: deed, at=START, actor=OWNER)  # type: ignore[misc]
        for_commands.close()
        assert weft("--db", self.db, "export", str(folder / "firm")).exit_code == 0
        client.get("/write/guardrail")
        self.token = client.cookies["weft-form"]

    def state(self) -> list[tuple[int, bytes]]:
        """Give what holds in both stores, byte for byte."""
        with open_desk(self.db) as desk:
            return [held(desk.firm()), held(self.desk.firm())]

    def command(self, *words: str) -> list[Told]:
        """Give what a command tells of a file of a guardrail, each with its place."""
        told = weft("--db", self.db, *words)
        assert told.exit_code == 2, told.output
        lines = told.stderr.splitlines()
        assert all(len(line) < 1_100 for line in lines)
        place, _, what = lines[0].partition(": ")
        return [(place, what, lines[1].strip())]

    def file(self, text: str) -> str:
        """Write the file of a guardrail."""
        file = self.folder / f"{KEY}.yaml"
        file.write_text(text, "utf-8")
        return str(file)

    def load(self, text: str) -> list[Told]:
        """Load a folder in which it lies."""
        (self.folder / "firm" / "guardrails").mkdir(exist_ok=True)
        (self.folder / "firm" / "guardrails" / f"{KEY}.yaml").write_text(text, "utf-8")
        return self.command("load", str(self.folder / "firm"))

    def put(self, text: str) -> list[Told]:
        """Put the file of it in its place."""
        return self.command("put", "guardrails", self.file(text))

    def tried(self, text: str) -> list[Told]:
        """Try the file of it."""
        return self.command("guardrails", "try", self.file(text))

    def told(self, answer: Any) -> list[Told]:
        """Give what the API tells."""
        assert answer.status_code in {400, 422}, answer.text
        assert len(answer.content) < 100_000
        found = answer.json()
        told = found["problems"] or [found]
        return [(each["path"], each["detail"], each["do"]) for each in told]

    def api_put(self, text: str) -> list[Told]:
        """Put it over HTTP."""
        plain = read_yaml(text).plain
        at = f"/api/firm/guardrails/{KEY}"
        return self.told(self.client.put(at, json=plain, headers=CALL))

    def api_try(self, text: str) -> list[Told]:
        """Try it over HTTP."""
        plain = read_yaml(text).plain
        at = "/api/guardrails/try"
        return self.told(self.client.post(at, json=plain, headers=CALL))

    def page(self, text: str, at: str = "/write/guardrail") -> str:
        """Give what the page says to whom writes it there."""
        data = {"_csrf_token": self.token, "mode": "text", "text": text}
        answer = self.client.post(at, data=data, headers=CALL)
        return unescape(answer.text)


def held(firm: Firm) -> tuple[int, bytes]:
    """Give a firm as bytes."""
    records = sorted(firm.records(), key=lambda each: (each.kind, each.key))
    return firm.seq, b"\n".join(map(msgspec.json.encode, records))


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faces]:
    """Give the faces; nothing wrong that comes in there may change what holds."""
    folder = tmp_path_factory.mktemp("bad")
    with (
        pytest.MonkeyPatch.context() as patch,
        open_desk(f"sqlite:///{folder / 'server.db'}") as desk,
    ):
        for name in ("WEFT_AS", "WEFT_SERVER", "WEFT_TOKEN", "WEFT_DB"):
            patch.delenv(name, raising=False)
        application = make(desk, Settings(clock=lambda: START))
        with TestClient(application, base_url=HERE) as client:
            yield Faces(folder, desk, client)


@pytest.mark.parametrize("bad", BAD, ids=lambda each: each.title)
def test_it_is_told_on_every_face_with_place_and_cure(faces: Faces, bad: Bad) -> None:
    before = faces.state()
    file = str(faces.folder / f"{KEY}.yaml")
    place = f"{bad.line}:{bad.path}"
    told = (bad.what, bad.do)
    assert faces.load(bad.text) == [(f"guardrails/{KEY}.yaml:{place}", *told)]
    assert faces.put(bad.text) == [(f"{file}:{place}", *told)]
    assert faces.tried(bad.text) == [(f"{file}:{place}", *told)]
    assert faces.api_put(bad.text) == [(bad.path, *told)]
    assert faces.api_try(bad.text) == [(bad.path, *told)]
    page = faces.page(bad.text)
    for each in (*told, f"Line {bad.line}<", f">{bad.path}<"):
        assert each in page
    assert faces.state() == before


@pytest.mark.parametrize(("title", "text"), HUGE, ids=[title for title, _ in HUGE])
def test_what_is_far_too_large_is_told_shortly(
    faces: Faces, title: str, text: str
) -> None:
    before = faces.state()
    reasons = set()
    for tell in (faces.load, faces.put, faces.tried):
        [(place, what, do)] = tell(text)
        reasons.add((place.rpartition("yaml:")[2], what, do))
        assert place.split(":")[1].isdecimal(), (title, place)
        assert what
        assert do
    assert len(reasons) == 1, reasons
    if "name" not in title:  # which no JSON has as YAML reads it
        for tell in (faces.api_put, faces.api_try):
            [(path, what, do)] = tell(text)
            assert path.startswith("$.")
            assert len(what + do) < 4 * LONGEST
    page = faces.page(text)
    assert "characters; 50,000 is the most." in page
    assert faces.state() == before


def test_what_is_right_is_taken_on_every_face(faces: Faces) -> None:
    before = faces.state()
    tried = weft("--db", faces.db, "guardrails", "try", faces.file(RIGHT))
    assert tried.exit_code == 0
    assert "This cannot be tried yet" not in faces.page(RIGHT)
    assert faces.state() == before
    done = weft("--db", faces.db, "put", "guardrails", faces.file(RIGHT))
    assert done.exit_code == 0, done.output
    assert faces.state() != before
