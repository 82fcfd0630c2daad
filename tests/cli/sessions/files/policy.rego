package firm

import rego.v1

vital := input.criticality == "vital"
