"""Looking after machines: the company's own, and those of customers under contract."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from db.demo import identity
from db.demo.calendar import FIRST, TODAY, YEAR, at, between, later
from db.demo.cast import SIREN
from db.demo.customers import contact_of
from db.demo.people import colleague, doing
from db.demo.story import Fiche, Story, line

# Name, category, brand, criticality, price, meter.
OWN: Final = (
    ("Chariot élévateur", "lifting", "Levamax", "high", "18500.00", "hours"),
    ("Fourgon atelier", "vehicle", "Routéo", "vital", "31200.00", "kilometres"),
    ("Camion porteur", "vehicle", "Routéo", "high", "42800.00", "kilometres"),
    ("Compresseur d’atelier", "production", "Airsec", "medium", "2400.00", "hours"),
    ("Chaudière du siège", "hvac", "Thermonord", "medium", "7900.00", None),
    ("Serveur de fichiers", "it", "Nivalis", "high", "3600.00", None),
    ("Tableau général basse tension", "electrical", "Voltana", "vital", "5200.00", None),
    ("Extincteurs du magasin", "fire_safety", "Protéa", "high", "640.00", None),
)

# Name, kind, interval, its unit, hours, rule.
PLANS: Final = (
    ("Visite d’entretien des fours", "preventive", 6, "months", "2", None),
    ("Contrôle d’étanchéité du froid", "inspection", 12, "months", "1.5",
        "Règlement (UE) 2024/573"),
    ("Vérification des moyens de levage", "inspection", 6, "months", "2",
        "Arrêté du 1er mars 2004"),
    ("Vérification électrique annuelle", "inspection", 1, "years", "4",
        "Code du travail, art. R4226-16"),
    ("Entretien des véhicules", "preventive", 12, "months", "3", None),
)  # fmt: skip


async def equip(story: Story) -> None:
    """Sites, buildings, machines of the company and of customers, and the plans that watch them."""
    with story.by(story.cast.technician):
        await _sites(story)
        await _machines(story)
        await _plans(story)


async def _sites(story: Story) -> None:
    random = story.random
    covered = [c["account"] for c in story["ServiceContract"] if c["contract_type"] != "prepaid"]
    own = story.one("StorageSite", code="TOURS")
    rows: list[dict[str, Any]] = [
        {
            "name": "Siège de Saint-Avertin",
            "code": "S-SIEGE",
            "site_type": "industrial",
            "address": own["address"],
            "phone": own["phone"],
            "storage_site": own,
            "opening_hours": "lun.–ven. 7 h 30–18 h",
        },
        *(
            {
                "name": f"Fournil – {account['name']}",
                "code": f"S-{position:03d}",
                "site_type": "retail",
                "address": account["shipping_address"],
                "phone": account["phone"],
                "email": account["email"],
                "access_instructions": "Entrée par la cour, sonner au laboratoire.",
                "opening_hours": "mar.–sam. 5 h–13 h",
                "account": account,
                "contact": contact_of(story, account, "technical"),
            }
            for position, account in enumerate(covered[:14], start=1)
        ),
    ]
    sites = await story.tell(
        "MaintenanceSite", ({**row, "owner": story.cast.field} for row in rows)
    )
    await story.tell(
        "Facility",
        (
            {
                "name": "Atelier et bureaux" if site["account"] is None else "Laboratoire",
                "code": f"B-{position:03d}",
                "facility_type": "workshop",
                "siret": site["account"]["siret"] if site["account"] else identity.siret(SIREN),
                "address": site["address"],
                "surface_area": random.randint(60, 900),
                "public_access_category": "category_5",
                "maximum_occupancy": random.randint(10, 60),
                "commissioned_on": date(random.randint(1990, 2022), 6, 1),
                "next_safety_inspection_on": date(YEAR + 1, random.randint(1, 12), 10),
                "maintenance_site": site,
                "account": site["account"],
                "contact": site["contact"],
                "owner": story.cast.field,
            }
            for position, site in enumerate(sites, start=1)
        ),
    )


async def _machines(story: Story) -> None:
    random = story.random
    rows = []
    for position, (name, category, brand, criticality, price, unit) in enumerate(OWN, start=1):
        bought = date(random.randint(2016, 2024), random.randint(1, 12), 5)
        rows.append(
            {
                "name": name,
                "asset_tag": f"IMM-{position:03d}",
                "serial_number": f"{brand[:3].upper()}{random.randrange(10**6):06d}",
                "category": category,
                "brand": brand,
                "model": f"M{random.randrange(100, 999)}",
                "criticality": criticality,
                "purchased_on": bought,
                "purchase_price": price,
                "commissioned_on": later(bought, 10),
                "warranty_ends_on": bought + timedelta(days=730),
                "meter_reading": random.randint(800, 90000) if unit else None,
                "meter_unit": unit,
                "maintenance_site": story["MaintenanceSite"][0],
                "facility": story["Facility"][0],
                "supplier": random.choice(story["Supplier"]),
                "responsible_person": colleague(story, "Petit"),
                "owner": story.cast.field,
            }
        )
    await story.tell("Equipment", rows)


async def _plans(story: Story) -> None:
    contracts = {each["account"]: each for each in story["ServiceContract"]}
    rows: list[dict[str, Any]] = []
    for site in story["MaintenanceSite"]:
        own = site["account"] is None
        for name, kind, length, unit, hours, rule in PLANS[2:] if own else PLANS[:2]:
            rows.append(
                {
                    "name": f"{name} – {site['name']}",
                    "operation_type": kind,
                    "trigger_mode": "calendar",
                    "interval_length": length,
                    "interval_unit": unit,
                    "starts_on": FIRST,
                    "lead_time_days": 15,
                    "estimated_hours": hours,
                    "instructions": "Suivre la fiche du constructeur, photographier la plaque.",
                    "regulatory_reference": rule,
                    "maintenance_site": site,
                    "facility": story.one("Facility", maintenance_site=site),
                    "technician": story.random.choice(doing(story, "ENTRET")),
                    "service_contract": contracts.get(site["account"]),
                    "equipment": _watched(story, name) if own else [],
                    "owner": story.cast.field,
                }
            )
    await story.tell("MaintenancePlan", rows)


def _watched(story: Story, plan: str) -> list[Fiche]:
    categories = {"levage": "lifting", "électrique": "electrical", "véhicules": "vehicle"}
    wanted = {category for word, category in categories.items() if word in plan}
    return [each for each in story["Equipment"] if each["category"] in wanted]


async def operate(story: Story) -> None:
    """What the plans brought about, and the repairs that tickets asked for."""
    random = story.random
    rows = [
        _visit(story, plan, day) for plan in story["MaintenancePlan"] for day in _due(story, plan)
    ]
    parts = [each for each in story["Product"] if each["item_family"]["code"] == "PIECE"]
    rows += [
        _repair(story, ticket, random.choice(parts))
        for ticket in story["Ticket"]
        if ticket["category"] == "incident" and ticket["channel"] == "phone"
    ]
    rows.sort(key=lambda row: row["planned_start_at"])
    with story.by(story.cast.technician):
        made = await story.tell("MaintenanceOperation", rows, by_service=True)
        await story.compute(
            {
                plan: {
                    "last_done_on": max(done).date(),
                    "next_due_on": max(done).date() + timedelta(days=182),
                }
                for plan in story["MaintenancePlan"]
                if (
                    done := [
                        each["ended_at"]
                        for each in made
                        if each["maintenance_plan"] is plan and each["ended_at"]
                    ]
                )
            }
        )


def _due(story: Story, plan: Fiche) -> list[date]:
    """The days on which a plan calls for someone this year."""
    first = between(story.random, date(YEAR, 2, 2), date(YEAR, 5, 29))
    twice = plan["interval_length"] == 6
    return [first, later(first, 182)] if twice else [first]


def _visit(story: Story, plan: Fiche, day: date) -> dict[str, Any]:
    random = story.random
    done = day <= TODAY
    hours = float(plan["estimated_hours"])
    ends = at(day, 8) + timedelta(hours=hours)
    reservations = random.random() < 0.15
    owned = plan["maintenance_site"]["account"]
    installed = [each for each in story["CustomerEquipment"] if owned and each["account"] is owned]
    watched = plan["equipment"]
    return {
        "subject": plan["name"],
        "operation_type": plan["operation_type"],
        "status": "validated" if done else "planned",
        "priority": "normal",
        "planned_start_at": at(day, 8),
        "planned_end_at": ends,
        "started_at": at(day, 8) if done else None,
        "ended_at": ends if done else None,
        "duration_hours": plan["estimated_hours"] if done else None,
        "result": ("with_reservations" if reservations else "compliant") if done else None,
        "report": "Rien à signaler." if done and not reservations else None,
        "equipment": watched[0] if watched else None,
        "customer_equipment": installed[0] if installed else None,
        "facility": plan["facility"],
        "maintenance_site": plan["maintenance_site"],
        "maintenance_plan": plan,
        "technician": plan["technician"],
        "service_contract": plan["service_contract"],
        "owner": story.cast.field,
        "line_items": [],
        "_hours": plan["estimated_hours"],
    }


def _repair(story: Story, ticket: Fiche, part: Fiche) -> dict[str, Any]:
    day = later(ticket["_opened"], 1)
    done = ticket["solution"] is not None and day <= TODAY
    starts = at(day, 13, 30)
    ends = starts + timedelta(hours=float(ticket["_hours"]))
    site = next(
        (each for each in story["MaintenanceSite"] if each["account"] is ticket["account"]), None
    )
    return {
        "subject": ticket["subject"],
        "operation_type": "corrective",
        "status": "done" if done else "assigned",
        "priority": ticket["priority"],
        "planned_start_at": starts,
        "planned_end_at": ends,
        "started_at": starts if done else None,
        "ended_at": ends if done else None,
        "duration_hours": ticket["_hours"] if done else None,
        "downtime_hours": 4 if done and ticket["severity"] == "blocking" else None,
        "result": "compliant" if done else None,
        "report": ticket["solution"],
        "customer_equipment": ticket["customer_equipment"],
        "maintenance_site": site,
        "technician": ticket["_technician"],
        "ticket": ticket,
        "service_contract": ticket["service_contract"],
        "owner": story.cast.field,
        "line_items": [line(part)],
        "_hours": ticket["_hours"],
    }
