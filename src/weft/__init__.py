"""Weft runs a firm's technology without an IT department.

The version, nothing else: every noun is imported from the module it lives in.
"""

from __future__ import annotations

__version__ = "0.1.0"
