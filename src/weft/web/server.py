"""Weft as a server: one process that reads, writes and answers."""

from __future__ import annotations

import gc
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

import uvicorn

from weft.errors import ConflictError, InputError
from weft.store.desk import Desk, open_desk
from weft.web.app import make
from weft.web.settings import LOOPBACK, Settings
from weft.web.warming import first, warm

PORT = 8000
TRIED = 20
"""So many ports are tried, from the usual one on, where none was asked for."""
BACKLOG = 1024
COLLECT = (20_000, 20, 50)
"""When Python looks for garbage: calls make little that has to be looked for, and
looking as often as it does by itself took a tenth of the time of an Answer."""
GRACE = 10
"""Seconds that calls under way are given when the server stops."""


def serve(
    url: str,
    told: Callable[[str], None],
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    accounts: bool = False,
    checkpoints: Path | None = None,
    begin: Callable[[Desk], None] | None = None,
) -> None:
    """Serve the pages and the API until told to stop.

    told: is given the address once Weft answers there. port: None for the usual
    one, or the next that is free. accounts: everybody signs in, on this machine
    too; on any other address they have to. checkpoints: the file to which the
    head of the journal is exported. begin: is given the store before anybody
    else, such as to put an example firm into it.

    Raises ConflictError where the port is taken or another writes to the store,
    and InputError where people have to sign in and nobody can.
    """
    with listen(host, port) as listener, _uncollected():
        settings = Settings(
            host=host,
            port=listener.getsockname()[1],
            mode="accounts" if accounts or host not in LOOPBACK else "single",
            checkpoints=checkpoints,
        )
        holder = f"weft serve, {settings.address}, process {os.getpid()}"
        with open_desk(url, holder=holder, checkpoints=checkpoints) as desk:
            if begin:
                begin(desk)
            check_accounts(desk, settings)
            _run(desk, settings, listener, told)


def listen(host: str, port: int | None) -> socket.socket:
    """Take a port; the next free one where it does not matter which."""
    wanted = [port] if port is not None else range(PORT, PORT + TRIED)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for each in wanted:
        listener = socket.socket(family)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, each))
            listener.listen(BACKLOG)
        except OSError as error:
            listener.close()
            reason = error.strerror
        else:
            return listener
    raise ConflictError(
        f"Weft cannot listen on {host}, port {wanted[0]}: {reason}.",
        do="Give another one with --host and --port.",
    )


def check_accounts(desk: Desk, settings: Settings) -> None:
    """Refuse to serve where everybody has to sign in and nobody can."""
    if not settings.single and not desk.accounts.all():
        raise InputError(
            f"On {settings.host} everybody signs in, and there is no account yet.",
            do="Open one first: weft account add NAME --owner.",
        )


def _run(
    desk: Desk,
    settings: Settings,
    listener: socket.socket,
    told: Callable[[str], None],
) -> None:
    """Answer calls until a signal comes; those under way are ended first."""
    app = make(desk, settings)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=not settings.single,  # on loopback nobody forwards
            timeout_graceful_shutdown=GRACE,
        )
    )
    first(desk, settings)
    settle()
    told(settings.address)
    # uvicorn ends its calls on a signal and then sends it again: to us
    signal.signal(signal.SIGTERM, _stop)
    with suppress(KeyboardInterrupt), warm(desk, settings, app.state.working):
        server.run(sockets=[listener])


@contextmanager
def _uncollected() -> Iterator[None]:
    """Collect nothing until all that stays is there, or has failed to come."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def settle() -> None:
    """Let no collection walk through the firm that stays, not even once."""
    gc.freeze()
    gc.set_threshold(*COLLECT)
    gc.enable()


def _stop(*_: object) -> NoReturn:
    """Stop as Ctrl-C does, so that the store is closed properly."""
    raise KeyboardInterrupt
