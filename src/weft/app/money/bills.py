"""Cloud bills brought into the ledger: mapped to missions, the rest shown as unmapped.

Each provider's bill of a month is one booking; brought in again it takes the place of
the one before, so a corrected month counts once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from weft.app.money.booking import book
from weft.app.permissions import permit
from weft.core.firm import Firm
from weft.core.money.postings import UNMAPPED, Account, Posting, Transaction
from weft.core.money.reckoning import rounded
from weft.core.money.rows import SourceRows, pack
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.scalars import Amount, amount, places, slug
from weft.engines.funding.ledger import Looks, Lot, Mapped, Mapper, clean, lot
from weft.errors import NothingChanges
from weft.interop.focus import Bill, Group, open_bill
from weft.store.desk import Desk


class Billed(Record, frozen=True, kw_only=True):
    """One booking that a bill became. exact: before rounding to money.

    mapped and unmapped add up to the total, to the last unit. replaces: the total of
    the booking whose place it takes; unchanged: whether that was the same.
    """

    booking: str
    month: str
    provider: str
    charges: int
    exact: str
    total: Amount
    mapped: Amount
    unmapped: Amount
    replaces: tuple[Amount, ...] = ()
    unchanged: bool = False


class Share(Record, frozen=True, kw_only=True):
    """What falls to one mission, or to nobody; or to nobody for one reason."""

    name: str
    charges: int
    exact: str
    currency: str


class BillTold(Record, frozen=True, kw_only=True):
    """What a bill says, and what bringing it in changed or would change."""

    file: str
    version: str
    charges: int
    bookings: tuple[Billed, ...]
    missions: tuple[Share, ...]
    unmapped: tuple[Share, ...]
    notes: tuple[str, ...]
    entry: int | None = None


def bring(
    desk: Desk,
    actor: Actor,
    files: Sequence[Path],
    at: datetime,
    *,
    dry_run: bool = False,
    key: str = "",
) -> BillTold:
    """Bring the files of a bill in, or only show what they would change.

    Raises InputError for what is no bill in FOCUS 1.0 to 1.2, and Problems for charges
    that are no money; nothing is written then.
    """
    firm = desk.firm()
    permit(firm, actor, "money.book")
    mapper = Mapper(firm.cost_rules.values(), firm.missions)
    with open_bill(files) as bill:
        looks = bill.looks(mapper.told_by)
        mapped = [mapper.map(each) for each, _ in looks]
        bill.map(mapped)
        groups = bill.groups()
        notes = (*bill.notes, *_odd(looks), *bill.oddities())
        lots, place = _lots(groups, at, bill.name, notes)
        told = _told(firm, bill, groups, lots, mapped, notes)
        if dry_run:
            return told
        rows = list(_rows(bill, place))
    whole = sha256("".join(each.booking.batch for each in lots).encode())
    try:
        entry = book(
            desk,
            actor,
            lots,
            at,
            name="bill.import",
            note=f"{told.charges} charges from {bill.name}"[:400],
            rows=rows,
            seen=firm.seq,
            key=key,
            intent=whole.digest(),
        )
    except NothingChanges:
        return told
    return BillTold(**{f: getattr(told, f) for f in _FIELDS}, entry=entry.seq)


def bring_sent(
    desk: Desk,
    actor: Actor,
    raw: bytes,
    name: str,
    at: datetime,
    *,
    dry_run: bool = False,
    key: str = "",
) -> BillTold:
    """Bring a bill in that was sent, as `bring` does with files."""
    with TemporaryDirectory(prefix="weft-bill-") as place:
        path = Path(place, Path(name).name or "bill.csv")
        path.write_bytes(raw)
        return bring(desk, actor, [path], at, dry_run=dry_run, key=key)


_FIELDS = tuple(f for f in BillTold.__struct_fields__ if f != "entry")
_LONGEST = 30
_Key = tuple[str, str, str]
_Place = Mapping[int, tuple[str, str, str, str]]
"""Of each group: the booking, its batch, the account and the month."""


def _lots(
    groups: Iterable[Group], at: datetime, file: str, notes: Sequence[str]
) -> tuple[list[Lot], _Place]:
    """Make a lot of each provider's bill of a month, and say where each group went."""
    by: dict[_Key, list[Group]] = defaultdict(list)
    for each in groups:
        by[each.provider, each.billing_account, each.month].append(each)
    lots, place = [], {}
    for (provider, billed, month), mine in sorted(by.items()):
        owner = slug(provider) or "provider"
        about = f"{owner}.{_short(billed)}" if slug(billed) else owner
        made = lot(
            "cloud",
            about,
            month,
            [_transaction(provider, owner, month, one) for one in _currencies(mine)],
            at.date(),
            rows=sum(each.rows for each in mine),
            exact=[_exact(one) for one in _currencies(mine)],
            file=file,
            notes=notes,
        )
        lots.append(made)
        for each in mine:
            account = str(_expense(each))
            place[each.id] = made.booking.key, made.booking.batch, account, month
    return lots, place


def _currencies(groups: Iterable[Group]) -> list[list[Group]]:
    by: dict[str, list[Group]] = defaultdict(list)
    for each in groups:
        by[each.currency].append(each)
    return [by[currency] for currency in sorted(by)]


def _transaction(
    provider: str, owner: str, month: str, groups: Sequence[Group]
) -> Transaction:
    """Post the charges of one currency: rounded so that the parts are the whole."""
    currency = groups[0].currency
    scale = places(currency)
    units = rounded([each.cost.scaleb(scale) for each in groups])
    says = f"Bill of {provider}, {month}"
    expenses = (
        Posting(_expense(each), part, currency, each.category or "Other", each.rows)
        for each, part in zip(groups, units, strict=True)
    )
    owed = Posting(Account("liability", "owed", owner), -sum(units), currency, says)
    return Transaction(month=month, says=says, postings=(*expenses, owed))


def _exact(groups: Sequence[Group]) -> str:
    """Write what charges of one currency come to before any rounding."""
    return f"{_plain(sum(each.cost for each in groups))} {groups[0].currency}"


def _short(billed: str) -> str:
    """Name a billing account: as it is, or cut and told apart where it is long."""
    name = slug(billed, 100)
    if len(name) <= _LONGEST:
        return name
    return f"{name[: _LONGEST - 9]}-{sha256(billed.encode()).hexdigest()[:8]}"


def _expense(group: Group) -> Account:
    return Account("expense", "cloud", group.mission)


def _rows(bill: Bill, place: _Place) -> Iterator[SourceRows]:
    """Give the source rows behind each posting, packed."""
    for each in bill.blocks():
        booking, batch, account, month = place[each.group]
        yield SourceRows(
            booking=booking,
            batch=batch,
            account=account,
            month=month,
            file=each.file,
            count=len(each.rows),
            packed=pack(each.rows),
        )


def _odd(looks: Sequence[tuple[Looks, int]]) -> list[str]:
    """Say how many charges have tags that nobody could mean."""
    found: Counter[str] = Counter()
    clashing: set[str] = set()
    for each, charges in looks:
        tags = clean(each.tags)
        found["unreadable"] += 0 if tags.readable else charges
        found["twice"] += charges if tags.twice else 0
        found["clash"] += charges if tags.clash else 0
        clashing |= tags.clash
    says = {
        "unreadable": "Charges whose tags are no JSON object",
        "twice": "Charges with a tag that is there twice once blanks are trimmed",
        "clash": f"Of these, two things are said by {', '.join(sorted(clashing))}",
    }
    return [f"{says[each]}: {found[each]}." for each in says if found[each]]


def _told(  # noqa: PLR0917 # what was read, and what became of it
    firm: Firm,
    bill: Bill,
    groups: Sequence[Group],
    lots: Sequence[Lot],
    mapped: Sequence[Mapped],
    notes: Sequence[str],
) -> BillTold:
    charges, _ = bill.total()
    missions: dict[tuple[str, str], tuple[int, Decimal]] = {}
    for each in groups:
        at = each.mission, each.currency
        rows, cost = missions.get(at, (0, Decimal(0)))
        missions[at] = rows + each.rows, cost + each.cost
    shares = [_share(name, *of, currency) for (name, currency), of in missions.items()]
    return BillTold(
        file=bill.name,
        version=bill.version,
        charges=charges,
        bookings=tuple(one for each in lots for one in _billed(firm, each)),
        missions=tuple(sorted(shares, key=_dearest)),
        unmapped=tuple(
            _share(why, rows, cost, currency)
            for why, currency, rows, cost in bill.reasons([m.why for m in mapped])
        ),
        notes=tuple(notes),
    )


def _share(name: str, rows: int, cost: Decimal, currency: str) -> Share:
    return Share(name=name, charges=rows, exact=_plain(cost), currency=currency)


def _dearest(share: Share) -> tuple[bool, Decimal, str]:
    return share.name == UNMAPPED, -Decimal(share.exact), share.name


def _billed(firm: Firm, made: Lot) -> Iterator[Billed]:
    """Say of a lot what it comes to in each currency, and what it replaces."""
    booking = made.booking
    before = firm.bookings.get(booking.key)
    whole: Counter[str] = Counter()
    nobodys: Counter[str] = Counter()
    for each in made.transactions:
        for posting in each.postings:
            if posting.account.type == "expense":
                whole[posting.currency] += posting.units
                if posting.account.holder == UNMAPPED:
                    nobodys[posting.currency] += posting.units
    for written in booking.exact:
        exact, _, currency = written.partition(" ")
        yield Billed(
            booking=booking.key,
            month=booking.month,
            provider=booking.about,
            charges=booking.rows,
            exact=exact,
            total=amount(whole[currency], currency),
            mapped=amount(whole[currency] - nobodys[currency], currency),
            unmapped=amount(nobodys[currency], currency),
            replaces=before.total if before else (),
            unchanged=before is not None and before.batch == booking.batch,
        )


def _plain(cost: Decimal | int) -> str:
    """Write an exact number without zeros at its end, and never with an exponent."""
    text = f"{cost:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
