"""A manifest judged: the Answer to what it asks, without the firm's own assets.

The same manifest is judged on a firm, on its folder and on a bundle of its rules; so
what counts is what all three have. The thing is put in its place in the firm as the
manifest describes it, and then asked about.
"""

from __future__ import annotations

from datetime import datetime

from immutables import Map
from msgspec.structs import replace

from weft.core.assets import Asset
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.manifests import Checked, Manifest
from weft.core.requests import Request
from weft.engines.guardrails.answer import decide
from weft.engines.guardrails.asking import check_request
from weft.errors import InputError

ASKER = "pipeline"
"""Who asks where nobody is known: it is no person, and so may be granted by any."""


def check_manifest(firm: Firm, manifest: Manifest) -> tuple[InputError, ...]:
    """Find every name, type and value of a manifest that the vocabulary does not have.

    Each problem has the path of what is wrong in the manifest, and a suggestion.
    """
    return check_request(*_described(firm, manifest))


def judge_manifest(firm: Firm, manifest: Manifest, at: datetime) -> Checked:
    """Tell whether a mission may do what its manifest says, and why."""
    described, request = _described(firm, manifest)
    told = decide(described, request, asked_by=ASKER, at=at)
    return Checked(
        mission=manifest.mission,
        act=manifest.act,
        asset=manifest.asset,
        at=told.at,
        firm=told.firm,
        guardrails=told.guardrails,
        verdict=told.verdict,
        findings=told.findings,
        ways=told.ways,
        no_way=told.no_way,
        questions=told.questions,
    )


def given_of(firm: Firm, asset: Asset) -> Asset:
    """Give of an asset only what is given: what its mission can never state itself."""
    told = {
        name: value
        for name, value in asset.properties.items()
        if name in firm.vocabulary and firm.vocabulary[name].role == "given"
    }
    return Asset(id=asset.id, title=asset.id, mission=asset.mission, properties=told)


def _described(firm: Firm, manifest: Manifest) -> tuple[Firm, Request]:
    """Put the thing in its place in the firm, and give the request about it."""
    request = Request(
        mission=manifest.mission,
        act=manifest.act,
        asset=manifest.asset,
        title=manifest.title,
        properties=manifest.properties,
    )
    if manifest.asset is None:
        stated = {**manifest.properties, "asset.type": manifest.type}
        return firm, replace(request, properties=stated)
    held = firm.assets.get(manifest.asset)
    mine = held is not None and held.mission == manifest.mission
    known = given_of(firm, held).properties if held is not None and mine else {}
    thing = Asset(
        id=manifest.asset,
        title=manifest.title or manifest.asset,
        type=manifest.type,
        mission=manifest.mission,
        properties=known,
    )
    described = change(firm, [put(thing)])
    # What was recorded of an asset is tolerated of its owner alone.
    return described if mine else replace(described, baseline=Map()), request
