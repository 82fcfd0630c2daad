"""Ed25519: keys as text, a signature made and checked.

A private key is PEM. A public one is written `ed25519:` and base64, so that it fits a
variable of a pipeline. The library is loaded when it is called: few commands sign.
"""

from __future__ import annotations

import base64
import hashlib
from contextlib import suppress
from typing import Final

from weft.errors import InputError, Where

SCHEME: Final = "ed25519:"


def new_key() -> bytes:
    """Make a private key."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    pem: bytes = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return pem


def signed(pem: bytes, message: bytes, file: str = "") -> tuple[str, bytes]:
    """Sign a message; give the public key too, by which that can be checked.

    Raises InputError for what is no private key.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    with suppress(ValueError, TypeError, UnsupportedAlgorithm):
        key = load_pem_private_key(pem, password=None)
        if isinstance(key, Ed25519PrivateKey):
            raw = key.public_key().public_bytes_raw()
            return SCHEME + base64.b64encode(raw).decode(), key.sign(message)
    do = "Make one: weft bundle key FILE."
    raise InputError("This is no Ed25519 key.", do=do, where=Where(file))


def is_signed(public: str, message: bytes, signature: bytes) -> bool:
    """Tell whether a key has signed a message; raises InputError for what is no key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(_raw(public)).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def key_id(public: str) -> str:
    """Give a short name of a public key; raises InputError for what is none."""
    return hashlib.sha256(_raw(public)).hexdigest()[:16]


_BYTES: Final = 32


def _raw(public: str) -> bytes:
    """Read a public key as it is written."""
    with suppress(ValueError):
        raw = base64.b64decode(public.removeprefix(SCHEME), validate=True)
        if public.startswith(SCHEME) and len(raw) == _BYTES:
            return raw
    raise InputError(
        "The key to trust is none." if public else "No key is said to be trusted.",
        do=f"Give --trust {SCHEME}..., as `weft bundle key` prints it.",
    )
