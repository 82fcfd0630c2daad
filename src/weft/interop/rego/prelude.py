"""What every module in Rego begins with: strict reading and three-valued truth."""

from __future__ import annotations

PRELUDE = r"""
# What is true counts 2, what is unknown 1, what is false 0: AND is then the least,
# OR the greatest, and NOT takes from 2. A value that was read is [value], or [] where
# it is missing, of another type or out of its domain: it is then unknown.

every_of(parts) := min(array.concat([2], parts))

one_of(parts) := max(array.concat([0], parts))

opposite(part) := 2 - part

value(name) := object.get(input, name, null) if is_object(input)

else := null

# What is no element has no fields, and of none of them is known whether it is there.
field(element, name) := object.get(element, name, null) if is_object(element)

else := {}

is_list(raw) if {
	is_array(raw)
	count(raw) <= 1000
}

whole(raw) if {
	is_number(raw)
	regex.match(`^-?[0-9]+$`, json.marshal(raw))
}

digits(text) := to_number(trim_left(text, "0")) if trim_left(text, "0") != ""

else := 0

# A number as a whole number of its smallest step: 12.5 with 2 places is 1250.
scaled(raw, places) := raw * step(places) if whole(raw)

else := sign(raw) * ((digits(parts[0]) * step(places)) + digits(first)) if {
	is_string(raw)
	regex.match(`^-?[0-9]{1,18}(\.[0-9]{1,6})?$`, raw)
	parts := split(concat("", [trim_left(raw, "-"), "."]), ".")
	after := concat("", [parts[1], "000000"])
	trim(substring(after, places, -1), "0") == ""
	first := substring(after, 0, places)
}

step(places) := to_number(concat("", ["1", substring("000000", 0, places)]))

sign(raw) := -1 if startswith(raw, "-")

else := 1

amount(raw, currency) := trim_suffix(raw, concat(" ", ["", currency])) if is_string(raw)

else := raw

day(raw) if {
	is_string(raw)
	regex.match(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`, raw)
	year := digits(substring(raw, 0, 4))
	month := digits(substring(raw, 5, 2))
	date := digits(substring(raw, 8, 2))
	year >= 1
	month >= 1
	date >= 1
	date <= days(year, month)
}

days(_, month) := 31 if month in {1, 3, 5, 7, 8, 10, 12}

days(_, month) := 30 if month in {4, 6, 9, 11}

days(year, month) := 29 if {
	month == 2
	leap(year)
}

days(year, month) := 28 if {
	month == 2
	not leap(year)
}

leap(year) if year % 400 == 0

leap(year) if {
	year % 4 == 0
	year % 100 != 0
}

each_one(raw, parts) := every_of(parts) if is_list(raw)

else := 1

some_one(raw, parts) := one_of(parts) if is_list(raw)

else := 1

present(read, raw) := 2 if count(read) == 1

else := 0 if raw == null

else := 1

same(read, wanted) := 1 if read == []

else := 2 if read[0] == wanted

else := 0

among(read, wanted) := 1 if read == []

else := 2 if read[0] in wanted

else := 0

below(read, wanted) := 1 if read == []

else := 2 if read[0] < wanted

else := 0

at_most(read, wanted) := 1 if read == []

else := 2 if read[0] <= wanted

else := 0

starts(read, wanted) := 1 if read == []

else := 2 if startswith(read[0], wanted)

else := 0

has(read, wanted) := 1 if read == []

else := 2 if wanted in read[0]

else := 0

inside(read, wanted) := 1 if read == []

else := 2 if count(read[0] - wanted) == 0

else := 0

meets(read, wanted) := 1 if read == []

else := 2 if count(read[0] & wanted) > 0

else := 0

state(applies, met) := "holds" if one_of([opposite(applies), met]) == 2

else := "broken" if {
	applies == 2
	met == 0
}

else := "unproven"

# What is not found to hold is denied, whatever the reason.
default allow := false

allow if count(deny) == 0

deny contains told(id) if {
	some id, rule in rules
	rule.blocks
	not verdicts[id] == "holds"
}

warn contains told(id) if {
	some id, rule in rules
	not rule.blocks
	not verdicts[id] == "holds"
}

told(id) := {
	"guardrail": id,
	"level": rules[id].level,
	"msg": sprintf("%s (%s)", [rules[id].title, id]),
	"state": object.get(verdicts, id, "error"),
	"version": rules[id].version,
}
"""
