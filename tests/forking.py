"""`weft` for the pages of the documentation: imported once, then forked for each call.

`python forking.py SOCKET COMMAND...` answers on a socket, and writes to the folder of
the socket a command `weft` that asks there. What it runs has the caller's words,
folder, surroundings and streams; only the imports are done already, which take longer
than most commands. What goes on by itself, such as a server, the real command does.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from importlib import import_module
from pathlib import Path

import weft.store.desk  # noqa: F401 # with all that each command needs
from weft.main import COMMANDS, main

STAYS = ("serve",)
CALLER = """#!{python} -ISE
import json, os, socket, sys
if {stays} & set(sys.argv):
    os.execv({real}, [{real}, *sys.argv[1:]])
with socket.socket(socket.AF_UNIX) as asked:
    asked.connect({address})
    told = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(asked, [len(told).to_bytes(4, "big")], [0, 1, 2])
    asked.sendall(told)
    sys.exit((asked.recv(1) or b"F")[0])
"""


def do(asked: socket.socket) -> int:
    """Run one command in the caller's place, and give its exit code."""
    size, streams, *_ = socket.recv_fds(asked, 4, 3)
    for ours, theirs in enumerate(streams):
        os.dup2(theirs, ours)
        os.close(theirs)
    with asked.makefile("rb") as told:
        words, folder, surroundings = json.loads(told.read(int.from_bytes(size, "big")))
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(surroundings)
    try:
        main(words, prog_name="weft")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def answer(address: Path) -> None:
    """Do what is asked on a socket, each in a process of its own, until killed."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(address))
        listening.listen(64)
        caller = address.with_name("weft")
        caller.write_text(
            CALLER.format(
                python=sys.executable,
                stays=set(STAYS),
                real=repr(str(Path(sys.executable).with_name("weft"))),
                address=repr(str(address)),
            )
        )
        caller.chmod(0o755)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
        while True:
            asked, _ = listening.accept()
            with asked:
                if not os.fork():
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    asked.send(bytes([do(asked)]))
                    os._exit(0)


if __name__ == "__main__":
    for module, _ in COMMANDS.values():
        import_module(module)
    answer(Path(sys.argv[1]))
