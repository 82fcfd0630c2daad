"""Words of liaison roles: those who stand between technology and the rest.

The Partnership model needs them to reach across the boundary of its IT unit.
Source: the titles are judgement, after the role in J. Peppard, "The metamorphosis
of the CIO", and the Business Relationship Management body of knowledge.
"""

from __future__ import annotations

ROLES = """
    business partner; business relationship manager; relationship manager; brm;
    business liaison; liaison; liaison manager; liaison officer; demand manager;
    business demand manager; engagement manager; business engagement manager;
    business engagement lead; it account manager; it service manager;
    service delivery manager; service level manager; it coordinator;
    business information manager; it demand manager;
    information manager; partenaire metier; business it partner; schnittstellenmanager;
    it koordinator; it beauftragter; anforderungsmanager; informatiemanager;
    demand management; business interface manager
"""

OTHERS = """
    executive; hr; human resource; people; finance; talent; legal; sale; customer;
    client; supplier; vendor; investor; marketing; procurement; commercial; private;
    corporate; supply; media; press; community; workforce; personal; wealth
"""
"""Words that make it a role towards somebody else than technology."""
