"""What each figure of the diagnosis means and how it is worked out, in plain words."""

from __future__ import annotations

from weft.core.records import Record


class Definition(Record, frozen=True, kw_only=True):
    """A figure's title, unit, plain words and source."""

    title: str
    unit: str
    words: str
    source: str


_PEOPLE = (
    "A role may be part business and part technology, and counts as such parts of a "
    "person. The parts are those recorded of the person; where none are, they are told "
    "from the job title, else from the skills claimed. Who cannot be told is left out."
)

_READING = (
    "Of the people whose disciplines are recorded and who have a title, what the title "
    "alone tells is held against the record: so the reading is measured on this firm's "
    "own titles. Technology is a role of which more than a third is technology. The "
    "rows are the titles read otherwise; a title can be put right by recording the "
    "disciplines of who holds it. "
)

DEFINITIONS: dict[str, Definition] = {
    "camps_told": Definition(
        title="People whose camp is known",
        unit="share",
        words="Of all people in the firm, the share of whom Weft can tell whether they "
        "work in business or in technology, by what is recorded of them, by a word of "
        "the job title, by the skills they claim, or by a mere hint in the title. All "
        "figures about camps rest on these people alone.",
        source="Weft's own table of title words, after ISCO-08 (ILO 2012)",
    ),
    "titles_precision": Definition(
        title="Precision of the reading of titles",
        unit="share",
        words="Of the people whose title is read as technology, the share who are of "
        "technology by their record. " + _READING,
        source="Precision, as information retrieval has it: C. van Rijsbergen (1979)",
    ),
    "titles_recall": Definition(
        title="Recall of the reading of titles",
        unit="share",
        words="Of the people who are of technology by their record, the share whose "
        "title is read as technology. " + _READING,
        source="Recall, as information retrieval has it: C. van Rijsbergen (1979)",
    ),
    "technology_part": Definition(
        title="People whose role has a technology part",
        unit="share",
        words="Of the people whose camp is known, the share with any technology in "
        "their role, be it one hundredth or all of it. " + _PEOPLE,
        source="After R. Deist, CIO of Faurecia (2019): “in three to five years "
        "everyone will work in IT”",
    ),
    "it_boxes": Definition(
        title="IT boxes in the org chart",
        unit="units",
        words="Units that hold technology people apart from the rest: at least 60 % of "
        "the roles in the unit and below it are technology, with at least four times "
        "the odds of the rest of the firm; it is led from inside (its head sits in it, "
        "or 70 % of its reporting lines stay in it); and it holds at least a quarter "
        "of the firm's technology people, unless all such units together hold half of "
        "them. The unit's name plays no part, so renamed ones are found. A finding "
        "can be corrected on the unit, and stays so. Units of fewer than five people "
        "are not looked at.",
        source="Weft's own rule, after the Partnership model of J. Peppard: a distinct "
        "unit that contains most of the knowledge",
    ),
    "inside_boxes": Definition(
        title="Technology people inside the IT boxes",
        unit="share",
        words="Of all technology people of the firm, the share who sit in an IT box "
        "or below one. " + _PEOPLE,
        source="The count itself; its complement is the dilution index",
    ),
    "dilution": Definition(
        title="Dilution of the IT boxes",
        unit="index",
        words="Technology people outside the IT boxes, divided by all technology "
        "people: 0 where all sit in an IT box, 1 where none is left in one. " + _PEOPLE,
        source="After C. Bozzoli of Enel (2018): an IT unit “completely diluted” "
        "in the business",
    ),
    "spread_units": Definition(
        title="Spread of technology knowledge over units",
        unit="index",
        words="How evenly technology knowledge lies over the highest units that divide "
        "the firm: 0 where all of it is in one unit, 1 where each unit has as much of "
        "it as it has of the people. With s a unit's share of the knowledge and h its "
        "share of the people, it is 1 - sum(s(s-h)/h) / sum(s(1-h)/h): how far it is "
        "from even, against how far it would be if all of it sat in one of the units "
        "where it now is. For units of equal size this is Blau's index. Knowledge is "
        "counted in claims of technology skills at level 3 or higher where at least "
        "half of the technology people have one, else in technology people.",
        source="P. Blau, Inequality and Heterogeneity (1977); weighted by unit size",
    ),
    "spread_missions": Definition(
        title="Spread of technology knowledge over missions",
        unit="index",
        words="The same index over missions in the place of units: the shares of "
        "people come from the seats held in the month, and so does the technology "
        "in them. 0 where all technology sits in one mission, 1 where each mission "
        "has as much of it as of the people.",
        source="P. Blau, Inequality and Heterogeneity (1977); weighted by mission size",
    ),
    "schism": Definition(
        title="Schism between business and technology",
        unit="index",
        words="How far the two camps keep apart, from who sits with whom: 1 where they "
        "never meet, near 0 where they mix as at random, below 0 where they mix more "
        "than that. People sit together in the missions of the month, else in their "
        "unit, else under their manager. Two who share a group have a tie of the "
        "product of their shares, scaled so that a group's ties add to half of its "
        "people. The index is 1 - (ties across the camps) / (ties across expected at "
        "random). " + _PEOPLE,
        source="M. Newman, Phys. Rev. E 67, 026126 (2003), assortativity of two kinds",
    ),
    "business_missions": Definition(
        title="Technology people in business missions",
        unit="share",
        words="Of all technology people of the firm, the share of their time that is "
        "seated in stream-aligned missions in the month: in teams that own an outcome "
        "for customers, and not in platforms, enabling teams or no mission. A seat "
        "counts with its share and with the technology in the role. " + _PEOPLE,
        source="The count itself; the types of missions are those of M. Skelton and M. "
        "Pais, Team Topologies (2019)",
    ),
    "units_without": Definition(
        title="Units without technology people",
        unit="units",
        words="Units of five people or more in which, the units below included, nobody "
        "has technology in the role, and nobody has a seat in a mission of the month "
        "with somebody who has. Where a unit is listed those below it are not.",
        source="The count itself",
    ),
    "external_internal": Definition(
        title="Ties that leave their unit (E-I)",
        unit="from -1 to 1",
        words="Who sits together in the missions of the month, else in their unit, has "
        "a tie, weighed as for the schism. Over the highest units that divide the firm "
        "it is (ties between units - ties inside one) / all ties: -1 where all stay "
        "inside, 1 where none does. Under random mixing it is not 0, so hold it "
        "against this firm's own past, not against another firm. Who is in none of the "
        "units, such as a partner's people, is left out.",
        source="D. Krackhardt and R. Stern, Social Psychology Quarterly 51(2), 1988",
    ),
    "modularity": Definition(
        title="Does the chart match the work? (modularity)",
        unit="of at most 1",
        words="The sum over the highest units of e - a^2: e, the share of ties that "
        "stay inside the unit; a, the share of tie ends in it. 0 where the units tell "
        "as much of who works with whom as chance would; near 1 where people work "
        "inside many separate units; below 0 where they work across more than that. "
        "Ties are those of the E-I index.",
        source="M. Newman and M. Girvan, Phys. Rev. E 69, 026113 (2004)",
    ),
    "liaisons": Definition(
        title="Liaison roles",
        unit="people",
        words="People whose title is one of standing between technology and the rest "
        "(business partner, relationship manager, demand manager and the like) and who "
        "by that title, by their unit or by their manager belong to technology. A "
        "partner of HR or of customers is none.",
        source="The role in the Partnership model; the titles are Weft's own list",
    ),
    "one_camp_units": Definition(
        title="Units of only one camp",
        unit="units",
        words="Units in which at least five people sit directly whose camp is known, "
        "and all of them wholly in business, or all wholly in technology.",
        source="The count itself",
    ),
    "one_camp_missions": Definition(
        title="Missions of only one camp",
        unit="missions",
        words="Missions in which at least five people hold a seat in the month whose "
        "camp is known, and all of them wholly in business, or all wholly in "
        "technology.",
        source="The count itself",
    ),
    "assets_without_owner": Definition(
        title="Assets without an owner",
        unit="assets",
        words="Services, applications, data and other assets that neither a mission "
        "nor a unit of the firm owns.",
        source="The count itself",
    ),
    "assets_one_keeper": Definition(
        title="Assets with a single keeper",
        unit="assets",
        words="Assets that exactly one person can look after. Assets of which no "
        "keeper is recorded are not in it; the note counts them.",
        source="Truck factor of one: G. Avelino et al., ICPC 2016",
    ),
    "span": Definition(
        title="People who report to one manager (median)",
        unit="people",
        words="For everybody to whom somebody reports, how many people do; the figure "
        "is the one in the middle. The rows show how many managers have which span; "
        "a row of fewer than five managers is joined with its neighbour.",
        source="The count itself",
    ),
    "widest_span": Definition(
        title="Widest span of a manager",
        unit="people",
        words="The most people who report to one and the same manager, by the main "
        "post of each. Who that manager is plays no part here.",
        source="The count itself",
    ),
    "skills_on_one": Definition(
        title="Skills that rest on one person",
        unit="skills",
        words="Skills that exactly one person claims at level 3 or higher, the level "
        "from which one works alone. Whoever claims less is counted as learning.",
        source="Truck factor of one: G. Avelino et al., ICPC 2016",
    ),
}
