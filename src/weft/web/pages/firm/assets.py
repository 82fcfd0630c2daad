"""The assets: all of them with what may narrow them down, and one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import cast, get_args

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from weft.app import requests, waivers
from weft.app.knowing import coverage
from weft.app.records import record
from weft.app.search import folded
from weft.core.assets import Asset, AssetType
from weft.engines.guardrails import judge_asset
from weft.web.context import Html, Page
from weft.web.pages.choices import mission_called
from weft.web.pages.ordered import Listed, assets_by_title
from weft.web.pages.paging import part
from weft.web.soon import soon

OWNED: dict[str, Callable[[Asset], bool]] = {
    "nobody": lambda asset: asset.mission is None,
    "single": lambda asset: len(asset.keepers) == 1,
    "kept": lambda asset: len(asset.keepers) > 1,
}
"""What can be asked of how an asset is looked after."""


@get("/assets", sync_to_thread=True, operation="look")
@soon
def several(
    page: NamedDependency[Page],
    *,
    q: FromQuery[str] = "",
    type: FromQuery[str] = "",  # noqa: A002 # the word of the address
    mission: FromQuery[str] = "",
    care: FromQuery[str] = "",
    skill: FromQuery[str] = "",
    n: FromQuery[int] = 1,
) -> Html:
    """List the assets."""
    owner = mission_called(page.view.firm, mission)
    words = folded(q).split()

    def fits(each: Listed) -> bool:
        asset: Asset = each.record
        return (
            all(word in each.searched for word in words)
            and (not type or asset.type == type)
            and (not owner or asset.mission == owner)
            and (not skill or skill in asset.needs)
            and (care not in OWNED or OWNED[care](asset))
        )

    every = assets_by_title(page.view.firm)
    found = [each.record for each in every if fits(each)]
    shown, paging = part(
        found, n, q=q, type=type, mission=mission, care=care, skill=skill
    )
    return page.show(
        "assets.html",
        assets=shown,
        paging=paging,
        q=q,
        asked={"type": type, "mission": mission, "care": care, "skill": skill},
        types=Counter(each.record.type for each in every),
        known=get_args(AssetType),
    )


@get("/assets/{key:str}", sync_to_thread=True, operation="look")
def one(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show one asset, and what the guardrails say of it as it stands."""
    firm = page.view.firm
    asset = cast("Asset", record(page.view, "assets", key))
    answers = requests.decisions(
        page.desk, page.actor, most=200, mission=asset.mission or ""
    )
    return page.show(
        "asset.html",
        subject=asset,
        covered=coverage.covered(page.view, page.now, page.month, "assets", key),
        judged=judge_asset(firm, asset, page.now),
        used_by=[a for a in firm.assets.values() if key in a.depends_on],
        standings=[
            s for s in waivers.waivers(page.view, page.now) if s.waiver.asset == key
        ],
        answers=[a for a in answers if a.decision.request.asset == key][:8],
    )


HANDLERS = [several, one]
