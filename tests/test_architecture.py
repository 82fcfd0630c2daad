"""The shape of the source, held by tests, and the tests themselves put to the proof."""

from __future__ import annotations

import ast
import graphlib
import importlib
import inspect
import os
import pkgutil
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

import weft
from weft.core.records import Record

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "weft"
FILES = sorted(f for f in SOURCE.rglob("*.py") if "vendor" not in f.parts)
LINES_PER_FILE, LINES_PER_FUNCTION, FILES_PER_FOLDER = 400, 50, 20

ONE_WAY = "data travels one way"
APART = "engines do not know each other"
PURE = "the core and the engines do no I/O"


def broken_contracts(folder: Path) -> set[str]:
    """Give the names of the contracts that the package `weft` in `folder` breaks."""
    lint = str(Path(sys.executable).with_name("lint-imports"))
    config = ["--config", str(ROOT / "pyproject.toml"), "--no-logo", "--no-cache"]
    run = subprocess.run(  # noqa: S603 # our own words
        [lint, *config],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts:" in run.stdout, run.stdout + run.stderr
    lines = run.stdout.splitlines()
    broken = {
        name
        for name in (ONE_WAY, APART, PURE)
        if any(line.startswith(f"{name} BROKEN") for line in lines)
    }
    assert bool(broken) == bool(run.returncode), run.stdout + run.stderr
    return broken


def test_the_source_keeps_the_contracts() -> None:
    assert broken_contracts(SOURCE.parent) == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("errors.py", "from weft.core import records", ONE_WAY),
        ("core/new.py", "from weft import engines", ONE_WAY),
        ("engines/guardrails/new.py", "from weft import store", ONE_WAY),
        ("store/new.py", "from weft import interop", ONE_WAY),
        ("interop/new.py", "from weft import app", ONE_WAY),
        ("app/new.py", "from weft import cli", ONE_WAY),
        ("cli/new.py", "from weft import web", ONE_WAY),
        ("web/new.py", "from weft import main", ONE_WAY),
        ("new.py", "", ONE_WAY),
        ("engines/guardrails/new.py", "from weft.engines import knowledge", APART),
        ("engines/new.py", "", APART),
        ("core/new.py", "import time", PURE),
        ("core/new.py", "import os.path", PURE),
        ("engines/guardrails/new.py", "from sqlalchemy import select", PURE),
        ("errors.py", "import random", PURE),
    ],
)
def test_a_contract_fails_when_violated(
    file: str, line: str, contract: str, tmp_path: Path
) -> None:
    copy = tmp_path / "weft"
    shutil.copytree(
        SOURCE, copy, ignore=shutil.ignore_patterns("vendor", "__pycache__")
    )
    with (copy / file).open("a") as out:
        out.write(f"\n{line}\n")
    assert broken_contracts(tmp_path) == {contract}


def cycle(package: str) -> list[str]:
    """Give the modules of one import cycle in `package`, or none.

    Imports that only a type checker sees count: they too tie two modules together.
    """
    graph = grimp.build_graph(
        package, cache_dir=None, exclude_type_checking_imports=False
    )
    imports = {m: graph.find_modules_directly_imported_by(m) for m in graph.modules}
    try:
        graphlib.TopologicalSorter(imports).prepare()
    except graphlib.CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def test_there_is_no_import_cycle() -> None:
    assert cycle("weft") == []


def test_a_cycle_of_types_alone_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "loop").mkdir()
    (tmp_path / "loop" / "__init__.py").touch()
    (tmp_path / "loop" / "a.py").write_text("import loop.b")
    (tmp_path / "loop" / "b.py").write_text(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import loop.a"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert set(cycle("loop")) == {"loop.a", "loop.b"}


IMPURE_CALLS = {"open", "input", "print", "exec", "eval", "__import__"}
IMPURE_METHODS = {"now", "today", "utcnow", "default_rng", "seed", "urandom"}


def impurities(tree: ast.AST) -> list[str]:
    """Give the calls that do I/O, read a clock or draw at random without an import."""
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = [f.id for f in calls if isinstance(f, ast.Name) and f.id in IMPURE_CALLS]
    methods = [f.attr for f in calls if isinstance(f, ast.Attribute)]
    return names + [name for name in methods if name in IMPURE_METHODS]


PURE_FILES = [f for f in FILES if f.relative_to(SOURCE).parts[0] in {"core", "engines"}]


def test_the_core_and_the_engines_only_compute() -> None:
    found = {file: impurities(ast.parse(file.read_text())) for file in PURE_FILES}
    assert {file: calls for file, calls in found.items() if calls} == {}


@pytest.mark.parametrize(
    "line", ["open('x')", "datetime.now(UTC)", "date.today()", "np.random.seed(1)"]
)
def test_an_impure_call_is_found(line: str) -> None:
    assert len(impurities(ast.parse(line))) == 1


def faults(text: str) -> Iterator[str]:
    """Give what makes a file hard to read: no docstring, or too much of it."""
    tree = ast.parse(text)
    if not ast.get_docstring(tree):
        yield "has no docstring: say in one line what belongs here"
    if text.count("\n") > LINES_PER_FILE:
        yield f"is longer than {LINES_PER_FILE} lines: are these two nouns?"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            if lines >= LINES_PER_FUNCTION:
                yield f"{node.name} is {lines} lines long: under {LINES_PER_FUNCTION}"


def test_a_file_is_short_and_says_what_it_is_for() -> None:
    found = {file: list(faults(file.read_text())) for file in FILES}
    assert {file: wrong for file, wrong in found.items() if wrong} == {}


def test_a_long_file_without_a_word_is_found() -> None:
    function = "def f():\n" + "    x = 1\n" * 49
    assert len(list(faults(function + "\n" * 400))) == 3


@pytest.mark.parametrize(
    "folder", sorted({f.parent for f in FILES}), ids=lambda f: f.name
)
def test_a_folder_fits_on_a_screen(folder: Path) -> None:
    assert len(list(folder.glob("*.py"))) <= FILES_PER_FOLDER


def records(base: type[Record]) -> set[type[Record]]:
    """Give every record beneath `base`, those beneath other records too."""
    below = set(base.__subclasses__())
    return below.union(*map(records, below))


def strict(record: type[Record]) -> bool:
    """Tell whether a record is frozen, refuses unknown fields, is called by names."""
    config = record.__struct_config__
    parameters = inspect.signature(record).parameters.values()
    by_name = all(p.kind is inspect.Parameter.KEYWORD_ONLY for p in parameters)
    return config.frozen and config.forbid_unknown_fields and by_name


def test_every_record_is_frozen_strict_and_called_by_names() -> None:
    for module in pkgutil.walk_packages(weft.__path__, "weft."):
        importlib.import_module(module.name)
    found = {r for r in records(Record) if r.__module__.startswith("weft.")}
    assert len(found) > 20
    assert [record for record in found if not strict(record)] == []


def test_a_loose_record_is_found() -> None:
    class ByOrder(Record, frozen=True):
        id: str

    class Lenient(Record, frozen=True, kw_only=True, forbid_unknown_fields=False):
        id: str

    class Sound(Record, frozen=True, kw_only=True):
        id: str

    assert [strict(r) for r in (ByOrder, Lenient, Sound)] == [False, False, True]
    assert {ByOrder, Lenient, Sound} <= records(Record)
