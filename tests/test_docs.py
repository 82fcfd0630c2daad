"""Every page of the documentation is run, top to bottom, as a reader would run it.

One page is one sequence in an empty folder, with an empty database of its own:

- ```console: `$ ` starts a command and `> ` goes on with it; what follows is the
  output expected, in which `...` stands for anything. With none, only the exit
  code counts: 0, or the one that a comment names: `$ weft ask ...  # exit 4`.
- ```sh: a script that ends well. ```python: likewise.
- ```yaml file=people/ana.yaml (any language): a file that the reader writes.
- ```bash: what one types in a clone (git, cd, make); not run, as the tests run in it.
- ```text, ```json and so on without `file=`: to be read only.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOP = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
PAGES = [*filter(Path.exists, TOP), *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^( *)```(\w+)([^\n]*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
PAGE_SECONDS = 300
FORKING = Path(__file__).with_name("forking.py")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that the reader does, and what should come of it."""

    line: int
    command: str
    code: int = 0
    output: str = ""


def steps(text: str) -> Iterator[Step]:
    """Give what a page asks its reader to do, in order."""
    for block in BLOCK.finditer(text):
        indent, language, info, body = block.groups()
        body = re.sub(f"^{indent}", "", body, flags=re.MULTILINE)
        line = text.count("\n", 0, block.start()) + 2
        if file := re.search(r"file=(\S+)", info):
            path = shlex.quote(file[1])
            yield Step(line=line, command=f"mkdir -p $(dirname {path})")
            yield Step(
                line=line, command=f"cat >{path} <<'END_OF_BLOCK'\n{body}END_OF_BLOCK"
            )
        elif language == "console":
            yield from commands(body, line)
        elif language == "sh":
            yield Step(line=line, command=f"( set -e\n{body})")
        elif language == "python":
            yield Step(
                line=line, command=f"python - <<'END_OF_BLOCK'\n{body}END_OF_BLOCK"
            )


def commands(body: str, line: int) -> Iterator[Step]:
    """Give the commands of a console block with the output expected of each."""
    for part in re.split(r"^(?=\$ )", body, flags=re.MULTILINE):
        typed = re.match(r"\$ (.*\n(?:> .*\n)*)", part)
        if typed:
            command = re.sub(r"^> ", "", typed[1], flags=re.MULTILINE).rstrip()
            code = re.search(r"# exit (\d)$", command)
            yield Step(
                line=line,
                command=command,
                code=int(code[1]) if code else 0,
                output=part[typed.end() :],
            )
        line += part.count("\n")


@pytest.fixture(scope="session")
def commands_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the folder of a `weft` that need not import itself for each command."""
    folder = tmp_path_factory.mktemp("bin")
    words = [sys.executable, str(FORKING), str(folder / "socket")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 # our own
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield folder
        process.kill()


def run(page: Path, folder: Path, weft: Path) -> list[str]:
    """Do what a page says, in the folder; give what did not come out as written."""
    todo = list(steps(page.read_text()))
    mark = "--- end of step, code"
    script = "".join(
        f"{step.command}\nprintf '\\n%s %s\\n' '{mark}' $?\n" for step in todo
    )
    with (folder / ".output").open("w+") as out:
        reader = subprocess.Popen(  # noqa: S603 # what our own pages say
            ["bash", "-c", script],  # noqa: S607 # the one on the PATH
            cwd=folder,
            env=surroundings(folder, weft),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        try:
            reader.wait(timeout=PAGE_SECONDS)
        finally:
            stop_all(reader)
        out.seek(0)
        results = re.findall(
            rf"(.*?)^{mark} (\d+)\n", out.read(), re.DOTALL | re.MULTILINE
        )
    assert len(results) == len(todo), f"{page.name} stopped at step {len(results)}"
    checked = zip(todo, results, strict=True)
    return [
        told for step, (said, code) in checked if (told := fault(step, said, int(code)))
    ]


def surroundings(folder: Path, weft: Path) -> dict[str, str]:
    """Give the environment of a reader who has just installed Weft."""
    return {
        "COLUMNS": "88",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "PATH": f"{weft}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "WEFT_DB": f"sqlite:///{folder / 'weft.db'}",
    }


def stop_all(reader: subprocess.Popen[bytes]) -> None:
    """Stop what the page has started, such as a server in the background."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(reader.pid, signal.SIGKILL)
    reader.wait()


def fault(step: Step, said: str, code: int) -> str:
    """Tell what is wrong with the outcome of a step; nothing, where all is well."""
    if code != step.code:
        return (
            f"line {step.line}: {step.command}\nexit {code}, not {step.code}:\n{said}"
        )
    if step.output.strip() and not matches(step.output, said):
        told = f"expected:\n{step.output}\nfound:\n{said}"
        return f"line {step.line}: {step.command}\n{told}"
    return ""


def matches(expected: str, said: str) -> bool:
    """Tell whether the output is as written, `...` standing for anything.

    Spaces at the end of a line and empty lines at both ends do not count.
    """
    wanted, found = (
        "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")
        for text in (expected, said)
    )
    lines = (
        ".*" if line == "..." else re.escape(line).replace(r"\.\.\.", r"[^\n]*")
        for line in wanted.split("\n")
    )
    return re.fullmatch("\n".join(lines), found, re.DOTALL) is not None


def name(page: Path) -> str:
    """Give the path of a page in the repository."""
    return str(page.relative_to(ROOT))


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_does_what_it_says(
    page: Path, tmp_path: Path, commands_at: Path
) -> None:
    assert "\n\n".join(run(page, tmp_path, commands_at)) == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("block", "faults"),
    [
        ("```console\n$ echo one two\none ...\n$ false  # exit 1\n```", 0),
        ("```console\n$ cd /; export A=1\n$ echo $PWD $A\n/ 1\n```", 0),
        ("```console\n$ cat <<E\n> x\n> E\nx\n```", 0),
        ("```console\n$ seq 9\n1\n...\n9\n```", 0),
        ("```yaml file=a/b.yaml\nx: 1\n```\n```console\n$ cat a/b.yaml\nx: 1\n```", 0),
        ("```console\n$ sleep 999 &\n```", 0),
        ("1. first\n   ```console\n   $ echo x\n   x\n   ```", 0),
        ("```console\n$ echo one\ntwo\n```", 1),
        ("```console\n$ seq 9\n1\n...\n8\n```", 1),
        ("```console\n$ false\n$ true  # exit 3\n```", 2),
        ("```console\n$ weft lst  # exit 2\n$ weft --version\nweft, ...\n```", 0),
        ("```console\n$ echo x | weft list people  # exit 0\n```", 1),
        ("```sh\nfalse\ntrue\n```", 1),
        ("```python\nassert 1 == 2\n```", 1),
    ],
)
def test_a_page_that_errs_is_found(
    block: str, faults: int, tmp_path: Path, commands_at: Path
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# A page\n\n{block}\n")
    assert len(run(page, tmp_path, commands_at)) == faults


LANGUAGES = {
    *(
        "bash",
        "console",
        "css",
        "csv",
        "html",
        "json",
        "xml",
        "markdown",
        "jsonl",
        "mermaid",
        "python",
    ),
    *("sh", "sql", "text", "toml", "yaml"),
}


def test_what_is_typed_in_a_clone_exists() -> None:
    words = set(
        re.findall(r"^(\w+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)
    )
    assert words == {"setup", "run", "check", "test", "bench"}
    for page in PAGES:
        for _, language, _, body in BLOCK.findall(page.read_text()):
            assert language in LANGUAGES, name(page)
            if language == "bash":
                for line in body.strip().splitlines():
                    command, *rest = line.partition("#")[0].split()
                    assert command in {"git", "cd", "make"}, line
                    assert command != "make" or set(rest) <= words, line


LINK = re.compile(r"\]\(<?([^)\s>]+)>?(?: \"[^\"]*\")?\)|(?:src|href)=\"([^\"]+)\"")


def dead_links(page: Path) -> list[str]:
    """Give the links of a page to files and headings that do not exist."""
    prose = re.sub(r"`[^`\n]+`", "", BLOCK.sub("", page.read_text()))
    links = [markdown or html for markdown, html in LINK.findall(prose)]
    ours = [link for link in links if not re.match(r"[a-z]+:", link)]
    return [link for link in ours if not alive(page, link)]


def alive(page: Path, link: str) -> bool:
    """Tell whether a link leads to a file and, if it names one, to a heading there."""
    path, _, heading = link.partition("#")
    target = (page.parent / path) if path else page
    if not target.exists() or not heading:
        return target.exists()
    lines = re.findall(r"^#+ (.+)$", BLOCK.sub("", target.read_text()), re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", line).lower().replace(" ", "-") for line in lines}
    return heading in slugs


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert dead_links(page) == []


def test_a_dead_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# What is it?\n[a](page.md) [b](gone.md) ![c](gone.png) [d](#what-is-it)\n"
        '[e](page.md#gone) [f](https://example.org/x) <img src="gone.svg">'
    )
    assert dead_links(page) == ["gone.md", "gone.png", "page.md#gone", "gone.svg"]


def test_each_decision_has_a_number_of_its_own() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(record.name[:4]) for record in records]
    assert numbers == list(range(1, len(records) + 1))
    for number, record in zip(numbers, records, strict=True):
        assert record.read_text().startswith(f"# {number}. "), record.name
