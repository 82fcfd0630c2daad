"""Who makes the runs of a comparison: processes of this machine, or a cluster."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from weft.errors import InputError

if TYPE_CHECKING:
    from weft.engines.simulation.comparing import Mapper

F = TypeVar("F", bound=Callable[..., Any])


class Workers(NamedTuple):
    """So many processes, one for each core where none; or a cluster at an address."""

    processes: int | None
    cluster: str

    def at_work(self) -> AbstractContextManager[Mapper]:
        """Give what makes the runs. Raises InputError where both are asked for."""
        from weft.app.comparing.cluster import on_cluster
        from weft.app.comparing.processes import on_processes

        if not self.cluster:
            return on_processes(self.processes)
        if self.processes:
            raise InputError(
                "Runs are made on processes of this machine or on a cluster, not both.",
                do="Leave out --processes or --cluster.",
            )
        return on_cluster(self.cluster)


def workers_options(command: F) -> F:
    """Have a command ask who makes the runs."""
    local = click.option(
        "--processes", type=click.IntRange(1), help="One for each core."
    )
    apart = click.option(
        "--cluster",
        default="",
        metavar="ADDRESS",
        help="On a Dask cluster of your own: tcp://HOST:8786, or tls://.",
    )
    return local(apart(command))
