"""The process in which a policy of others runs: no more of it than it needs.

It reads lines of JSON: first what to run, then one `input` document a line; and
writes a line for each. Its environment is empty, as a policy can read it. Whatever the
engine itself prints goes nowhere.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from pathlib import Path
from threading import Thread
from typing import Any, TextIO

import regopy

_LOOK = 0.01
"""So many seconds between two looks at the memory."""
_ERROR = re.compile(r"\(error \d+:policy\|(\d+)\|\d+\s*\(errormsg \d+:([^)]*)\)")


def main(megabytes: int) -> None:
    """Serve the documents that come in until there are none."""
    Thread(target=_watch, args=(megabytes << 20,), daemon=True).start()
    out = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    told = json.loads(sys.stdin.readline())
    try:
        interpreter = regopy.Interpreter()
        interpreter.add_module("policy", told["policy"])
        bundle = interpreter.build(None, [told["ask"]])
    except regopy.RegoError as error:
        _say(out, _told(str(error)))
        return
    _say(out, {})
    for line in sys.stdin:
        try:
            interpreter.set_input_term(line)
            found = str(interpreter.query_bundle_entrypoint(bundle, told["ask"]))
            known = {} if found == "undefined" else json.loads(found)
            _say(out, {"found": known.get("expressions", [])})
        except (regopy.RegoError, ValueError) as error:
            _say(out, _told(str(error)))


def _watch(most: int) -> None:
    """End this process once it holds more memory than it may, in bytes.

    A limit of the system's would do nothing: the engine reserves far more addresses
    than it ever uses, at its start, and takes from those.
    """
    statm, page = Path("/proc/self/statm"), os.sysconf("SC_PAGE_SIZE")
    while int(statm.read_text().split()[1]) * page < most:
        time.sleep(_LOOK)
    os._exit(1)


def _say(out: TextIO, told: dict[str, Any]) -> None:
    """Write one line."""
    out.write(f"{json.dumps(told)}\n")
    out.flush()


def _told(error: str) -> dict[str, Any]:
    """Give what is wrong, and at which byte, from the drawing that the engine makes."""
    found = _ERROR.search(error)
    if found is None:
        return {"wrong": error.strip().partition("\n")[0][:300] or "it gave no answer"}
    return {"wrong": found[2], "byte": int(found[1])}


if __name__ == "__main__":
    main(int(sys.argv[1]))
