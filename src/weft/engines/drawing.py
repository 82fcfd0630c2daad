"""The letters of every picture: the pages' own, or what a viewer of the file has."""

from typing import Final

FONT: Final = "'Weft sans', 'Hanken Grotesk', 'Helvetica Neue', Arial, sans-serif"
