"""A bundle: a firm's rules in one signed file, to judge by where there is no server.

The form is DSSE, the envelope that signing tools share: the contents as JSON in
base64, and an Ed25519 signature over type and contents. Equal rules, day and key give
an equal file, to the byte.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from weft.core.entries import put
from weft.core.firm import KINDS, Firm, change
from weft.core.records import Record, read, read_json, show
from weft.errors import InputError, Malformed, Where
from weft.interop.signing import is_signed, key_id, signed

TYPE: Final = "application/vnd.weft.bundle+json"
FORMAT: Final = 1


class Signature(Record, frozen=True, kw_only=True):
    """A signature, and the id of the key that made it."""

    keyid: str
    sig: str


class Envelope(
    Record, frozen=True, kw_only=True, rename={"payload_type": "payloadType"}
):
    """The file: the contents in base64, and who signed them."""

    payload_type: str
    payload: str
    signatures: tuple[Signature, ...]


class Contents(Record, frozen=True, kw_only=True):
    """What is signed.

    made, until: the day of making, and the last day on which it may be judged by.
    firm: the sequence of the firm it was taken from. records: by kind, in order.
    """

    format: int
    title: str
    made: date
    until: date
    firm: int
    records: Mapping[str, tuple[Mapping[str, Any], ...]]


class Bundle(msgspec.Struct, frozen=True):
    """A bundle that was found to be in order."""

    title: str
    made: date
    until: date
    key: str
    firm: Firm


def write_bundle(firm: Firm, title: str, made: date, days: int, pem: bytes) -> bytes:
    """Write the records of a firm, signed; it may be judged by for so many days."""
    records = {
        kind: [msgspec.to_builtins(table[name]) for name in sorted(table)]
        for kind in KINDS
        if (table := firm.table(kind))
    }
    contents = Contents(
        format=FORMAT,
        title=title,
        made=made,
        until=made + timedelta(days=days),
        firm=firm.seq,
        records={kind: tuple(found) for kind, found in records.items()},
    )
    payload = show(contents).encode()
    public, made_by = signed(pem, _message(payload))
    signature = Signature(keyid=key_id(public), sig=base64.b64encode(made_by).decode())
    envelope = Envelope(
        payload_type=TYPE,
        payload=base64.b64encode(payload).decode(),
        signatures=(signature,),
    )
    return f"{show(envelope)}\n".encode()


def read_bundle(raw: bytes, trusted: str, today: date, file: str = "") -> Bundle:
    """Read a bundle that a trusted key has signed and that is not too old.

    Nothing in it is looked at before the signature is found to be right. Raises
    InputError with the reason why it is refused.
    """
    key, at = key_id(trusted), Where(file)
    envelope = _envelope(raw, at)
    payload = _decoded(envelope.payload, at)
    if envelope.payload_type != TYPE:
        what = f"This is signed as {envelope.payload_type}, not as a bundle of Weft's."
        raise InputError(
            what, do="Give a file that `weft bundle write` made.", where=at
        )
    if not any(_is_right(trusted, payload, each) for each in envelope.signatures):
        raise _not_as_signed({each.keyid for each in envelope.signatures}, key, at)
    contents = read_json(Contents, payload, file)
    _in_time(contents, today, at)
    changes = [
        put(read(KINDS[kind], plain))
        for kind, found in contents.records.items()
        for plain in found
    ]
    return Bundle(
        contents.title,
        contents.made,
        contents.until,
        key,
        replace(change(Firm(), changes), seq=contents.firm),
    )


def _envelope(raw: bytes, at: Where) -> Envelope:
    """Read the file, of which a part may be missing."""
    try:
        return read_json(Envelope, raw, at.file)
    except Malformed as error:
        what = "This is no bundle, or a part of one only."
        do = "Fetch it again, whole, from where it was made."
        raise InputError(what, do=do, where=at) from error


def _not_as_signed(signers: set[str], trusted: str, at: Where) -> InputError:
    """Say whether a bundle was changed, or signed by another key, or by nobody."""
    if trusted in signers:
        return InputError(
            f"It was changed after the key {trusted} had signed it.",
            do="Fetch it again from where it was made.",
            where=at,
        )
    by = ", ".join(sorted(signers)) or "nobody"
    return InputError(
        f"It is signed by {by}, not by the key that you trust, {trusted}.",
        do="Fetch the firm's own bundle; trust another key only if the firm says so.",
        where=at,
    )


def _in_time(contents: Contents, today: date, at: Where) -> None:
    """Refuse a bundle of another format, one that is too old, or from the future."""
    if contents.format != FORMAT:
        what = f"The bundle is in format {contents.format}; this Weft reads {FORMAT}."
        raise InputError(what, do="Bring both to one version of Weft.", where=at)
    if today > contents.until:
        what = (
            f"The bundle was made on {contents.made} and held until {contents.until}."
        )
        raise InputError(what, do="Fetch a new one: rules may have changed.", where=at)
    if contents.made > today + timedelta(days=1):
        what = f"The bundle was made on {contents.made}, and today is {today}."
        raise InputError(what, do="Set the clock of this machine.", where=at)


def _is_right(trusted: str, payload: bytes, signature: Signature) -> bool:
    """Tell whether a key has made a signature over a payload."""
    with suppress(InputError):
        made = _decoded(signature.sig, Where())
        return is_signed(trusted, _message(payload), made)
    return False


def _message(payload: bytes) -> bytes:
    """Give what is signed: type and contents, each with its length."""
    kind = TYPE.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def _decoded(text: str, at: Where) -> bytes:
    """Read base64."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        what = "A part of the bundle is no base64."
        raise InputError(what, do="Fetch it again.", where=at) from error
