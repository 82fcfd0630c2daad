"""The firm folder: a firm as text that people edit and that is kept in git."""

from weft.interop.folder.reading import Folder, read_folder
from weft.interop.folder.writing import folder_files, write_folder

__all__ = ["Folder", "folder_files", "read_folder", "write_folder"]
