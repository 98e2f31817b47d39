"""Departments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import column, relation
from db.kinds import Email, Phone
from db.modules.apps import HR
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.person import Person
    from db.modules.hr.workplace import Workplace


class Department(
    Record,
    app=HR,
    fr=("Service", "Services"),
    en=("Department", "Departments"),
    prefix="DEP",
    title="{name}",
):
    name: Mapped[str] = column("Nom du service", "Department name", quick=True)
    code: Mapped[str | None] = column(
        "Code", "Code", header=True, quick=True, unique=True, searched=True
    )
    cost_centre: Mapped[str | None] = column("Section analytique", "Cost centre", key=True)
    phone: Mapped[Phone | None] = column("Téléphone", "Phone")
    email: Mapped[Email | None] = column("E-mail", "E-mail", header=True)
    headcount: Mapped[int | None] = column(
        "Effectif", "Headcount", header=True, key=True, readonly=True
    )
    active: Mapped[bool] = column("Actif", "Active", key=True, default=True)
    parent_department: Mapped[Department | None] = relation(
        "Service parent",
        "Parent department",
        inverse="subdepartments",
        tab=("Sous-services", "Subdepartments"),
    )
    manager: Mapped[Person | None] = relation(
        "Responsable",
        "Manager",
        inverse="managed_departments",
        tab=("Services dirigés", "Managed departments"),
    )
    workplace: Mapped[Workplace | None] = relation(
        "Lieu de travail", "Workplace", inverse="departments"
    )
