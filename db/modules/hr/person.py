"""People."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, links, relation
from db.kinds import Address, Email, Phone
from db.modules.apps import HR
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.activity_type import ActivityType
    from db.modules.hr.workplace import Workplace


class PersonPersonType(Choice):
    """Person: type."""

    EMPLOYEE = "employee", "Salarié", "Employee"
    TEMPORARY_WORKER = "temporary_worker", "Intérimaire", "Temporary worker"
    CONTRACTOR = "contractor", "Prestataire", "Contractor"
    APPRENTICE = "apprentice", "Apprenti", "Apprentice"
    INTERN = "intern", "Stagiaire", "Intern"
    OFFICER = "officer", "Mandataire social", "Company officer"


class PersonStatus(Choice):
    """Person: status."""

    ACTIVE = "active", "En poste", "Active"
    INCOMING = "incoming", "À venir", "Incoming"
    ON_LEAVE = "on_leave", "Contrat suspendu", "On leave"
    DEPARTED = "departed", "Sorti", "Departed"


class Person(
    Record,
    app=HR,
    fr=("Personne", "Personnes"),
    en=("Person", "People"),
    prefix="PER",
    title="{first_name} {last_name}",
    many="people",
):
    first_name: Mapped[str] = column("Prénom", "First name", quick=True)
    last_name: Mapped[str] = column("Nom d’usage", "Last name", quick=True)
    birth_name: Mapped[str | None] = column("Nom de naissance", "Birth name")
    employee_number: Mapped[str | None] = column(
        "Matricule", "Employee number", header=True, quick=True, unique=True, searched=True
    )
    person_type: Mapped[PersonPersonType | None] = column("Type", "Type", key=True, quick=True)
    status: Mapped[PersonStatus] = column(
        "Statut", "Status", header=True, key=True, default=PersonStatus.ACTIVE
    )
    job_title: Mapped[str | None] = column("Fonction", "Job title", header=True, key=True)
    birthdate: Mapped[date | None] = column("Date de naissance", "Date of birth")
    work_email: Mapped[Email | None] = column(
        "E-mail professionnel", "Work e-mail", header=True, quick=True, unique=True
    )
    work_phone: Mapped[Phone | None] = column("Téléphone professionnel", "Work phone", header=True)
    personal_email: Mapped[Email | None] = column("E-mail personnel", "Personal e-mail")
    personal_phone: Mapped[Phone | None] = column("Téléphone personnel", "Personal phone")
    home_address: Mapped[Address | None] = column("Adresse personnelle", "Home address")
    social_security_number: Mapped[str | None] = column(
        "N° de sécurité sociale", "Social security number", unique=True
    )
    hired_on: Mapped[date | None] = column("Date d’entrée", "Hire date", key=True)
    departed_on: Mapped[date | None] = column("Date de sortie", "Departure date", key=True)
    manager: Mapped[Person | None] = relation(
        "Responsable hiérarchique",
        "Manager",
        inverse="direct_reports",
        tab=("Collaborateurs", "Direct reports"),
    )
    workplace: Mapped[Workplace | None] = relation("Lieu de travail", "Workplace", inverse="people")
    activity_types: Mapped[list[ActivityType]] = links(
        "Activités exercées", "Activities performed", inverse="people"
    )
