"""The writer: one thread that decides all waiting deeds and commits them as one."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress

from weft.core.entries import Entry
from weft.errors import Unavailable, WeftError
from weft.store import head as heads
from weft.store.database import Database
from weft.store.facts.intake import Intake
from weft.store.head import Head
from weft.store.journal import rows
from weft.store.journal.batch import Batch, Task
from weft.store.journal.bodies import Row
from weft.store.journal.touched import Touched
from weft.store.pen import Pen
from weft.store.schema import fact

logger = logging.getLogger(__name__)

MOST = 500
"""Deeds of one commit."""
WAITING = 2_000
"""Deeds that may wait; more are refused, as they would wait for too long."""


class Writer:
    """Takes deeds from anybody and puts them into the journal, in batches.

    head: the newest state that is durable, which is what readers see.
    after: told of the head and the records changed after each commit, and in
    quiet moments; gives the seconds after which it wants to hear again, if at all.
    """

    def __init__(
        self,
        database: Database,
        pen: Pen,
        head: Head,
        after: Callable[[Head, int], float | None],
    ) -> None:
        self.head = head
        self._database, self._pen, self._after = database, pen, after
        with database.reading() as db:
            self._secret = fact(db, "secret")
        self._touched = Touched(database, head.firm.seq)
        self._waiting: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._gate, self._closed, self._lost = threading.Lock(), False, False
        self._thread = threading.Thread(
            target=self._run, name="weft-writer", daemon=True
        )
        self._thread.start()

    @property
    def sound(self) -> bool:
        """Tell whether the last commit went well and more can follow."""
        return not (self._lost or self._closed)

    def submit(self, task: Task) -> Future[Entry]:
        """Put a deed in the queue; its future tells what became of it."""
        with self._gate:
            if self._closed:
                _fail([task], Unavailable("The store is closed.", do="Open it."))
            elif self._waiting.qsize() >= WAITING:
                what = f"{WAITING} deeds are waiting already."
                _fail([task], Unavailable(what, do="Try again in a moment."))
            else:
                self._waiting.put(task)
        return task.future

    def close(self) -> None:
        """Write what waits, then stop."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        """Serve batch after batch until told to stop."""
        rest: float | None = None
        going = True
        while going:
            tasks = self._take(rest)
            if None in tasks:
                tasks, going = tasks[:-1], False
            changed = self._serve([task for task in tasks if task])
            try:
                rest = self._after(self.head, changed)
            except Exception:
                logger.exception("What was due after a commit could not be done.")

    def _take(self, rest: float | None) -> list[Task | None]:
        """Wait for a deed and take those that wait with it; none when rested."""
        tasks: list[Task | None] = []
        with suppress(queue.Empty):
            tasks.append(self._waiting.get(timeout=rest))
            while len(tasks) < MOST and tasks[-1]:
                tasks.append(self._waiting.get_nowait())
        return tasks

    def _serve(self, tasks: Sequence[Task]) -> int:
        """Decide and write deeds as one commit; give how many records changed."""
        tasks = [t for t in tasks if t.future.set_running_or_notify_cancel()]
        if not tasks:
            return 0
        try:
            batch = self._decided(tasks)
            if not batch.empty:
                with self._pen.writing() as db:
                    batch.save(db)
        except Exception as error:
            logger.exception("A batch of %s deeds could not be written.", len(tasks))
            self._lost = True
            _fail(tasks, error)
            return 0
        self.head = batch.head
        for task, entry in batch.done:
            task.future.set_result(entry)
        return sum(len(entry.deed.changes) for _, entry in batch.done)

    def _decided(self, tasks: Sequence[Task]) -> Batch:
        """Decide deeds one after the other; those that raise fail alone."""
        if self._lost:
            self._recover()
        known: dict[tuple[str, str], Row] = {}
        if keys := [task.key for task in tasks if task.key]:
            with self._database.reading() as db:
                known = rows.by_keys(db, keys)
        self._touched.trim(self.head.firm.seq)
        intake = Intake(self._database)
        batch = Batch(self.head, self._touched, intake, self._secret, known)
        for task in tasks:
            try:
                batch.add(task, self._entry)
            except BaseException as error:  # noqa: BLE001, who asked hears of it
                task.future.set_exception(error)
        return batch

    def _entry(self, row: Row) -> Entry:
        """Read the entry of a row that has been written."""
        with self._database.reading() as db:
            return rows.entry(db, row)

    def _recover(self) -> None:
        """Read again what the disk holds, as a commit that failed may be in it."""
        self._pen.reopen()
        with self._database.reading() as db:
            seq = self.head.firm.seq
            here = rows.row_at(db, seq)
            if seq and (here is None or here.hash != self.head.hash):
                raise Unavailable(
                    f"Entry {seq} on the disk is not the one that was written.",
                    do="Stop Weft, run `weft verify`, and see who changed the store.",
                )
            self.head = heads.follow(db, self.head)
        self._touched = Touched(self._database, self.head.firm.seq)
        self._lost = False


def _fail(tasks: Sequence[Task], error: Exception) -> None:
    """Tell all who wait that it is not known to be written."""
    told = error if isinstance(error, WeftError) else None
    what = told.what if told else f"The store failed: {type(error).__name__}."
    do = told.do if told else "Try again with the same key: it counts once."
    for task in tasks:
        if not task.future.done():
            task.future.set_exception(Unavailable(what, do=do))
