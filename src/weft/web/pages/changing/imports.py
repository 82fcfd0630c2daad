"""Bringing a firm in from a table: chosen, understood, looked at, applied."""

from __future__ import annotations

HANDLERS: list[object] = []
