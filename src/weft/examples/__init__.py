"""Two invented firms to look at, alive enough to explore for an hour.

**Wherry**, a mobile-only bank of about 500 people without an IT department. Look at
its 50 missions, in which business and technology people sit together under two
leads; at its platforms, and at partners' people with seats; at 26 guardrails, from
programming languages to what machines may decide, one of them on trial; at some 200
assets, among them marketplace apps of other firms and low-code apps of colleagues.
In its year people came, left and moved, guardrails tightened, and missions asked
more than a hundred times. Today a few waivers end within the month, three wait for
somebody, one mandate lacks a signature, and a few assets break what they once met.

**Fieldfare**, an airline of about 400 people under the Partnership model. Look at its
IT department, which holds most of the technology knowledge, at the liaison roles
around it, and at two units that do the same under other names; at what one person
alone knows or keeps, and at what nobody owns. Three months ago its first mission,
“Pre-flight experience”, took in people of eight units: see the firm as of the day
before and the day after.

Every firm, person and figure is invented. The texts that the firms are made of lie
in `bank`, `airline` and `shared`; `making` turns them into records and `telling` into
a year of deeds, each answered by the engine on the firm of that moment; chance comes
from the seed alone. `tours` gives what to try first, with the answers expected.
"""

from weft.examples.firms import make
from weft.examples.story import Step, Story

__all__ = ["Step", "Story", "make"]
