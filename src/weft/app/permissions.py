"""Who may do what: decided here alone, from relations in the firm.

Every operation that a face offers names its rule in OPERATIONS; a face that
offers one without a rule does not start. A refusal says which relation is
missing, so that whoever reads it knows whom to turn to.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from weft.app.written import forged as _forged
from weft.core.entries import Change
from weft.core.firm import Firm
from weft.core.framework.adrs import ADR
from weft.core.framework.challenges import Challenge
from weft.core.guardrails import Guardrail, Principle, Waiver
from weft.core.indexes import seats_by_person
from weft.core.missions import Mission
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.rounds.asking import Absence, Wish
from weft.core.skills import Claim, Pool
from weft.engines.guardrails import approver
from weft.errors import Forbidden

FINANCE = "finance"
"""The role that keeps the ledger beside those who administer the firm."""


class Rule(msgspec.Struct, frozen=True):
    """Who may do an operation.

    says: the rule in words. lacks: given the firm, the actor and what the deed
    is about, the missing relation in words, or nothing.
    """

    says: str
    lacks: Callable[[Firm, Actor, str], str]


def holds(firm: Firm, actor: Actor, role: str) -> bool:
    """Tell whether the actor holds a role."""
    found = firm.roles.get(role)
    return found is not None and actor.person in found.holders


def administers(firm: Firm, actor: Actor) -> bool:
    """Tell whether the actor may change the firm itself."""
    return actor.owner or any(
        role.administers and actor.person in role.holders
        for role in firm.roles.values()
    )


def leads(firm: Firm, actor: Actor, mission: str) -> bool:
    """Tell whether the actor is one of the two leads of a mission."""
    mandate = firm.mandates.get(mission)
    return mandate is not None and actor.person in {
        mandate.business_lead,
        mandate.technology_lead,
    }


def belongs(firm: Firm, actor: Actor, mission: str) -> bool:
    """Tell whether the actor leads a mission or has had a seat in it."""
    seats = seats_by_person(firm).get(actor.person, ())
    return leads(firm, actor, mission) or any(s.mission == mission for s in seats)


def _lacks(firm: Firm, actor: Actor, role: str) -> str:
    """Say by its title which role the actor does not hold; nothing if they do."""
    if holds(firm, actor, role):
        return ""
    return f"You do not hold the role {_title(firm, actor, 'roles', role)}."


def _title(firm: Firm, actor: Actor, table: str, key: str) -> str:
    """Give the title of a record; its id where it is none of theirs to know."""
    record = None if outside(firm, actor) else firm.table(table).get(key)
    return getattr(record, "title", "") or key


def outside(firm: Firm, actor: Actor) -> bool:
    """Tell whether the actor sees shared missions only, and nothing else.

    That is a partner's person; and whoever is not on record (any more), so that
    an account does not outlive its person with more rights than before.
    """
    if administers(firm, actor):
        return False
    person = firm.people.get(actor.person)
    return person is None or person.partner is not None


def _anybody(_: Firm, __: Actor, ___: str) -> str:
    return ""


def _insider(firm: Firm, actor: Actor, _: str) -> str:
    return "You are none of the firm's own people." if outside(firm, actor) else ""


def _administrator(firm: Firm, actor: Actor, _: str) -> str:
    if administers(firm, actor):
        return ""
    return "You hold no role that administers the firm."


def _bookkeeper(firm: Firm, actor: Actor, _: str) -> str:
    """Whoever keeps the ledger: who administers the firm, or holds its finances."""
    if administers(firm, actor) or holds(firm, actor, FINANCE):
        return ""
    return f"You hold no role that administers the firm, and not the role {FINANCE}."


def _owner(_: Firm, actor: Actor, __: str) -> str:
    """Whoever hands out accounts can act as anybody: no role is enough for that."""
    return "" if actor.owner else "You are not the owner of this Weft."


def _own(_: Firm, actor: Actor, person: str) -> str:
    mine = actor.owner or actor.person == person
    return "" if mine else "This is not your account."


def _self(_: Firm, actor: Actor, person: str) -> str:
    return "" if actor.person == person else "This is about somebody else."


def _member(firm: Firm, actor: Actor, mission: str) -> str:
    if administers(firm, actor) or belongs(firm, actor, mission):
        return ""
    name = _title(firm, actor, "missions", mission)
    return f"You have no seat in {name} and do not lead it."


def _lead(firm: Firm, actor: Actor, mission: str) -> str:
    if administers(firm, actor) or leads(firm, actor, mission):
        return ""
    return f"You do not lead {_title(firm, actor, 'missions', mission)}."


def _approver(firm: Firm, actor: Actor, waiver_id: str) -> str:
    waiver = firm.waivers.get(waiver_id)
    guardrail = firm.guardrails.get(waiver.guardrail) if waiver else None
    if waiver is None or guardrail is None:
        return "Nobody can decide it: it, or its guardrail, is not there."
    if actor.person == waiver.asked_by:
        return "You asked for this waiver; another has to decide it."
    return _lacks(firm, actor, approver(guardrail))


def _asker(firm: Firm, actor: Actor, waiver_id: str) -> str:
    """Whoever asked may give a waiver back; its approvers may revoke it."""
    waiver = firm.waivers.get(waiver_id)
    mine = waiver is not None and actor.person == waiver.asked_by
    return "" if mine else _approver(firm, actor, waiver_id)


def _bound(firm: Firm, actor: Actor, mission: str) -> str:
    """Whoever is bound may object: a partner's person for a mission of theirs."""
    return _member(firm, actor, mission) if mission else _insider(firm, actor, "")


def _hearer(firm: Firm, actor: Actor, challenge_id: str) -> str:
    """Whoever could have raised a challenge may stand behind it."""
    challenge = firm.challenges.get(challenge_id)
    if challenge is None:
        return "Nobody can join it: it is not there."
    shared = challenge.mission and belongs(firm, actor, challenge.mission)
    return "" if shared else _insider(firm, actor, "")


def _objector(firm: Firm, actor: Actor, challenge_id: str) -> str:
    challenge = firm.challenges.get(challenge_id)
    mine = challenge is not None and actor.person in challenge.objectors
    return "" if mine else "You do not stand behind this objection."


def _answerer(firm: Firm, actor: Actor, challenge_id: str) -> str:
    challenge = firm.challenges.get(challenge_id)
    guardrail = firm.guardrails.get(challenge.guardrail) if challenge else None
    if challenge is None or guardrail is None:
        return "Nobody can answer it: it, or its guardrail, is not there."
    if actor.person in challenge.objectors:
        return "You stand behind this objection; another has to answer it."
    return _lacks(firm, actor, guardrail.owner)


def _guardian(firm: Firm, actor: Actor, role: str) -> str:
    """Who owns a guardrail may say what is tolerated of it, and nobody else."""
    return _lacks(firm, actor, role)


def _leader(firm: Firm, actor: Actor, _: str) -> str:
    """Whoever leads a mission may put a round before people."""
    if administers(firm, actor) or any(leads(firm, actor, m) for m in firm.missions):
        return ""
    return "You lead no mission, and hold no role that administers the firm."


def _movers(firm: Firm, actor: Actor, key: str) -> str:
    """Whoever moves has a say, and so has each lead of a mission that is heard."""
    move = firm.moves.get(key)
    if move is None:
        return "Nobody can answer it: it is not there."
    if actor.owner or actor.person == move.person:
        return ""
    if any(leads(firm, actor, mission) for mission in move.heard):
        return ""
    return "You do not move, and lead none of the missions that gain."


def _decides_asks(firm: Firm, actor: Actor, key: str) -> str:
    """Whoever decides a fund may grant, but not what they ask for themselves."""
    ask = firm.asks.get(key)
    if ask is None:
        return "Nobody can answer it: it is not there."
    if actor.person == ask.asked_by and not actor.owner:
        return "You asked for it; another has to decide it."
    return _steward(firm, actor, ask.fund, ask.mission)


def _decides_moves(firm: Firm, actor: Actor, key: str) -> str:
    move = firm.moneymoves.get(key)
    if move is None:
        return "Nobody can answer it: it is not there."
    return _steward(firm, actor, move.fund, move.mission)


def _steward(firm: Firm, actor: Actor, fund: str, mission: str) -> str:
    """Say why money of a fund for a mission is not the actor's to decide."""
    if actor.owner:
        return ""
    if leads(firm, actor, mission):
        return "You lead this mission; another decides on its money."
    found = firm.funds.get(fund)
    return _lacks(firm, actor, (found and found.owner) or "")


def _treasurer(firm: Firm, actor: Actor, _: str) -> str:
    """Whoever decides some fund may put the money side of a round before people."""
    owners = {fund.owner for fund in firm.funds.values() if fund.owner}
    if administers(firm, actor) or any(holds(firm, actor, o) for o in owners):
        return ""
    return "You decide no fund, and hold no role that administers the firm."


OPERATIONS: dict[str, Rule] = {
    "sign-in": Rule("anybody", _anybody),
    "look": Rule("anybody signed in; partners see what they share", _anybody),
    "try": Rule("anybody signed in; partners on what they share", _anybody),
    "ask": Rule("who has a seat in the mission, or leads it", _member),
    "measure": Rule("who has a seat in the mission, or leads it", _bound),
    "waiver.ask": Rule("who has a seat in the mission, or leads it", _member),
    "waiver.decide": Rule("another than the asker, in the approving role", _approver),
    "waiver.end": Rule("who asked for it, or the approving role", _asker),
    "challenge.raise": Rule("the firm's own; partners for what they share", _bound),
    "challenge.join": Rule("the firm's own; partners for what they share", _hearer),
    "challenge.withdraw": Rule("who stands behind it", _objector),
    "challenge.answer": Rule("another, in the role that owns the rule", _answerer),
    "rollout": Rule("the role that owns the guardrail", _guardian),
    "round": Rule("the firm's own people: it tells of all missions", _insider),
    "round.propose": Rule("administrators, and leads of missions", _leader),
    "round.answer": Rule("who moves, and leads of the missions that gain", _movers),
    "money": Rule("the firm's own people: it tells of all missions", _insider),
    "money.book": Rule("administrators, and the role called finance", _bookkeeper),
    "money.purpose": Rule("administrators, and leads of the mission", _lead),
    "money.ask": Rule("who has a seat in the mission, or leads it", _member),
    "money.grant": Rule("another, in the role that decides the fund", _decides_asks),
    "money.propose": Rule("administrators, and who decides a fund", _treasurer),
    "money.answer": Rule("the role that decides the fund", _decides_moves),
    "compare": Rule("the firm's own people: it tells of all the firm", _insider),
    "baseline.freeze": Rule("administrators", _administrator),
    "journal": Rule("the firm's own people", _insider),
    "work": Rule("the firm's own people: it tells of all work", _insider),
    "costs": Rule("the firm's own people: it tells of all missions", _insider),
    "draft": Rule("the firm's own people; applying it asks for each change", _insider),
    "change": Rule("administrators; leads for their mission; owners", _anybody),
    "load": Rule("administrators", _administrator),
    "import": Rule("administrators", _administrator),
    "export": Rule("administrators", _administrator),
    "policy": Rule("administrators", _administrator),
    "erase": Rule("administrators", _administrator),
    "own": Rule("the person it is about, and nobody else", _self),
    "accounts": Rule("the owner of this Weft", _owner),
    "account": Rule("whose account it is, or the owner of this Weft", _own),
}


def permit(firm: Firm, actor: Actor, operation: str, about: str = "") -> None:
    """Let an operation pass, or raise Forbidden with the missing relation."""
    rule = OPERATIONS[operation]
    if missing := rule.lacks(firm, actor, about):
        raise Forbidden(missing, do=f"This may be done by: {rule.says}.")


def permit_change(firm: Firm, actor: Actor, change: Change) -> None:
    """Let one change pass, judged on the record before it and after it."""
    if actor.owner:
        return
    missing = _forged(firm, change) or _consents(firm, change.record, actor)
    do = "Leave it out of what you write: no administrator may write it either."
    if not missing and not administers(firm, actor):
        do = "Ask its owner or an administrator, or keep the change as a draft."
        old = firm.table(change.kind).get(change.key)
        states = [r for r in (old, change.record) if r is not None]
        missing = next(filter(None, (_stranger(firm, actor, r) for r in states)), "")
        missing = missing or _vouched(old, change.record)
    if missing and outside(firm, actor):
        missing = "it is not yours to change."  # whose it is, is not theirs to know
    if missing:
        raise Forbidden(f"{change.kind} {change.key}: {missing}", do=do)


def _vouched(old: Record | None, new: Record | None) -> str:
    """Say what somebody would vouch for in another's place; nothing if none.

    On one's own word one may claim, and share or not what others have seen.
    """
    if not isinstance(new, Claim) or new.evidence == "self":
        return ""
    if isinstance(old, Claim) and replace(new, shared=old.shared) == old:
        return ""
    return "what a lead or the work says of you, is not for you to write."


def _consents(firm: Firm, new: Record | None, actor: Actor) -> str:
    """Say whose consent a change would give or take back; nothing if one's own."""
    if isinstance(new, Wish) and actor.person != new.person:
        return f"what {new.person} wishes is for them alone to say."
    if not isinstance(new, Claim) or actor.person == new.person:
        return ""
    old = firm.claims.get(new.key)
    if old is None or old.shared == new.shared:
        return ""
    return f"whether it is shared is for {new.person} alone to say."


def _stranger(firm: Firm, actor: Actor, record: Record) -> str:
    """Name the relation that the actor lacks to a record; nothing if none."""
    if isinstance(record, Guardrail | Principle):
        owner = record.owner or ""
        known = holds(firm, actor, owner)
        name = _title(firm, actor, "roles", owner) or "of its owner"
        return "" if known else f"you do not hold the role {name}."
    if isinstance(record, ADR):
        mine = any(holds(firm, actor, role) for role in record.deciders)
        mine = mine or any(leads(firm, actor, m) for m in record.missions)
        return "" if mine else "you are none of those who decided it."
    if isinstance(record, Claim | Pool | Wish | Absence):
        return _not_theirs(firm, actor, record)
    if isinstance(record, Waiver | Challenge):
        return "you hold no role that administers the firm."
    own = isinstance(record, Mission)
    mission: str | None = record.key if own else getattr(record, "mission", None)
    if mission is None:
        return "you hold no role that administers the firm."
    name = _title(firm, actor, "missions", mission)
    return "" if leads(firm, actor, mission) else f"you do not lead {name}."


def _not_theirs(firm: Firm, actor: Actor, record: Claim | Pool | Wish | Absence) -> str:
    """Say why a record of a person or a pool is not the actor's; nothing if it is."""
    if isinstance(record, Pool):
        mine = actor.person == record.lead and not outside(firm, actor)
        return "" if mine else "you do not lead this pool."
    mine = actor.person == record.person
    return "" if mine else "it is about somebody else."
