"""The demo company, and those who sign in to its service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from db.access import Viewer
from db.accounts import add_company, add_team, add_user, share

COMPANY: Final = "Bellefournée Équipements"
SIREN: Final = "990412769"
VAT_NUMBER: Final = "FR85990412769"

ADMINISTRATOR: Final = "admin@fiches.example"
PASSWORD: Final = "demo"

SHARED: Final = (
    "CustomerAccount",
    "Contact",
    "PriceList",
    "PriceListItem",
    "Product",
    "Service",
    "ItemFamily",
    "UnitOfMeasure",
    "Supplier",
    "TaxRate",
    "DeliveryMethod",
    "StorageSite",
    "StorageLocation",
    "StockMovement",
    "Person",
    "Workplace",
    "Department",
    "ActivityType",
    "AbsenceType",
    "Faq",
    "Store",
)
"""What everyone in the company may read; the rest shows to whoever owns it, and to their team."""


@dataclass(frozen=True)
class Cast:
    """Who makes and owns the demo's records; teams by their id."""

    manager: Viewer
    accountant: Viewer
    salesperson: Viewer
    technician: Viewer
    auditor: Viewer
    sales: int
    field: int
    accounting: int


async def gather(connection: Any) -> Cast:
    """Make the company, its users, its teams, and what it shares."""
    company = await add_company(connection, COMPANY, siren=SIREN, vat_number=VAT_NUMBER)

    async def user(name: str, part: str, language: str = "fr") -> Viewer:
        email = f"{part}@fiches.example"
        administrator = email == ADMINISTRATOR
        id = await add_user(
            connection,
            email=email,
            name=name,
            company_id=company,
            password=PASSWORD,
            administrator=administrator,
            language=language,
        )
        # Whoever tells a part of the story may point at all of it; signed in, they may not.
        return Viewer(
            id=id,
            name=name,
            email=email,
            company_id=company,
            administrator=True,
            principals=(id,),
            shared=frozenset(SHARED),
            language=language,
            time_zone="Europe/Paris",
        )

    manager = await user("Claire Fontaine", "admin")
    accountant = await user("Hélène Marchand", "comptable")
    salesperson = await user("Julien Morel", "commercial")
    technician = await user("Karim Benali", "technicien")
    auditor = await user("Sofia Lindqvist", "auditeur", "en")
    await share(connection, company, SHARED)
    return Cast(
        manager,
        accountant,
        salesperson,
        technician,
        auditor,
        sales=await add_team(connection, company, "Commerce", [salesperson.id]),
        field=await add_team(connection, company, "Technique", [technician.id]),
        accounting=await add_team(connection, company, "Comptabilité", [accountant.id]),
    )
