"""What the server is told when it starts; nothing else enters from outside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def utc_now() -> datetime:
    """Read the clock: on the web it enters here."""
    return datetime.now(UTC)


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Where Weft listens, who may use it, and what time it is.

    mode: `single`: whoever sits at this machine is its owner, without a login,
    and may act as any person of the firm; `accounts`: everybody signs in.
    checkpoints: the file outside the database to which the journal's head goes.
    patience: seconds after which a page says that it is still being worked out.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    mode: Literal["single", "accounts"] = "single"
    checkpoints: Path | None = None
    clock: Callable[[], datetime] = utc_now
    patience: float = 0.2

    @property
    def single(self) -> bool:
        """Tell whether nobody signs in."""
        return self.mode == "single"

    @property
    def loopback(self) -> bool:
        """Tell whether only this machine can reach Weft."""
        return self.host in LOOPBACK

    @property
    def address(self) -> str:
        """Write where Weft is to be found."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"
