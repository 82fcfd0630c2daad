"""The words over columns, in the languages in which staff lists come to us.

English, German, French, Spanish, with some Italian, Dutch and Portuguese. They are
compared without accents, case and signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SIGNS = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Give a text without accents, case and signs: `E-Mail` as `e mail`."""
    split = _CAMEL.sub(" ", text)
    flat = unicodedata.normalize("NFKD", split.replace("ß", "ss"))
    letters = "".join(each for each in flat if not unicodedata.combining(each))
    return _SIGNS.sub(" ", letters.casefold()).strip()


def _words(text: str) -> tuple[str, ...]:
    """Give words that stand with commas between them, made plain."""
    return tuple(plain(each) for each in text.split(","))


HEADS: Mapping[str, tuple[str, ...]] = {
    "first name": _words(
        "first name, given name, forename, preferred name, vorname, rufname, prenom, "
        "nombre de pila, primer nombre, voornaam, primeiro nome"
    ),
    "last name": _words(
        "last name, surname, family name, nachname, familienname, nom de famille, nom, "
        "apellido, apellidos, cognome, achternaam, sobrenome"
    ),
    "name": _words(
        "name, full name, employee, employee name, person, worker, staff member, "
        "display name, mitarbeiter, mitarbeiterin, mitarbeitername, mitarbeitende, "
        "vollstandiger name, nom complet, nom et prenom, nom prenom, collaborateur, "
        "salarie, nombre, nombre completo, nombre y apellidos, empleado, trabajador, "
        "nome, nome completo, nome e cognome, naam, medewerker, colaborador"
    ),
    "email": _words(
        "email, e mail, mail, email address, work email, e mail adresse, courriel, "
        "adresse mail, adresse electronique, correo, correo electronico, emailadres"
    ),
    "id": _words(
        "id, employee id, employee number, employee no, emp id, emp no, staff id, "
        "staff number, worker id, person id, personnel number, personalnummer, "
        "pers nr, personal nr, mitarbeiternummer, mitarbeiter nr, mitarbeiter id, "
        "matricule, numero employe, id employe, identifiant, legajo, id empleado, "
        "numero de empleado, codigo de empleado, matricola, personeelsnummer"
    ),
    "unit": _words(
        "unit, department, dept, division, business unit, org unit, organization, "
        "organisation, organizational unit, organisational unit, section, area, "
        "function area, abteilung, bereich, organisationseinheit, ressort, sparte, "
        "hauptabteilung, referat, departement, service, direction, unite, pole, "
        "entite, departamento, area, unidad, seccion, gerencia, direccion, reparto, "
        "dipartimento, afdeling, departamento"
    ),
    "title": _words(
        "title, job title, role, position, job, function, designation, job role, "
        "position title, titel, stelle, stellenbezeichnung, funktion, rolle, beruf, "
        "berufsbezeichnung, tatigkeit, poste, fonction, intitule du poste, metier, "
        "emploi, titre, puesto, cargo, funcion, rol, ruolo, mansione, functie, funcao"
    ),
    "manager": _words(
        "manager, manager name, manager id, manager email, line manager, reports to, "
        "reporting to, supervisor, boss, superior, direct manager, reporting manager, "
        "vorgesetzter, vorgesetzte, fuhrungskraft, berichtet an, leiter, chef, "
        "responsable, superieur, superieur hierarchique, rattache a, n 1, jefe, "
        "jefe directo, responsable directo, reporta a, supervisor directo, gestor, "
        "leidinggevende, superiore"
    ),
    "mission": _words(
        "team, squad, mission, tribe, crew, product team, project, product, "
        "team name, projekt, produkt, equipe, projet, produit, equipo, proyecto, "
        "producto, squadra, progetto, projeto"
    ),
    "skills": _words(
        "skills, skill, competencies, competences, competence, expertise, know how, "
        "technologies, tech stack, qualifications, kenntnisse, fahigkeiten, "
        "kompetenzen, qualifikationen, skills und kenntnisse, competences cles, "
        "savoir faire, habilidades, competencias, conocimientos, aptitudes, "
        "competenze, vaardigheden"
    ),
    "level": _words(
        "skill level, proficiency, proficiency level, competence level, mastery, "
        "kompetenzstufe, kenntnisstand, niveau de competence, nivel de competencia"
    ),
    "partner": _words(
        "employer, company, vendor, supplier, agency, contracting company, partner, "
        "firma, arbeitgeber, unternehmen, dienstleister, lieferant, gesellschaft, "
        "employeur, societe, entreprise, prestataire, fournisseur, empleador, empresa, "
        "proveedor, compania, datore di lavoro, azienda, werkgever"
    ),
    "location": _words(
        "location, site, office, city, place, work location, workplace, country, "
        "standort, ort, arbeitsort, buro, land, stadt, lieu, lieu de travail, ville, "
        "bureau, implantation, pays, ubicacion, sede, ciudad, oficina, lugar, pais, "
        "localita, locatie, vestiging"
    ),
    "zone": _words(
        "time zone, timezone, tz, working time zone, zeitzone, fuseau horaire, "
        "zona horaria, huso horario, fuso orario, tijdzone, fuso horario"
    ),
    "cost_centre": _words(
        "cost center, cost centre, cost center code, cost code, costcenter, "
        "kostenstelle, kst, centre de cout, centre de couts, centro de coste, "
        "centro de costes, centro de costos, centro di costo, kostenplaats"
    ),
}
"""What columns are called that hold something Weft keeps."""

PRIVATE = _words(
    "salary, pay, wage, compensation, bonus, gehalt, lohn, vergutung, salaire, "
    "remuneration, salario, sueldo, birth, birthday, date of birth, age, geburtsdatum, "
    "geburtstag, alter, naissance, date de naissance, nacimiento, fecha de nacimiento, "
    "gender, sex, geschlecht, sexe, genre, genero, sexo, nationality, nationalitat, "
    "nationalite, nacionalidad, religion, konfession, marital status, familienstand, "
    "phone, telephone, mobile, telefon, handy, movil, address, home address, "
    "anschrift, iban, bank account, tax id, social security number, ssn, steuer id, "
    "disability, performance, rating, performance rating, leistung, notes, "
    "bemerkung, remarques"
)
"""What columns are called that hold something Weft never takes."""

NOTHING = frozenset(["-", "--", "\u2013", "\u2014", "n/a", "none", "null", "nil", "?"])
"""What stands in a cell where nothing is known."""

YES = frozenset(
    ["true", "yes", "y", "1", "x", "ja", "j", "oui", "o", "si", "sí", "wahr"]
)
"""What stands in a cell that says yes."""

OURS = frozenset(
    _words(
        "internal, intern, interne, interno, employee, permanent, own, staff, "
        "angestellt, festangestellt, salarie, empleado, plantilla"
    )
)
"""What stands in the column of the employer where that is the firm itself."""

LEVELS: Mapping[str, int] = {
    **dict.fromkeys(_words("aware, awareness, notion, notions, none yet"), 1),
    **dict.fromkeys(
        _words(
            "basic, basics, beginner, novice, junior, anfanger, grundkenntnisse, "
            "grundlagen, debutant, bases, basico, principiante"
        ),
        2,
    ),
    **dict.fromkeys(
        _words(
            "intermediate, medium, good, working, competent, mittel, gut, moyen, "
            "intermediaire, bon, medio, intermedio, bueno"
        ),
        3,
    ),
    **dict.fromkeys(
        _words(
            "advanced, senior, strong, proficient, fluent, fortgeschritten, sehr gut, "
            "avance, confirme, tres bon, avanzado, alto, muy bueno"
        ),
        4,
    ),
    **dict.fromkeys(
        _words(
            "expert, master, teaches it, experte, expertin, experte, experto, experta"
        ),
        5,
    ),
}
"""What levels of skill are called, from 1 (aware of it) to 5 (teaches it)."""
