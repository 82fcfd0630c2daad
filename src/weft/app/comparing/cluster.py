"""Make the runs of a comparison on a Dask cluster of one's own.

Only with a cluster that one trusts: it sees the firm's figures, and runs what it is
sent. See docs/decisions/0012.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from socket import create_connection
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, TypeVar

from weft.app.comparing.pieces import AHEAD, SOON, Cancelled, Stopped, in_order, never
from weft.engines.simulation.comparing import Mapper, Sized
from weft.engines.simulation.kernel import fingerprint
from weft.errors import InputError, Unavailable, cut

if TYPE_CHECKING:
    from distributed import Future

R = TypeVar("R")

ANSWERS, RETURNS = 5.0, 20.0
"""Seconds that a cluster has to answer in, and that lost workers have to come back."""
_ADDRESS: Final = re.compile(
    r"((tcp|tls)://)?\[?(?P<host>[\w.:-]+?)\]?:(?P<port>\d{1,5})"
)
_SAME: Final = ("weft", "numpy", "numba", "distributed")
"""What must be of the same version wherever a run is made, for the same bits."""


@contextmanager
def on_cluster(address: str, *, cancelled: Cancelled = never) -> Iterator[Mapper]:
    """Give what makes runs on the workers of a cluster.

    What comes of them comes in the order asked, to the same bits as here. What a
    worker had in hand when it was lost is made again by another. Raises InputError
    where no cluster answers at the address, it has no workers, or one of them would
    give other figures; Unavailable where it is lost; Stopped when it is cancelled.
    """
    if find_spec("distributed") is None:
        raise InputError(
            "Runs on a cluster need Dask, which is not installed here.",
            do="Install it beside Weft: pip install 'weft[cluster]'.",
        )
    with _quiet(), _client(address) as client:
        _agree(client)
        cluster = _Cluster(client, address, cancelled)
        try:
            yield cluster.work
        finally:
            cluster.forget()


@contextmanager
def _quiet() -> Iterator[None]:
    """Have Dask keep to itself what is told here in a sentence."""
    log = logging.getLogger("distributed")
    before = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="distributed")
            yield
    finally:
        log.setLevel(before)


@contextmanager
def _client(address: str) -> Iterator[Any]:
    """Give a connection to a cluster that answers and has workers."""
    import distributed  # noqa: PLC0415, an extra, and it takes a second

    connect: Any = distributed.Client  # which has no types
    try:
        _knock(address)
        client = connect(address, timeout=ANSWERS, set_as_default=False)
    except Exception as error:  # whatever else listens there may answer anything
        raise InputError(
            f"No Dask scheduler answers at {cut(address)}.",
            do="Start one with `dask scheduler` and give its address, such as"
            " tcp://10.0.0.5:8786; tls:// where it asks for certificates.",
        ) from error
    try:
        try:
            client.wait_for_workers(1, timeout=ANSWERS)
        except TimeoutError as error:
            raise InputError(
                f"The cluster at {address} has no workers.",
                do=f"Start some, one for each machine: dask worker {address}",
            ) from error
        yield client
    finally:
        client.close(timeout=ANSWERS)


def _knock(address: str) -> None:
    """Raise OSError where no scheduler greets: Dask itself would wait for long."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise OSError
    place = found["host"], int(found["port"])
    with create_connection(place, timeout=ANSWERS) as there:
        if not address.startswith("tls://") and not there.recv(1):
            raise OSError


def _agree(client: Any) -> None:
    """Refuse workers with other versions: they would give other figures."""
    seen = client.get_versions(packages=list(_SAME))
    mine = seen["client"]["packages"]
    for worker, told in sorted(seen["workers"].items()):
        for name in _SAME:
            theirs = told["packages"].get(name)
            if theirs != mine[name]:
                raise InputError(
                    f"The worker at {worker} has {name} {theirs or 'not at all'}, and"
                    f" here it is {mine[name]}: the figures would not be the same.",
                    do="Give each worker what is here, pip install"
                    f" 'weft[cluster]=={mine['weft']}', and start it again.",
                )


class _Cluster:
    """The workers of a cluster, and what was handed out to them."""

    def __init__(self, client: Any, address: str, cancelled: Cancelled) -> None:
        self.client, self.address, self.cancelled = client, address, cancelled
        self.out: set[Future[Any]] = set()

    def work(self, work: Callable[[Any], R], items: Iterable[Sized], /) -> Iterator[R]:
        """Do it on all workers, and give what comes of it in order."""

        def hand_out(item: Sized) -> Future[Any]:
            # Under a name of its own: nobody else's result is taken for it.
            future: Future[Any] = self.client.submit(_vouched, work, item, pure=False)
            self.out.add(future)
            return future

        threads = sum(self.client.nthreads().values())
        yield from in_order(hand_out, self._take, items, AHEAD * threads)

    def _take(self, future: Future[Any]) -> Any:
        """Wait for what comes of a piece, and see that it is what came of it here."""
        worker, print_, found = self._waited(future)
        self.out.discard(future)
        if print_ != fingerprint():
            raise InputError(
                f"The worker at {worker} works out other figures than this machine, in"
                " the last digits.",
                do="Use machines with one kind of processor, or leave out --cluster.",
            )
        return found

    def _waited(self, future: Future[Any]) -> tuple[str, str, Any]:
        from distributed import KilledWorker  # noqa: PLC0415, an extra

        seen = monotonic()
        while True:
            try:
                found: tuple[str, str, Any] = future.result(timeout=SOON)
            except TimeoutError:
                if self.cancelled():
                    raise Stopped from None
            except (CancelledError, KilledWorker, OSError) as error:
                raise self._lost() from error
            else:
                return found
            if self.client.status == "running" and self._workers():
                seen = monotonic()
            if monotonic() - seen > RETURNS:
                raise self._lost()

    def _workers(self) -> bool:
        try:
            return bool(self.client.nthreads())
        except OSError:
            return False

    def _lost(self) -> Unavailable:
        return Unavailable(
            f"The cluster at {self.address} was lost in the midst of its work, or"
            " its workers were, again and again.",
            do="Look into its log; where memory ran out give each worker more. Nothing"
            " is on record of this comparison: make it again.",
        )

    def forget(self) -> None:
        """Take back what nobody waits for any more."""
        with suppress(OSError, TimeoutError):
            self.client.cancel(list(self.out), force=True)


def _vouched(work: Callable[[Any], R], item: Any) -> tuple[str, str, R]:
    """Do a piece of work on a worker; tell how it works figures out."""
    from distributed import get_worker  # noqa: PLC0415, an extra

    return get_worker().address, fingerprint(), work(item)
