"""What each figure of the mirror says, in one sentence for who reads it first."""

from __future__ import annotations

CHAPTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Where technology sits",
        (
            *("it_boxes", "inside_boxes", "dilution", "technology_part"),
            *("spread_units", "spread_missions"),
            *("business_missions", "units_without"),
        ),
    ),
    (
        "How business and technology meet",
        (
            *("schism", "external_internal", "modularity", "liaisons"),
            *("one_camp_units", "one_camp_missions"),
        ),
    ),
    (
        "What hangs by a thread",
        ("skills_on_one", "assets_one_keeper", "assets_without_owner"),
    ),
    ("How people are led", ("span", "widest_span")),
    ("How sure this is", ("camps_told", "titles_precision", "titles_recall")),
)
"""The order in which the figures are told."""

MEANINGS: dict[str, str] = {
    "camps_told": "So many people can be told to work in business or in technology; "
    "all figures about the two rest on them.",
    "titles_precision": "So many of the people whose title sounds like technology "
    "work in it, by what is recorded of them.",
    "titles_recall": "So many of the people recorded as technology are told by their "
    "title.",
    "technology_part": "So many have at least some technology in their work.",
    "it_boxes": "Units that keep technology people apart from the rest, whatever they "
    "are called.",
    "inside_boxes": "So much of the technology people sits inside such a box.",
    "dilution": "0: all technology people sit in a box. 1: none does.",
    "spread_units": "0: all technology knowledge is in one unit. 1: every unit has "
    "its share.",
    "spread_missions": "0: all technology people sit in one mission. 1: every mission "
    "has its share.",
    "schism": "1: business and technology people never sit together. Near 0: they mix "
    "as if by chance.",
    "business_missions": "So much of the technology people's time goes to teams that "
    "own an outcome for customers.",
    "units_without": "Nobody in these works in technology, or in a mission with it.",
    "external_internal": "-1: everybody works inside their own unit. 1: nobody does.",
    "modularity": "Near 1: people work inside the boxes of the chart. 0: the chart "
    "tells nothing of who works with whom.",
    "liaisons": "People whose job is to stand between technology and the rest.",
    "one_camp_units": "Units in which everybody is business, or everybody technology.",
    "one_camp_missions": "Missions in which one of the two sides is missing.",
    "assets_without_owner": "Nobody answers for these.",
    "assets_one_keeper": "If one person is away, nobody can mend these.",
    "span": "Half of all managers have more people reporting to them, half have fewer.",
    "widest_span": "The most people who report to one manager.",
    "skills_on_one": "If one person leaves, nobody else can do this alone.",
}
"""What a figure says, by its id."""

NEXT: dict[str, str] = {
    "it_boxes": "/weave?across=units",
    "spread_units": "/weave?across=units",
    "spread_missions": "/weave?across=missions",
    "assets_without_owner": "/assets?care=nobody",
    "assets_one_keeper": "/assets?care=single",
}
"""Where to see more of a figure than its rows."""
