"""Who knows what, where it sits, and what the firm looks like because of it."""

from weft.engines.knowledge.boxes import Box, it_boxes
from weft.engines.knowledge.camps import Side, camps
from weft.engines.knowledge.diagnosis import Diagnosis, diagnose
from weft.engines.knowledge.drawing.pictures import (
    Crossing,
    Edge,
    Holders,
    Network,
    Node,
    Weave,
    WeaveColumn,
    WeaveRow,
)
from weft.engines.knowledge.figures import Cell, Column, Figure, Link
from weft.engines.knowledge.finding.ageing import oldest
from weft.engines.knowledge.finding.cover import (
    Cover,
    Covered,
    all_covered,
    asset_covered,
    bus_factor,
    mission_covered,
)
from weft.engines.knowledge.finding.leaving import Leaving, Loss, leaving
from weft.engines.knowledge.finding.naming import skill_of_name, skills_named
from weft.engines.knowledge.finding.unused import unused, unused_by
from weft.engines.knowledge.finding.who import Knower, Knowers, Stop, prepare, who_knows
from weft.engines.knowledge.lying import Lying, lying
from weft.engines.knowledge.movement import (
    Moved,
    Movement,
    Tally,
    movement,
    movement_by_month,
)
from weft.engines.knowledge.network import network
from weft.engines.knowledge.pooling.adding import BYS, Added, AddedUp, By, added_up
from weft.engines.knowledge.pooling.adding import Line as AddedLine
from weft.engines.knowledge.pooling.pools import Member, Pooled, all_pooled, pooled
from weft.engines.knowledge.sittings import seated
from weft.engines.knowledge.weave import people_at, weave

__all__ = [
    "BYS",
    "Added",
    "AddedLine",
    "AddedUp",
    "Box",
    "By",
    "Cell",
    "Column",
    "Cover",
    "Covered",
    "Crossing",
    "Diagnosis",
    "Edge",
    "Figure",
    "Holders",
    "Knower",
    "Knowers",
    "Leaving",
    "Link",
    "Loss",
    "Lying",
    "Member",
    "Moved",
    "Movement",
    "Network",
    "Node",
    "Pooled",
    "Side",
    "Stop",
    "Tally",
    "Weave",
    "WeaveColumn",
    "WeaveRow",
    "added_up",
    "all_covered",
    "all_pooled",
    "asset_covered",
    "bus_factor",
    "camps",
    "diagnose",
    "it_boxes",
    "leaving",
    "lying",
    "mission_covered",
    "movement",
    "movement_by_month",
    "network",
    "oldest",
    "people_at",
    "pooled",
    "prepare",
    "seated",
    "skill_of_name",
    "skills_named",
    "unused",
    "unused_by",
    "weave",
    "who_knows",
]
