"""Projects of the iMOPSE set: tasks that want one skill each, and who has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RULE = "====="


@dataclass(frozen=True)
class Project:
    """Tasks, each done by one able person without a break, after those before it.

    duration: of each task. before: the tasks that have to be over first, which all
    have smaller positions. able: who may do it: has its skill at its level or higher.
    """

    name: str
    people: int
    duration: tuple[int, ...]
    before: tuple[tuple[int, ...], ...]
    able: tuple[tuple[int, ...], ...]


def read(path: Path) -> Project:
    """Read a `.def` file."""
    sections = _sections(path.read_text(encoding="utf-8"))
    people = [_skills(line.split()[2:]) for line in sections["ResourceID"]]
    tasks = [line.split() for line in sections["TaskID"]]
    asked = [_skills(task[2:4]) for task in tasks]
    return Project(
        name=f"{path.parent.name}/{path.stem}",
        people=len(people),
        duration=tuple(int(task[1]) for task in tasks),
        before=tuple(tuple(int(t) - 1 for t in task[4:]) for task in tasks),
        able=tuple(
            tuple(
                person
                for person, skills in enumerate(people)
                if all(skills.get(skill, -1) >= level for skill, level in one.items())
            )
            for one in asked
        ),
    )


def _sections(text: str) -> dict[str, list[str]]:
    """Give the lines of each table, by the first word of its head."""
    found: dict[str, list[str]] = {}
    table: list[str] = []
    for line in text.splitlines():
        head = line.split()[:1]
        if head and head[0] in {"ResourceID", "TaskID"}:
            table = found.setdefault(head[0], [])
        elif head and not head[0].startswith(RULE):
            table.append(line)
    return found


def _skills(words: list[str]) -> dict[str, int]:
    """Read pairs of a skill and a level: `Q3: 2`."""
    pairs: Iterator[tuple[str, str]] = zip(words[::2], words[1::2], strict=True)
    return {skill: int(level) for skill, level in pairs}
