"""The disciplines Weft tells people into, where the firm has none of its own.

Technology is what ISCO-08 counts as such: information and communications
technology professionals (25), technicians (35) and their managers (133).
Source: International Standard Classification of Occupations, ILO 2012.
"""

from __future__ import annotations

from weft.core.skills import Discipline

_TECHNOLOGY = {
    "engineering": "Software engineering",
    "data": "Data and analytics",
    "infrastructure": "Infrastructure and cloud",
    "security": "Technology security",
    "architecture": "Technology architecture",
    "experience": "User experience",
    "delivery": "Technology delivery",
    "support": "Technology support",
    "technology": "Technology in general",
}
_BUSINESS = {
    "management": "General management",
    "product": "Product and proposition",
    "projects": "Projects and change",
    "marketing": "Marketing and communication",
    "sales": "Sales",
    "customer": "Customer service",
    "operations": "Operations and logistics",
    "purchasing": "Purchasing",
    "finance": "Finance and accounting",
    "law": "Law, risk and compliance",
    "people": "People and learning",
    "administration": "Administration and buildings",
    "plant": "Machines, vehicles and buildings engineering",
    "professions": "Other professions",
}
DISCIPLINES: dict[str, Discipline] = {
    **{
        key: Discipline(id=key, title=title, camp="business")
        for key, title in _BUSINESS.items()
    },
    **{
        key: Discipline(id=key, title=title, camp="technology")
        for key, title in _TECHNOLOGY.items()
    },
}
"""By id. A firm's own discipline of the same id comes before one of these."""
