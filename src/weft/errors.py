"""Every error Weft raises on purpose.

WeftError                        exit code  HTTP
├── InputError                       2      422   what was given breaks a rule
│   ├── Malformed                    2      400   it cannot be read as a record
│   ├── NoStore                      2      422   there is nothing to read yet
│   ├── NothingChanges               2      422   it is so already
│   ├── Problems                     2      422   several of these, all told at once
│   └── UnknownName                  2      422   it names something absent
│       └── NotFound                 2      404   the address itself does
├── ConflictError                    3      409   someone else was first
│   └── StoreTaken                   3      409   another process writes the store
├── Forbidden                        4      403   the actor lacks a relation
│   └── SignInNeeded                 4      401   nobody is signed in
├── NoSolution                       5      422   the question has no answer
└── Unavailable                      3      503   the store cannot write now

A refusal by a guardrail is an answer, not an error: see core/requests.py.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Where:
    """The place that a message points to: in a file, a form or an HTTP body.

    A dataclass, not a record: every command loads this file before it starts.

    line: from 1; 0 where the text has no lines that matter.
    path: from the top of the text, such as `$[2].until`.
    """

    file: str = ""
    line: int = 0
    path: str = ""

    def __str__(self) -> str:
        """Write it as editors and terminals do, so that it can be clicked."""
        line = str(self.line) if self.line else ""
        return ":".join(part for part in (self.file, line, self.path) if part)

    def of(self, told: Where) -> Where:
        """Give this line, with the path that was told."""
        return Where(self.file, self.line, told.path)


LONGEST = 80
"""A word that somebody typed is told up to so many letters."""


def cut(value: object) -> object:
    """Give what a sentence quotes; of a long text its beginning."""
    text = value if isinstance(value, str) else ""
    return f"{text[: LONGEST - 3]}..." if len(text) > LONGEST else value


class WeftError(Exception):
    """Base of all errors: says what is wrong, where, and what to do next."""

    exit_code = 1
    http_status = 500

    def __init__(self, what: str, *, do: str, where: Where | None = None) -> None:
        """Keep the three parts apart so that each face can lay them out."""
        super().__init__(what)
        self.what, self.do, self.where = what, do, where or Where()

    def move(self, place: Callable[[Where], Where]) -> None:
        """Tell its place anew, made of the one told so far."""
        self.where = place(self.where)

    def __reduce__(self) -> tuple[object, ...]:
        """Let it come whole from another process: each kind is begun in its own way."""
        return _bare, (type(self), self.args), self.__dict__


def _bare(kind: type[WeftError], said: tuple[object, ...]) -> WeftError:
    """Make an error to which its parts are still to come."""
    return kind.__new__(kind, *said)


class InputError(WeftError, ValueError):
    """What was given breaks a rule.

    A ValueError, so that msgspec adds the path where a record raises it. lacks: the
    table of the firm in which a name is missing, where that is told to be wrong.
    """

    exit_code, http_status = 2, 422
    lacks = ""

    @property
    def problems(self) -> tuple[InputError, ...]:
        """Give everything that is wrong: this, or each of several."""
        return (self,)


class Malformed(InputError):
    """What was given cannot be read as a record: wrong syntax, field or type."""

    http_status = 400


class NoStore(InputError):
    """There is no store at this address yet, and who only reads makes none."""

    def __init__(self, place: object) -> None:
        """Say how to begin one."""
        super().__init__(
            f"There is no store of Weft's in {place} yet.",
            do="Begin one: weft example bank, weft import table FILE or weft load DIR.",
        )


class NothingChanges(InputError):
    """The deed would change nothing, so there is nothing to put on record."""

    def __init__(self) -> None:
        """Say so; for many a caller that is good news."""
        super().__init__(
            "Nothing changes.", do="Change something; all of this is there already."
        )


class Problems(InputError):
    """Everything that is wrong with what was given, found in one pass."""

    def __init__(self, problems: Sequence[InputError]) -> None:
        """Keep every problem; the first one speaks for all."""
        self._all = tuple(one for each in problems for one in each.problems)
        count = len(self._all)
        super().__init__(
            f"{count} problems were found; nothing was applied."
            if count > 1
            else problems[0].what,
            do="Mend each of them and try again." if count > 1 else problems[0].do,
            where=problems[0].where,
        )

    @property
    def problems(self) -> tuple[InputError, ...]:
        """Give each problem; those that were several themselves one by one."""
        return self._all

    def move(self, place: Callable[[Where], Where]) -> None:
        """Tell anew the place of each."""
        for each in self._all:
            each.move(place)
        self.where = self._all[0].where


class UnknownName(InputError):
    """A name was used that the firm does not have."""

    def __init__(
        self,
        kind: str,
        name: str,
        known: Iterable[str],
        where: Where | None = None,
        do: str = "",
    ) -> None:
        """Offer the names that do exist: the cure is part of the error.

        do: what to do instead, where the names are too many to be told.
        """
        names = sorted(known)
        near = difflib.get_close_matches(name[:200], names[:5000], n=3, cutoff=0.5)
        listed = ", ".join(near or names[:8])
        super().__init__(
            f"There is no {kind} called {cut(name)!r}.",
            do=(
                do
                or (
                    f"Did you mean {listed}?"
                    if near
                    else f"Use one of: {listed}."
                    if listed
                    else f"The firm has no {kind} yet: add it first."
                )
            ),
            where=where,
        )


class NotFound(UnknownName):
    """There is nothing at this address."""

    http_status = 404


class ConflictError(WeftError):
    """Someone else changed the firm between your read and your write."""

    exit_code, http_status = 3, 409


class StoreTaken(ConflictError):
    """Another process is the one writer of the store."""

    def __init__(self, holder: str) -> None:
        """Keep who holds it, as the holder has put it."""
        super().__init__(
            f"Another Weft writes this store: {holder or 'it did not say which'}.",
            do="Use that one, or stop it first; reading is free to all.",
        )
        self.holder = holder


class Forbidden(WeftError):
    """The actor lacks the relation to the firm that this deed asks for."""

    exit_code, http_status = 4, 403


class SignInNeeded(Forbidden):
    """Nobody is signed in, and this deed is done as somebody."""

    http_status = 401


class NoSolution(WeftError):
    """The question has no finite or feasible answer."""

    exit_code, http_status = 5, 422


class Unavailable(WeftError):
    """The store cannot take writes now; what was read before still holds."""

    exit_code, http_status = 3, 503
