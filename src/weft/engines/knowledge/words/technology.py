"""Words of the technology camp, by the discipline they tell.

`a+b` tells two disciplines in equal parts. Phrases are in small letters, without
accents, in the singular where that ends in -s; English first, then French, German,
Spanish, Italian, Portuguese, Dutch, Swedish.

Sources: titles of ISCO-08 groups 133, 25 and 35 and of the ESCO occupations
below them; the 2018 Standard Occupational Classification 11-3021 and 15-12;
the rest is judgement. Sales engineers are in sales, as in ISCO 2433 and 2434.
"""

from __future__ import annotations

OCCUPATIONS = {
    "engineering": """
        software engineer; software developer; developer; programmer; coder; programmer
        analyst; analyst programmer; application developer; web developer; full stack
        engineer; fullstack engineer; frontend engineer; backend engineer; front end
        engineer; back end engineer; mobile engineer; ios engineer; android engineer;
        web engineer; embedded engineer; firmware engineer; software tester; software
        test engineer; test automation engineer; qa engineer; qa analyst; qa lead;
        quality assurance engineer; engineer in test; tester; sdet; test analyst; build
        engineer; release engineer; tech lead; technical lead; webmaster; game
        developer; blockchain engineer; integration developer; application engineer;
        software engineering intern; automation tester; developpeur; developpeuse;
        programmeur; ingenieur logiciel; testeur; concepteur developpeur; ingenieur
        etude et developpement; anwendungsentwickler; fachinformatiker
        anwendungsentwicklung; desarrollador; desarrolladora; programador; programadora;
        ingeniero de software; ingeniera de software; ingeniero software; sviluppatore;
        sviluppatrice; programmatore; ingegnere del software; desenvolvedor;
        desenvolvedora; engenheiro de software; ontwikkelaar; utvecklare;
        mjukvaruingenjor
    """,
    "data": """
        data engineer; data scientist; data analyst; data architect; data modeler; data
        modeller; data steward; data manager; database administrator; database
        developer; database engineer; dba; machine learning engineer; ml engineer; ai
        engineer; llm engineer; ai researcher; analytics engineer; bi developer; bi
        analyst; business intelligence analyst; reporting analyst; business intelligence
        developer; etl developer; data warehouse developer; chief data officer; chief
        analytics officer; head of data; bioinformatician; analyste de donnee; analyste
        donnee; ingenieur donnee; ingenieur data; datenanalyst; datenbankadministrator;
        analista de dato; ingeniero de dato; analista de dado; engenheiro de dado;
        cientista de dado; data analist
    """,
    "infrastructure": """
        site reliability engineer; sre; devops engineer; platform engineer; cloud
        engineer; infrastructure engineer; system administrator; sysadmin; system
        engineer; network administrator; network engineer; network architect; network
        technician; network analyst; network manager; network specialist; network
        operation; storage engineer; linux engineer; windows engineer; unix
        administrator; server administrator; linux administrator; cloud administrator;
        cloud architect; devops; data center technician; data centre technician; data
        center manager; data centre manager; data center operator; computer operator; it
        operation manager; telecom engineer; telecommunication engineer; telecom
        technician; mainframe operator; administrateur reseau; administrateur systeme;
        ingenieur systeme; ingenieur reseau; technicien reseau; administrador de
        sistema; administrador de red; administrador de rede; amministratore di sistema;
        sistemista; systeembeheerder; netwerkbeheerder; systemadministrator;
        fachinformatiker systemintegration; natverkstekniker; drifttekniker
    """,
    "security": """
        security engineer; security architect; security analyst; penetration tester; pen
        tester; ethical hacker; security engineering; security researcher; chief
        information security officer; ciso; information security officer; it security
        officer; rssi; it sicherheitsbeauftragter; soc analyst; vulnerability analyst;
        malware analyst; incident response analyst
    """,
    "architecture": """
        solution architect; enterprise architect; software architect; it architect;
        application architect; technical architect; system architect; api architect;
        integration architect; chief architect; domain architect; business architect;
        information architect; architecte logiciel; architecte solution; architecte
        technique; architecte si; softwarearchitekt; it architekt; arquitecto de
        software; arquitecto de solucione; arquiteto de software
    """,
    "experience": """
        ux designer; ui designer; ux researcher; ux writer; user researcher; user
        experience designer; user interface designer; interaction designer; user
        experience researcher; web designer; ux architect; ux manager
    """,
    "experience+marketing": "product designer; digital designer; service designer",
    "delivery": """
        scrum master; agile coach; release manager; technical program manager; technical
        programme manager; technical project manager; it project manager; it program
        manager; it programme manager; it project lead; it projektleiter; software
        project manager; delivery manager; technical delivery manager; release train
        engineer; agile delivery lead; it service manager; chef de projet informatique;
        chef de projet si; chef de projet it; jefe de proyecto it; jefe de proyecto
        informatico; it projectmanager
    """,
    "delivery+projects": """
        business analyst; business system analyst; it business partner; technology
        business partner; it demand manager; it relationship manager; digital business
        partner; system analyst; it business analyst; functional analyst; analyste
        fonctionnel; business relationship manager; it account manager; information
        technology account manager
    """,
    "delivery+product": """
        product owner; product manager; product lead; product director; product analyst;
        technical product manager; digital product manager; head of product; chief
        product officer; platform manager; responsable produit; chef de produit digital;
        produktmanager; produktagare
    """,
    "engineering+sales": """
        customer engineer; solution engineer; solution consultant; implementation
        engineer; implementation consultant; field engineer; forward deployed engineer;
        integration engineer; field application engineer; customer engineering;
        implementation project manager; partner engineer
    """,
    "engineering+marketing": """
        developer advocate; developer evangelist; developer relation; devrel; developer
        education; developer community; developer marketing; developer experience
        advocate; technical writer; technical author; technical writing; documentation
        engineer; education engineer; api writer; redacteur technique; technischer
        redakteur; open source program manager
    """,
    "support": """
        it support; support engineer; customer support engineer; desktop engineer;
        technical support engineer; technical support specialist; help desk analyst;
        helpdesk; service desk; help desk; desktop support; application support;
        technical support; it technician; computer technician; pc technician; user
        support specialist; computer support specialist; support informatique;
        technicien informatique; technicien support; tecnico informatico; tecnico de
        sistema; tecnico informatica; it supporter; it tekniker
    """,
    "technology": """
        chief information officer; cio; chief technology officer; cto; chief technical
        officer; chief digital officer; chief digital and technology; it manager; it
        director; head of it; it lead; it leiter; leiter it; dsi; directeur
        informatique; directeur technique; responsable informatique; directeur des
        systeme d information; directrice des systeme d information; responsable des
        systeme d information; wirtschaftsinformatiker; jefe de sistema; director de
        sistema; director de tecnologia; director de ti; gerente de ti; gerente de
        sistema; direttore sistemi informativi; responsabile sistemi informativi;
        responsabile it; hoofd ict; it chef; information system manager; information
        technology manager; it consultant
    """,
}

FIELDS = {
    "engineering": """
        software; application development; web; website; internet; html; intranet; app
        development; web development; software development; software engineering;
        engineering manager; head of engineering; director of engineering; vp
        engineering; vp of engineering; vice president engineering; vice president of
        engineering; engineering lead; engineering director; programming; frontend;
        backend; front end; back end; full stack; fullstack; java; python; javascript;
        typescript; golang; cplusplus; csharp; dotnet; php; ruby; react; angular;
        nodejs; kotlin; cobol; abap; ios; android; embedded; firmware; mobile app; low
        code; no code; developer tool; api; microservice; quality engineering; test
        automation; software quality; logiciel; developpement logiciel; developpement
        web; desarrollo de software; softwareentwicklung; anwendungsentwicklung;
        sviluppo software; desenvolvimento de software; informatica aplicada
    """,
    "data": """
        data; analytic; business intelligence; bi; machine learning; ml; ai; artificial
        intelligence; deep learning; nlp; llm; big data; data science; sql; database;
        datenbank; daten; base de donnee; base de dato; power bi; tableau; intelligence
        artificielle; inteligencia artificial; kunstliche intelligenz
    """,
    "infrastructure": """
        cloud; infrastructure and operation; it infrastructure; it operation; tech ops;
        tech operation; cloud operation; platform engineering; site reliability; aws;
        azure; gcp; kubernetes; linux; unix; vmware; citrix; mainframe; hosting; server;
        data center; data centre; network and system; system and network; telecom;
        telecommunication; end user computing; workplace technology; reseau; reseaux;
        systeme et reseau; developer infrastructure; core services infrastructure;
        infrastructure informatique; infrastruttura it; netwerken
    """,
    "security": """
        cybersecurity; cyber security; cyber; information security; it security;
        application security; cloud security; network security; infosec; appsec; product
        security; security operation center; identity and access management; iam;
        cybersecurite; ciberseguridad; seguridad informatica; informationssicherheit;
        securite informatique; sicurezza informatica; seguranca da informacao
    """,
    "architecture": "enterprise architecture; solution architecture; it architecture",
    "experience": "ux; ui; user experience; user interface; usability",
    "delivery": """
        agile; scrum; devsecops; it delivery; technology delivery; it project; it
        programme; it program; it portfolio; software delivery; it service management
    """,
    "delivery+product": "product management; product development lead; digital product",
    "support": "service desk analyst; itsm; it service desk; it help desk; it helpdesk",
    "technology": """
        it; ict; ti; edv; mis; information technology; information system; technology;
        tech; computer; computing; digital solution; digital technology; digital
        service; digital platform; digital engineering; informatique; informatik;
        informatica; informatics; tecnologia; technologie; tecnologie; systeme d
        information; sistema de informacion; sistemi informativi; sistema da informacao;
        informationstechnik; informationstechnologie; automatisering; it system;
        salesforce; sap; erp; sharepoint; servicenow; peoplesoft; workday developer;
        business system; enterprise system; enterprise application; saas; bit and byte
    """,
    "technology+projects": """
        digital transformation; transformation digitale; transformacion digital;
        digitalisation; digitalization; digitalisierung; digitale transformation
    """,
}

HINTS = {
    "engineering+plant": "engineer; engineering; ingenieur; ingeniero; engenheiro",
    "architecture+plant": "architect; architecture; architecte",
    "infrastructure": "infrastructure; platform; network; system; sistema; systeme",
    "technology": "digital; technical; technologist; application; online; crm",
    "experience": "interaction design; information design",
    "experience+marketing": "design; designer",
}

ENDS = {
    "engineering": """
        entwickler; entwicklerin; programmierer; programmiererin; utvecklare
    """,
    "technology": "informatiker; informatikerin; informaticien; informaticienne",
    "infrastructure": "systemtechniker; netzwerktechniker; systemadministratorin",
}
"""Ends of compound words, as German writes them."""

STARTS = {
    "engineering": "software; mjukvaru",
    "infrastructure": "netzwerk; natverk; netwerk",
    "data": "datenbank; databas",
}
"""Beginnings of compound words."""
