"""Those who work for the company: departments, contracts, skills, trainings and leave."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from db.demo import identity, names
from db.demo.calendar import FIRST, LAST, TODAY, YEAR, between, later, month_end, months, working
from db.demo.story import Fiche, Story


class Colleague(NamedTuple):
    """A person in one line; `manager` is the last name of theirs."""

    first_name: str
    last_name: str
    job: str
    department: str
    manager: str | None
    workplace: str
    hired: date
    salary: int
    activities: tuple[str, ...] = ()
    kind: str = "employee"
    status: str = "active"
    departed: date | None = None


STAFF: Final = (
    Colleague(
        "Claire", "Fontaine", "Présidente", "DIR", None, "SIEGE", date(2011, 3, 1), 6200,
        ("VENTE",), "officer",
    ),
    Colleague(
        "Hélène", "Marchand", "Responsable comptable", "ADM", "Fontaine", "SIEGE",
        date(2014, 9, 1), 3650, ("ADMIN",),
    ),
    Colleague(
        "Julien", "Morel", "Responsable commercial", "COM", "Fontaine", "SIEGE",
        date(2016, 2, 15), 3900, ("VENTE",),
    ),
    Colleague(
        "Thomas", "Girard", "Responsable technique", "TEC", "Fontaine", "SIEGE",
        date(2012, 5, 2), 4100, ("DEPAN", "INSTAL", "CHANTIER"),
    ),
    Colleague(
        "Nadia", "Haddad", "Cheffe de projet", "PRJ", "Fontaine", "SIEGE",
        date(2018, 1, 8), 3700, ("CHANTIER", "PLAN"),
    ),
    Colleague(
        "Karim", "Benali", "Technicien de maintenance", "TEC", "Girard", "SIEGE",
        date(2017, 6, 12), 2750, ("DEPAN", "INSTAL", "ENTRET", "FORMAT"),
    ),
    Colleague(
        "Lucas", "Perrin", "Technicien frigoriste", "TEC", "Girard", "NANTES",
        date(2019, 4, 1), 2680, ("DEPAN", "ENTRET"),
    ),
    Colleague(
        "Manon", "Leroy", "Technicienne du support", "TEC", "Girard", "SIEGE",
        date(2021, 10, 4), 2480, ("DEPAN", "ENTRET"),
    ),
    Colleague(
        "Antoine", "Dubois", "Monteur", "PRJ", "Haddad", "SIEGE",
        date(2015, 11, 2), 2350, ("INSTAL",),
    ),
    Colleague(
        "Rémi", "Faure", "Monteur", "PRJ", "Haddad", "NANTES", date(2020, 3, 2), 2280, ("INSTAL",),
    ),
    Colleague(
        "Paul", "Renaud", "Dessinateur projeteur", "PRJ", "Haddad", "SIEGE",
        date(2022, 1, 10), 2520, ("PLAN",),
    ),
    Colleague(
        "Inès", "Caron", "Commerciale sédentaire", "COM", "Morel", "NANTES",
        date(2019, 9, 2), 2450, ("VENTE",),
    ),
    Colleague(
        "Élodie", "Blanc", "Chargée de marketing", "COM", "Morel", "SIEGE",
        date(2022, 5, 2), 2600, ("VENTE",),
    ),
    Colleague(
        "Chloé", "Bonnet", "Responsable du magasin", "MAG", "Morel", "HALLES",
        date(2016, 9, 5), 2400, ("CAISSE",),
    ),
    Colleague(
        "Hugo", "Lambert", "Vendeur", "MAG", "Bonnet", "HALLES",
        date(2025, 9, 1), 1180, ("CAISSE",), "apprentice",
    ),
    Colleague(
        "Aurélie", "Petit", "Responsable logistique", "LOG", "Fontaine", "SIEGE",
        date(2013, 2, 4), 2700, ("MAGASIN",),
    ),
    Colleague(
        "Sophie", "Mercier", "Chargée de la paie", "ADM", "Marchand", "SIEGE",
        date(2020, 6, 15), 2550, ("ADMIN",),
    ),
    Colleague(
        "Gilles", "Roche", "Magasinier", "LOG", "Petit", "SIEGE",
        date(2010, 4, 6), 2150, ("MAGASIN",), status="departed", departed=date(YEAR, 6, 30),
    ),
    Colleague(
        "Yasmine", "Cherif", "Magasinière", "LOG", "Petit", "SIEGE",
        date(YEAR, 7, 6), 1980, ("MAGASIN",),
    ),
)  # fmt: skip

DEPARTMENTS: Final = (
    ("DIR", "Direction", None, "Fontaine"),
    ("ADM", "Administration et finances", "DIR", "Marchand"),
    ("COM", "Commerce et marketing", "DIR", "Morel"),
    ("MAG", "Magasin", "COM", "Bonnet"),
    ("TEC", "Technique et support", "DIR", "Girard"),
    ("PRJ", "Projets et installation", "TEC", "Haddad"),
    ("LOG", "Logistique", "DIR", "Petit"),
)

# Code, name, category, department, service sold, rate and cost of an hour, how many should know it.
ACTIVITIES: Final = (
    ("DEPAN", "Dépannage", "field_service", "TEC", "MO-H", "68.00", "34.00", 3),
    ("ENTRET", "Entretien préventif", "field_service", "TEC", "MAINT", "62.00", "32.00", 2),
    ("INSTAL", "Installation", "field_service", "PRJ", "INST", "65.00", "30.00", 3),
    ("PLAN", "Étude et plans", "production", "PRJ", "PLAN", "91.00", "36.00", 2),
    ("CHANTIER", "Conduite de chantier", "production", "PRJ", "CHAN", "84.00", "41.00", 2),
    ("FORMAT", "Formation des clients", "training", "TEC", "FORM", "64.00", "34.00", 2),
    ("VENTE", "Vente", "sales", "COM", None, None, "37.00", 2),
    ("CAISSE", "Vente au comptoir", "sales", "MAG", None, None, "24.00", 2),
    ("MAGASIN", "Préparation et réception", "other", "LOG", None, None, "25.00", 2),
    ("ADMIN", "Administration", "administration", "ADM", None, None, "35.00", 1),
)

TEMPLATES: Final = (
    ("CDI employé", "permanent", "employee", "35", 60, 30),
    ("CDI technicien", "permanent", "technician", "37", 90, 60),
    ("CDI cadre", "permanent", "executive", "39", 120, 90),
    ("Contrat d’apprentissage", "apprenticeship", "employee", "35", 45, 0),
)

BODY: Final = (
    "Entre Bellefournée Équipements et {{ personne }}, il est convenu ce qui suit.\n"
    "Le contrat prend effet le {{ debut }} au lieu de travail {{ lieu }}."
)

# Code, name, unit, monthly accrual, first month of its year, whether paid, whether proof is asked.
ABSENCES: Final = (
    ("CP", "Congés payés", "days", "2.08", 6, True, False),
    ("RTT", "Réduction du temps de travail", "days", "0.75", 1, True, False),
    ("MAL", "Arrêt maladie", "days", None, 1, False, True),
    ("EVF", "Évènement familial", "days", None, 1, True, True),
    ("REC", "Récupération", "hours", None, 1, True, False),
)

LEVELS: Final = ("none", "learning", "supervised", "autonomous", "trainer")


def colleague(story: Story, last_name: str) -> Fiche:
    """The record of one of the company's own people."""
    return story.one("Person", last_name=last_name)


def doing(story: Story, activity: str, day: date = TODAY) -> list[Fiche]:
    """Who performs an activity and is with the company on that day."""
    wanted = story.one("ActivityType", code=activity)
    return [
        person
        for person in story["Person"]
        if wanted in person["activity_types"]
        and person["hired_on"] <= day <= (person["departed_on"] or date.max)
    ]


async def hire(story: Story) -> None:
    """Departments, activities, people and their contracts."""
    await _departments(story)
    await _activities(story)
    await _people(story)
    await _contracts(story)
    await _manage(story)


async def _departments(story: Story) -> None:
    random = story.random
    waves = [[each for each in DEPARTMENTS if (each[2] or "") == parent] for parent in ("", "DIR")]
    waves.append([each for each in DEPARTMENTS if each[2] not in (None, "DIR")])
    for wave in waves:
        await story.tell(
            "Department",
            (
                {
                    "code": code,
                    "name": name,
                    "cost_centre": f"CC-{code}",
                    "phone": identity.phone(random),
                    "email": f"{code.lower()}@bellefournee.example",
                    "headcount": sum(
                        each.department == code and each.departed is None for each in STAFF
                    ),
                    "parent_department": parent and story.one("Department", code=parent),
                    "workplace": story.one(
                        "Workplace", code="HALLES" if code == "MAG" else "SIEGE"
                    ),
                }
                for code, name, parent, _ in wave
            ),
            by_service=True,
        )


async def _activities(story: Story) -> None:
    await story.tell(
        "ActivityType",
        (
            {
                "code": code,
                "name": name,
                "category": category,
                "billable": service is not None,
                "hourly_rate": rate,
                "hourly_cost": cost,
                "required_headcount": wanted,
                "department": story.one("Department", code=department),
                "service": service and story.one("Service", code=service),
            }
            for code, name, category, department, service, rate, cost, wanted in ACTIVITIES
        ),
    )


async def _people(story: Story) -> None:
    random = story.random
    told: set[str] = set()
    waiting = list(STAFF)
    while waiting:
        wave = [each for each in waiting if each.manager is None or each.manager in told]
        waiting = [each for each in waiting if each not in wave]
        told |= {each.last_name for each in wave}
        await story.tell(
            "Person",
            (
                {
                    "first_name": each.first_name,
                    "last_name": each.last_name,
                    "employee_number": f"BE{STAFF.index(each) + 1:03d}",
                    "person_type": each.kind,
                    "status": each.status,
                    "job_title": each.job,
                    "birthdate": date(random.randint(1968, 2003), *_day(random.randrange(365))),
                    "work_email": names.ascii_of(each.first_name)
                    + f".{names.ascii_of(each.last_name)}@bellefournee.example",
                    "work_phone": identity.phone(random),
                    "personal_phone": identity.phone(random, identity.MOBILE),
                    "home_address": names.address(random),
                    "hired_on": each.hired,
                    "departed_on": each.departed,
                    "manager": each.manager and colleague(story, each.manager),
                    "workplace": story.one("Workplace", code=each.workplace),
                    "activity_types": [
                        story.one("ActivityType", code=code) for code in each.activities
                    ],
                }
                for each in wave
            ),
        )


def _day(days: int) -> tuple[int, int]:
    day = FIRST + timedelta(days=days)
    return day.month, min(day.day, 28)


async def _contracts(story: Story) -> None:
    await story.tell(
        "EmploymentContractTemplate",
        (
            {
                "name": name,
                "contract_type": type_,
                "professional_status": status,
                "collective_agreement": "Commerce de gros (IDCC 573)",
                "weekly_hours": hours,
                "trial_period_days": trial,
                "notice_period_days": notice,
                "body": BODY,
            }
            for name, type_, status, hours, trial, notice in TEMPLATES
        ),
    )
    await story.tell("EmploymentContract", (_contract(story, each) for each in STAFF))
    await story.tell(
        "DepartmentAssignment",
        (
            {
                "role": each.job,
                "starts_on": each.hired,
                "ends_on": each.departed,
                "allocation_rate": "100",
                "primary_assignment": True,
                "status": "ended" if each.departed else "current",
                "person": colleague(story, each.last_name),
                "department": story.one("Department", code=each.department),
            }
            for each in STAFF
        ),
        by_service=True,
    )


def _contract(story: Story, each: Colleague) -> dict[str, Any]:
    if each.kind == "apprentice":
        template = story.one("EmploymentContractTemplate", contract_type="apprenticeship")
    else:
        status = "employee" if each.salary < 2450 else "technician"
        status = "executive" if each.salary > 3500 else status
        template = story.one(
            "EmploymentContractTemplate", contract_type="permanent", professional_status=status
        )
    return {
        "contract_type": template["contract_type"],
        "status": "ended" if each.departed else "active",
        "job_title": each.job,
        "starts_on": each.hired,
        "ends_on": each.departed or (date(YEAR + 1, 8, 31) if each.kind == "apprentice" else None),
        "trial_ends_on": each.hired + timedelta(days=template["trial_period_days"]),
        "professional_status": template["professional_status"],
        "classification": f"Niveau {3 + each.salary // 1000}",
        "weekly_hours": template["weekly_hours"],
        "working_time_rate": "100",
        "gross_monthly_salary": each.salary,
        "loaded_hourly_cost": (Decimal(each.salary) * Decimal("1.42") / Decimal("151.67")).quantize(
            Decimal("0.01")
        ),
        "notice_period_days": template["notice_period_days"],
        "signed_on": each.hired - timedelta(days=12),
        "end_reason": "retirement" if each.departed else None,
        "person": colleague(story, each.last_name),
        "template": template,
        "department": story.one("Department", code=each.department),
        "workplace": story.one("Workplace", code=each.workplace),
    }


async def _manage(story: Story) -> None:
    """Name who runs the departments and the sites: they came after both."""
    for code, _, _, manager in DEPARTMENTS:
        await story.amend(story.one("Department", code=code), manager=colleague(story, manager))
    for code, manager in (("TOURS", "Petit"), ("NANTES", "Caron"), ("HALLES", "Bonnet")):
        site = story.one("StorageSite", code=code)
        await story.amend(site, site_manager=colleague(story, manager))


async def train(story: Story) -> None:
    """Who can do what, and who learns it."""
    random = story.random
    matrices = await story.tell(
        "SkillsMatrix",
        (
            {
                "assessed_on": day,
                "status": status,
                "next_review_on": later(day, 180),
                "coverage_rate": coverage,
                "versatility_rate": versatility,
                "critical_activity_count": critical,
                "department": story.one("Department", code=code),
                "assessor": colleague(story, assessor),
            }
            for code, assessor, coverage, versatility, critical in (
                ("TEC", "Girard", "75", "48", 1),
                ("PRJ", "Haddad", "67", "41", 1),
            )
            for day, status in ((date(YEAR, 2, 3), "archived"), (date(YEAR, 9, 8), "validated"))
        ),
        by_service=True,
    )
    await story.tell(
        "SkillAssessment",
        (
            {
                "level": LEVELS[min(4, level + (matrix["status"] == "validated"))],
                "target_level": "autonomous" if level < 3 else "trainer",
                "target_on": date(YEAR + 1, 3, 31) if level < 3 else None,
                "certified": activity["code"] == "ENTRET" and level > 2,
                "certification_expires_on": date(2029, 5, 31)
                if activity["code"] == "ENTRET" and level > 2
                else None,
                "remarks": "À suivre avec le binôme." if level < 2 else None,
                "skills_matrix": matrix,
                "person": person,
                "activity_type": activity,
            }
            for matrix in matrices
            for activity in story["ActivityType"]
            if activity["department"] is matrix["department"]
            for person in story["Person"]
            if activity in person["activity_types"]
            for level in [random.choice((1, 2, 3, 3, 4))]
        ),
    )
    provider = story.one("Supplier", name="Formation Métiers de Bouche")
    fluids = story.one("ActivityType", code="ENTRET")
    await story.tell(
        "Training",
        [
            {
                "name": "Manipulation des fluides frigorigènes, catégorie 1",
                "training_type": "certification",
                "status": "completed",
                "starts_on": date(YEAR, 3, 16),
                "ends_on": date(YEAR, 3, 20),
                "duration_hours": 35,
                "location": "Rennes",
                "cost": "2100.00",
                "funded_amount": "1400.00",
                "max_participants": 8,
                "validity_months": 60,
                "training_provider": provider,
                "activity_type": fluids,
                "participants": [colleague(story, "Perrin"), colleague(story, "Leroy")],
            },
            {
                "name": "Habilitation électrique B2V",
                "training_type": "mandatory",
                "status": "completed",
                "starts_on": date(YEAR, 5, 27),
                "ends_on": date(YEAR, 5, 28),
                "duration_hours": 14,
                "location": "Saint-Avertin",
                "cost": "1350.00",
                "max_participants": 10,
                "validity_months": 36,
                "training_provider": provider,
                "activity_type": story.one("ActivityType", code="INSTAL"),
                "participants": doing(story, "INSTAL"),
            },
            {
                "name": "Prise en main de la supervision à distance",
                "training_type": "internal",
                "status": "planned",
                "starts_on": date(YEAR, 12, 8),
                "ends_on": date(YEAR, 12, 8),
                "duration_hours": "3.5",
                "location": "Saint-Avertin",
                "max_participants": 12,
                "trainer": colleague(story, "Leroy"),
                "activity_type": story.one("ActivityType", code="DEPAN"),
                "participants": doing(story, "VENTE"),
            },
            {
                "name": "Tenue de caisse et relation client",
                "training_type": "e_learning",
                "status": "in_progress",
                "starts_on": date(YEAR, 11, 2),
                "ends_on": date(YEAR, 11, 30),
                "duration_hours": 12,
                "location": "En ligne",
                "cost": "240.00",
                "training_provider": provider,
                "activity_type": story.one("ActivityType", code="CAISSE"),
                "participants": [colleague(story, "Lambert")],
            },
        ],
    )


async def take_leave(story: Story) -> None:
    """What absences there are, what each person has earned of them, and what they asked for."""
    await story.tell(
        "AbsenceType",
        (
            {
                "code": code,
                "name": name,
                "payroll_code": f"ABS{code}",
                "unit": unit,
                "day_count_basis": "business_days" if code == "CP" else "working_days",
                "paid": paid,
                "balance_managed": accrual is not None,
                "monthly_accrual": accrual,
                "year_start_month": month,
                "max_carry_over": 5 if code == "CP" else None,
                "requires_approval": code != "MAL",
                "requires_document": proof,
                "negative_balance_allowed": code == "MAL",
            }
            for code, name, unit, accrual, month, paid, proof in ABSENCES
        ),
    )
    await story.tell("LeaveAllocation", _earned(story))
    await story.tell("LeaveRequest", _asked(story), by_service=True)


def _earned(story: Story) -> list[dict[str, Any]]:
    paid, rest = story.one("AbsenceType", code="CP"), story.one("AbsenceType", code="RTT")
    rows = []
    for person in story["Person"]:
        for first in months(TODAY.month - 1):
            last = month_end(first)
            if not person["hired_on"] <= first <= (person["departed_on"] or LAST):
                continue
            began = YEAR if first.month >= 6 else YEAR - 1
            rows.append(
                {
                    "quantity": paid["monthly_accrual"],
                    "kind": "accrual",
                    "effective_on": last,
                    "period_start": date(began, 6, 1),
                    "period_end": date(began + 1, 5, 31),
                    "reason": "Acquisition mensuelle",
                    "person": person,
                    "absence_type": paid,
                }
            )
        if person["person_type"] == "employee" and person["hired_on"] < FIRST:
            rows.append(
                {
                    "quantity": 9,
                    "kind": "adjustment",
                    "effective_on": FIRST,
                    "period_start": FIRST,
                    "period_end": LAST,
                    "reason": "Droit de l’année",
                    "person": person,
                    "absence_type": rest,
                }
            )
    return rows


def _asked(story: Story) -> list[dict[str, Any]]:
    random = story.random
    contracts = {contract["person"]: contract for contract in story["EmploymentContract"]}
    rows = []
    for position, person in enumerate(story["Person"]):
        # One week in winter, two in summer by turns, a long weekend to come at the year's end.
        for code, month, day, days, reason in (
            ("CP", 2, 9 + position % 3 * 7, 5, None),
            ("CP", 7 + position % 2, 6 + position % 3 * 7, 12, None),
            ("RTT", 10, 5 + position, 1, None),
            ("CP", 12, 28, 4, "Fêtes de fin d’année"),
        ):
            starts = working(date(YEAR, month, min(day, 28)))
            if not person["hired_on"] <= starts <= (person["departed_on"] or LAST):
                continue
            asked = starts - timedelta(days=40)
            status = "submitted" if starts > TODAY and position % 4 == 0 else "approved"
            if random.random() < 0.05:
                status = "refused"
            rows.append(
                {
                    "starts_on": starts,
                    "ends_on": starts + timedelta(days=days - 1),
                    "unit": "days",
                    "duration": sum(
                        working(each) == each
                        for each in (starts + timedelta(days=n) for n in range(days))
                    ),
                    "status": status,
                    "reason": reason,
                    "decided_on": None if status == "submitted" else later(asked, 3),
                    "decision_comment": "Trop d’absents cette semaine-là."
                    if status == "refused"
                    else None,
                    "person": person,
                    "absence_type": story.one("AbsenceType", code=code),
                    "employment_contract": contracts[person],
                    "approver": person["manager"],
                }
            )
    ill = between(random, date(YEAR, 3, 2), date(YEAR, 4, 30))
    rows.append(
        {
            "starts_on": ill,
            "ends_on": ill + timedelta(days=3),
            "unit": "days",
            "duration": 3,
            "status": "approved",
            "decided_on": ill,
            "person": colleague(story, "Faure"),
            "absence_type": story.one("AbsenceType", code="MAL"),
            "employment_contract": contracts[colleague(story, "Faure")],
            "approver": colleague(story, "Haddad"),
        }
    )
    return rows


def away(story: Story) -> set[tuple[int, date]]:
    """The days on which people are on leave."""
    return {
        (leave["person"].id, leave["starts_on"] + timedelta(days=day))
        for leave in story["LeaveRequest"]
        if leave["status"] == "approved"
        for day in range((leave["ends_on"] - leave["starts_on"]).days + 1)
    }
