"""The command as a whole: it starts at once and tells what goes wrong in a line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from weft import errors
from weft.cli.faults import SOUND, run
from weft.errors import ConflictError, InputError, Problems, WeftError, Where
from weft.main import COMMANDS, main

WEFT = Path(sys.executable).with_name("weft")
READING = {"diagnose", "weave", "network", "movement", "search", "list", "show"}
READING |= {"check", "misfits", "export", "waive list"}


def commands(
    group: click.Group = main, above: str = ""
) -> Iterator[tuple[str, click.Command]]:
    """Give every command with its full name, those of the groups too."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        if isinstance(command, click.Group):
            yield from commands(command, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


ALL = dict(commands())


def cpu_seconds(words: list[str]) -> float:
    """Give the processor time, user and system, that a run of `weft` takes."""
    with Path(os.devnull).open("w") as nowhere:
        process = subprocess.Popen([WEFT, *words], stdout=nowhere)  # noqa: S603 # our own words
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_utime + usage.ru_stime


def test_help_starts_at_once() -> None:
    assert min(cpu_seconds(["--help"]) for _ in range(5)) < 0.2


def test_help_loads_nothing_that_it_does_not_show() -> None:
    code = (
        "import sys; from weft.main import main; main(['--help'], 'weft', "
        "standalone_mode=False); print(*sys.modules)"
    )
    run = subprocess.run(  # noqa: S603 # our own words
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    *_, modules = run.stdout.splitlines()
    heavy = {"litestar", "msgspec", "numpy", "psycopg", "rich", "sqlalchemy", "yaml"}
    assert heavy & set(modules.split()) == set()


@pytest.mark.slow
def test_the_server_starts_without_what_few_pages_need() -> None:
    code = "import sys, weft.web.server; print(*sys.modules)"
    run = subprocess.run(  # noqa: S603 # our own words
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert {"numba", "regopy", "scipy"} & set(run.stdout.split()) == set()


def test_help_lists_every_command_with_a_sentence() -> None:
    shown = CliRunner().invoke(main, ["--help"]).output
    assert all(f"\n  {name} " in shown for name in COMMANDS)
    assert all(text.endswith(".") for _, text in COMMANDS.values())


@pytest.mark.parametrize("name", ALL)
def test_a_command_says_what_it_does(name: str) -> None:
    shown = CliRunner().invoke(main, [*name.split(), "--help"])
    assert shown.exit_code == 0
    assert shown.output.splitlines()[2].strip().endswith((".", ":", ","))


@pytest.mark.parametrize("name", sorted(set(ALL) - {"serve", "schema"}))
def test_a_command_can_print_json(name: str) -> None:
    assert "--json" in {o for p in ALL[name].params for o in p.opts}


@pytest.mark.parametrize("name", sorted(READING))
def test_what_reads_the_firm_reads_any_day_and_any_draft(name: str) -> None:
    options = {o for p in ALL[name].params for o in p.opts}
    assert {"--as-of", "--draft"} <= options


# What goes wrong


def run_failing(error: BaseException) -> tuple[int, str]:
    """Give the exit code and what is told where a command raises `error`."""

    def fail() -> None:
        raise error

    @click.command()
    def failing() -> None:
        run(fail)

    result = CliRunner().invoke(failing)
    return result.exit_code, result.stderr


KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, WeftError)
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_is_told_and_has_its_own_exit_code(kind: type[WeftError]) -> None:
    error = kind.__new__(kind)
    WeftError.__init__(error, "It broke.", do="Mend it.", where=Where("a.yaml", 3))
    if isinstance(error, Problems):
        one = InputError("It broke.", do="Mend it.", where=error.where)
        Problems.__init__(error, [one])
    assert run_failing(error) == (kind.exit_code, "a.yaml:3: It broke.\n  Mend it.\n")


def test_exit_codes_are_those_that_are_promised() -> None:
    codes = {kind.__name__: kind.exit_code for kind in KINDS}
    assert codes == {
        "WeftError": 1,
        "InputError": 2,
        "Malformed": 2,
        "NoStore": 2,
        "NothingChanges": 2,
        "Problems": 2,
        "UnknownName": 2,
        "NotFound": 2,
        "ConflictError": 3,
        "StoreTaken": 3,
        "Unavailable": 3,
        "Forbidden": 4,
        "SignInNeeded": 4,
        "NoSolution": 5,
    }


def test_several_problems_are_all_told() -> None:
    several = [InputError(f"It broke {n} times.", do="Mend it.") for n in range(3)]
    code, text = run_failing(Problems(several))
    assert code == 2
    assert text.count("Mend it.") == 3
    assert "3 problems were found; nothing was applied." in text


def test_what_is_wrong_in_many_places_is_told_once_with_the_places() -> None:
    lines = [
        InputError("No such unit.", do="Add it.", where=Where("people.csv", n))
        for n in range(2, 12)
    ]
    code, text = run_failing(Problems([*lines, InputError("It broke.", do="Mend it.")]))
    places = ", ".join(f"people.csv:{n}" for n in range(3, 8))
    assert text.startswith(
        "people.csv:2: No such unit.\n  Add it.\n"
        f"  The same in 9 more places: {places}, ...\nIt broke.\n  Mend it.\n"
    )
    assert (code, text.count("11 problems were found")) == (2, 1)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    try:
        tmp_path.read_text()
    except OSError as error:
        code, text = run_failing(error)
    assert code == 2
    assert text.startswith(f"{tmp_path}: Is a directory.\n  Check the path")


def test_ctrl_c_stops_without_a_word_too_many() -> None:
    assert run_failing(KeyboardInterrupt()) == (130, f"{SOUND}\n")


@pytest.mark.parametrize("kind", [ZeroDivisionError, StopIteration, RuntimeError])
def test_a_fault_of_ours_is_owned_up_to_and_its_trace_kept(
    kind: type[Exception],
) -> None:
    code, text = run_failing(kind("so"))
    assert code == 70
    what, do = text.splitlines()
    assert what == f"This is a fault in Weft itself: {kind.__name__}."
    trace = Path(do.split(" with ")[1].split(" and what")[0])
    assert f"{kind.__name__}: so" in trace.read_text()
    trace.unlink()


@pytest.mark.parametrize("words", ["nonsense", "list", "list people --nonsense"])
def test_a_wrong_word_is_wrong_input(words: str) -> None:
    result = CliRunner().invoke(main, words.split(), prog_name="weft")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Try 'weft" in result.stderr


def test_a_conflict_names_who_was_first() -> None:
    code, text = run_failing(ConflictError("Entry 5 was first.", do="Look again."))
    assert (code, text) == (3, "Entry 5 was first.\n  Look again.\n")
