"""Rego, the language of Open Policy Agent: written, and asked beside Weft."""
