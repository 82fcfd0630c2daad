"""Facts that come in bulk: append-only, brought by entries of the journal.

To add a kind (deliveries, lines of a bill, events of work):

1. a record on `weft.core.facts.fact.Fact`, with its `kind` (the plural, as the journal
   shows it), its `noun`, `subject` (what it is looked up by), `when` (a day or an
   instant as text that sorts) and, where a repeat is to be known, a `key`;
2. its name in `FACTS` of `weft.core.facts.kinds`.

Nothing else: the table, the guards against changes, `weft verify`, as-of, idempotency
and the journal's counts hold for all kinds. To write some, put them into a deed:

    desk.write(lambda firm: Deed(name="readings.import", facts=tuple(readings)), ...)

The entry comes back with `deed.brought`: for each kind how many were new, their digest,
and how many repeats were left out. A fact whose key is there already with the same
contents is such a repeat; with other contents the whole deed is refused as a conflict,
unless `Deed.corrects` is set: then it takes the earlier one's place from that entry on,
and as-of before it still shows the earlier. Where every fact is a repeat, the deed is
refused with NothingChanges. The same idempotency key twice is one entry, as ever.

To read: `desk.facts.of(Reading, {"nps"}, upto=view.firm.seq)`, or `desk.facts.walk` for
as many as fit in no memory. Facts never hold what is personal: they cannot be erased.
"""
