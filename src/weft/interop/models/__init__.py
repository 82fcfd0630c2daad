"""Operating models as small text files: a library, and one's own beside it."""

from weft.interop.models.reading import (
    library,
    library_text,
    read_model,
    write_model,
)

__all__ = ["library", "library_text", "read_model", "write_model"]
