"""Two invented firms to look at, alive enough to explore for an hour.

**Wherry**, a mobile-only bank of about 500 people without an IT department: 50
missions in which business and technology people sit together, 24 guardrails in
force and one on trial, some 220 assets, 26 partners. In its year people came, left
and moved, guardrails came and tightened, and missions asked for things some 150
times; a few waivers are about to end, and a few wait for somebody.

**Fieldfare**, an airline of about 400 people under the Partnership model: an IT
department that holds most of the technology knowledge, a digital studio under
another name, and, for three months now, a first mission, “Pre-flight experience”,
which took in people of eight units. Before and after both are in its journal.

Every firm, person and figure is invented. The texts the firms are made of lie in
`bank`, `airline` and `shared`; `making` turns them into records and `telling` into
a year of deeds; chance comes from the seed alone. `tours` holds what to try first,
with the answers expected.
"""

from weft.examples.firms import make
from weft.examples.story import Step, Story

__all__ = ["Step", "Story", "make"]
