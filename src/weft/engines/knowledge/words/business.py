"""Words of the business camp, by the discipline they tell.

They are there as much to keep traps from being taken for technology: a sales
engineer, a facilities engineer, digital marketing, ground operations. Form and
languages as in `technology`. Sources: titles of ISCO-08 major groups 1 to 9
outside 133, 25 and 35; the rest is judgement.
"""

from __future__ import annotations

OCCUPATIONS = {
    "management": """
        chief executive officer; ceo; managing director; general manager; chairman;
        chairwoman; chair of the board; founder; cofounder; co founder; owner; board
        member; chief of staff; chief strategy officer; president; directeur general;
        directrice generale; geschaftsfuhrer; geschaftsfuhrerin; director general;
        amministratore delegato; diretor geral; vd
    """,
    "projects": """
        project coordinator; project assistant; pmo analyst; change manager; management
        consultant; process owner; transformation manager
    """,
    "marketing": """
        product marketing manager; pmm; brand designer; graphic designer; copywriter;
        content editor; editor; social media manager; community manager; journalist;
        community advocate; content manager; seo specialist; press officer; art
        director; creative director; photographer; translator; brand manager; chief
        marketing officer; cmo; media designer; industrial designer; chef de produit;
        charge de communication; redacteur; mediengestalter; category manager; fashion
        designer; interior designer; video editor
    """,
    "sales": """
        sales engineer; sales representative; sales development representative; sdr;
        account executive; account manager; account director; business developer;
        presales engineer; pre sales engineer; presales consultant; key account manager;
        sales manager; sales enablement lead; salesperson; sales assistant; cashier;
        shop assistant; ticketing agent; travel agent; relationship banker; bdr;
        relationship manager; revenue manager; pricing analyst; value engineer; value
        engineering; technical sales engineer; ingenieur commercial; technico
        commercial; charge d affaire; vertriebsingenieur; vertriebler;
        aussendienstmitarbeiter; comercial; ejecutivo de cuenta; vendedor; vendedora;
        vendeur; chief revenue officer; chief commercial officer; real estate agent;
        insurance agent; mortgage adviser; mortgage advisor; rental agent
    """,
    "customer": """
        customer service agent; customer service representative; call center agent; call
        centre agent; contact centre agent; customer success manager; customer adviser;
        customer advisor; customer care agent; receptionist; lounge host; guest services
        agent; check in agent; gate agent; host; hostess; customer support manager;
        customer support specialist; bank teller; teller; conseiller client; conseillere
        client; kundenberater; kundenbetreuer; complaint handler; waiter; waitress;
        concierge; information desk clerk
    """,
    "operations": """
        process engineer; supply chain engineer; logistics engineer; pilot; first
        officer; cabin crew; flight attendant; purser; dispatcher; flight dispatcher;
        baggage handler; ramp agent; loadmaster; load controller; crew planner;
        warehouse operative; warehouse manager; driver; courier; logistician; supply
        chain analyst; demand planner; demand planning; production planner; operation
        research analyst; chief operating officer; coo; chief operations officer; air
        traffic controller; train conductor; seaman; network planning; network planner;
        branch network; route network; dealer network; schedule planner; machine
        operator; assembler; packer; operation analyst; business operation; shift
        leader; store manager; branch manager; baker; cook; chef; cleaner; forklift
        operator; payment operation; back office; disponent; lagerist; magasinier;
        chauffeur
    """,
    "purchasing": "buyer; purchaser; procurement officer; sourcing manager; acheteur",
    "finance": """
        accountant; controller; comptroller; treasurer; auditor; actuary; bookkeeper;
        financial analyst; credit analyst; tax adviser; tax advisor; underwriter;
        trader; investment analyst; portfolio manager; fund manager; loan officer; cfo;
        chief financial officer; chief finance officer; fp and a; payroll; broker; deal
        desk; comptable; controleur de gestion; buchhalter; buchhalterin; steuerberater;
        wirtschaftsprufer; contador; contable; contabile; ragioniere; boekhouder;
        ekonom; cost engineer; quantity surveyor; banker; claims adjuster
    """,
    "law": """
        lawyer; attorney; counsel; paralegal; solicitor; notary; compliance officer;
        compliance analyst; risk manager; risk analyst; data protection officer; dpo;
        money laundering reporting officer; fraud analyst; fraud investigator; chief
        risk officer; chief compliance officer; chief legal officer; juriste; avocat;
        jurist; rechtsanwalt; abogado; avvocato; datenschutzbeauftragter; privacy
        officer; company secretary; internal auditor; regulatory affair
    """,
    "people": """
        recruiter; technical recruiter; talent sourcer; talent acquisition; hr business
        partner; people partner; people business partner; trainer; human resource
        manager; learning designer; organisational developer; organizational developer;
        curriculum developer; instructor; people operation; chief people officer; chief
        human resource officer; chro; drh; recruteur; charge de recrutement;
        personalreferent; personalleiter; personalentwickler; instructional designer;
        course developer; training engineer; career coach; training manager; onboarding
        manager; teammate success manager
    """,
    "administration": """
        executive assistant; personal assistant; administrative assistant; secretary;
        office manager; executive business partner; clerk; data entry clerk; janitor;
        data entry operator; facility engineer; facility manager; building engineer;
        security guard; security officer; caretaker; hausmeister; assistenz; librarian;
        assistante de direction; assistant de direction; secretaire; archivist; systems
        librarian; records manager; receptionist and administrator
    """,
    "plant": """
        mechanical engineer; electrical engineer; civil engineer; structural engineer;
        chemical engineer; industrial engineer; manufacturing engineer; design engineer;
        production engineer; quality engineer; maintenance engineer; aircraft engineer;
        flight engineer; ground engineer; aerospace engineer; automotive engineer;
        project engineer; safety engineer; environmental engineer; marine engineer;
        mining engineer; petroleum engineer; nuclear engineer; materials engineer;
        biomedical engineer; hvac engineer; service technician; landscape architect;
        naval architect; cnc programmer; electrician; mechanic; plumber; welder;
        carpenter; machinist; fitter; surveyor; laboratory technician; draughtsman;
        avionics engineer; avionics technician; field service engineer; power engineer;
        sound engineer; audio engineer; locomotive engineer; stationary engineer;
        agricultural engineer; geotechnical engineer; hydraulic engineer; cad designer;
        building architect; construction manager; instandhaltung; mechatroniker;
        elektriker; ingenieur mecanique; ingenieur civil; ingenieur qualite; ingenieur
        production; technicien de maintenance; ingeniero civil; ingeniero industrial;
        ingeniero mecanico; bauingenieur; maschinenbauingenieur; wirtschaftsingenieur;
        real estate developer; property developer; land developer; network rail
        engineer; track engineer; signalling engineer; tooling engineer; packaging
        engineer; validation engineer; process development engineer; optician
    """,
    "professions": """
        nurse; doctor; physician; surgeon; teacher; professor; lecturer; chemist;
        biologist; physicist; pharmacist; psychologist; social worker; economist;
        statistician; research scientist; veterinarian; dentist; therapist; midwife;
        genetic engineer; police officer; firefighter; musician; actor; paramedic; music
        programmer; radio programmer; health informatics nurse; research fellow
    """,
}

FIELDS = {
    "product": "proposition; product strategy; product policy; pricing",
    "delivery+product": "product",
    "marketing": """
        marketing; product marketing; digital marketing; marketing automation; brand;
        communication; content; social media; seo; sea; campaign; demand generation;
        demand gen; advertising; public relation; pr; event; creative; press; media;
        loyalty; growth marketing; performance marketing; community; market research;
        kommunikation; comunicacion; comunicazione; merchandising; editorial; internal
        communication; email marketing
    """,
    "sales": """
        sale; selling; commercial; business development; account management; presales;
        pre sales; gtm; go to market; revenue; retail; ticketing; vertrieb; vente;
        venta; venda; vendite; partnership; alliance; e commerce; ecommerce; trade;
        verkauf; forsaljning; technical sales; digital sales; wholesale; enterprise
        sales
    """,
    "customer": """
        customer; customer service; customer support; customer success; call center;
        call centre; contact center; contact centre; customer care; guest; lounge; check
        in; passenger service; technical success; kundenservice; service client;
        atencion al cliente; customer experience; complaint; hospitality; client
        service; service clientele; kundendienst
    """,
    "operations": """
        supply chain; logistic; warehouse; transport; fleet; flight; flight operation;
        ground; ground operation; ground handling; ramp; baggage; cargo; crew; airport;
        aviation; dispatch; inventory; distribution; production; manufacturing; branch;
        network operation centre dispatch; lager; logistik; logistique; logistica;
        production planning; operational excellence; process improvement; lean; six
        sigma; store; catering; kitchen; cabin; freight; shipping; import; export;
        fulfilment; fulfillment; settlement; loan operation; payment processing
    """,
    "purchasing": """
        purchasing; procurement; sourcing; einkauf; achat; compra; acquisti; inkoop;
        vendor management; supplier management; category management
    """,
    "finance": """
        finance; financial; accounting; tax; treasury; controlling; credit; investment;
        audit; investor relation; billing; invoicing; budget; insurance; actuarial;
        mortgage; wealth; equity; finanzen; finanz; comptabilite; contabilidad; fp a;
        accounts payable; accounts receivable; private banking; corporate banking;
        trading; valuation; rechnungswesen; lending
    """,
    "law": """
        legal; law; compliance; risk; regulatory; governance; privacy; data protection;
        fraud; aml; kyc; ethic; anti money laundering; financial crime; intellectual
        property; recht; juridique; contract; datenschutz; policy
    """,
    "people": """
        hr; human resource; people; talent; recruiting; recruitment; training; learning;
        compensation; benefit; personnel; personal; ressource humaine; recursos humano;
        risorse umane; employee relation; workforce; culture; diversity; people and
        culture; people ops; learning and development; organisational design; formation;
        ausbildung; personalwesen; education; onboarding; people analytic
    """,
    "administration": """
        facility; administration; building; property; real estate; office; reception;
        physical security; site security; workplace; mailroom; archive; secretariat;
        cleaning; travel and expense
    """,
    "plant": """
        mechanical; electrical; civil; structural; chemical; industrial; plant;
        aircraft; avionic; maintenance; automotive; hvac; construction; quality; safety;
        hse; ehs; environmental; environment; marine; mining; petroleum; drilling;
        biomedical; nuclear; rail; railway; track; tooling; welding; materials;
        geotechnical; packaging; laboratory; lab; aerospace; energy; electronics;
        control system; instrumentation; hydraulic; mro; line maintenance; base
        maintenance; power; combustion; thermal; acoustic; water; gas; highway; bridge;
        robotics; machine; fire protection; equipment; field service; turbine; engine;
        utilities
    """,
    "professions": """
        medical; clinical; nursing; pharmacy; surgical; dental; veterinary; healthcare;
        patient; science; academic; school; research and development laboratory; museum;
        radiology; pharmaceutical; hospital; therapy; social work; church
    """,
}

HINTS = {
    "management": "strategy; executive; corporate; board; regional; business; group",
    "projects": """
        project; program; programme; change; transformation; pmo; projet; projekt;
        proyecto; progetto; innovation; process
    """,
    "operations": "operation; operative; ops; planning; scheduling; production lead",
    "customer": "service; client; care",
    "law": "counselling",
}

ENDS = {
    "sales": "verkaufer; verkauferin; vertriebsleiter; vertriebsmitarbeiter",
    "plant": "mechaniker; mechanikerin; schlosser; monteur; maschinenbauer",
    "finance": "buchhaltung",
}

STARTS = {
    "sales": "vertrieb; verkauf",
    "finance": "finanz; buchhalt; steuer",
    "people": "personal",
    "purchasing": "einkauf",
    "operations": "logistik; lager; produktion",
    "customer": "kunden",
    "marketing": "marketing; werbe",
}

SILENT = "vice president; assistant vice president; senior vice president"
"""Phrases that tell a rank and, unlike a word in them, no discipline."""
