"""Decision records as Markdown files, as MADR 4 has them: read, and written."""

from weft.interop.madr.reading import Read, read_madr
from weft.interop.madr.writing import write_madr

__all__ = ["Read", "read_madr", "write_madr"]
