"""Employment contracts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money, Percent
from db.modules.apps import HR
from db.modules.choices import ContractType, ProfessionalStatus
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.department import Department
    from db.modules.hr.employment_contract_template import EmploymentContractTemplate
    from db.modules.hr.person import Person
    from db.modules.hr.workplace import Workplace


class EmploymentContractStatus(Choice):
    """Employment contract: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    TO_SIGN = "to_sign", "À signer", "To be signed"
    ACTIVE = "active", "En vigueur", "Active"
    SUSPENDED = "suspended", "Suspendu", "Suspended"
    ENDED = "ended", "Terminé", "Ended"
    CANCELLED = "cancelled", "Annulé", "Cancelled"


class EmploymentContractEndReason(Choice):
    """Employment contract: end reason."""

    TERM = "term", "Arrivée du terme", "End of term"
    RESIGNATION = "resignation", "Démission", "Resignation"
    DISMISSAL = "dismissal", "Licenciement", "Dismissal"
    MUTUAL_AGREEMENT = "mutual_agreement", "Rupture conventionnelle", "Mutual agreement"
    TRIAL_ENDED = "trial_ended", "Rupture de période d’essai", "Ended in trial period"
    RETIREMENT = "retirement", "Retraite", "Retirement"
    OTHER = "other", "Autre", "Other"


class EmploymentContract(
    Record,
    app=HR,
    fr=("Contrat de travail", "Contrats de travail"),
    en=("Employment contract", "Employment contracts"),
    prefix="CTR",
    title="{number} {person}",
):
    contract_type: Mapped[ContractType] = column(
        "Type de contrat", "Contract type", header=True, key=True, quick=True
    )
    status: Mapped[EmploymentContractStatus] = column(
        "Statut", "Status", header=True, key=True, default=EmploymentContractStatus.DRAFT
    )
    job_title: Mapped[str | None] = column("Poste", "Position", header=True, quick=True)
    starts_on: Mapped[date] = column(
        "Date de début", "Start date", header=True, key=True, quick=True
    )
    ends_on: Mapped[date | None] = column("Date de fin", "End date", key=True, quick=True)
    trial_ends_on: Mapped[date | None] = column(
        "Fin de période d’essai", "Trial period end", key=True
    )
    professional_status: Mapped[ProfessionalStatus | None] = column(
        "Statut professionnel", "Professional status", key=True
    )
    classification: Mapped[str | None] = column(
        "Classification ou coefficient", "Job classification"
    )
    weekly_hours: Mapped[Decimal | None] = column(
        "Durée hebdomadaire (heures)", "Weekly hours", key=True
    )
    working_time_rate: Mapped[Percent | None] = column("Taux d’activité", "Working time rate")
    gross_monthly_salary: Mapped[Money | None] = column(
        "Salaire brut mensuel", "Gross monthly salary", key=True
    )
    loaded_hourly_cost: Mapped[Money | None] = column(
        "Coût horaire chargé", "Loaded hourly cost", key=True
    )
    notice_period_days: Mapped[int | None] = column("Préavis (jours)", "Notice period (days)")
    fixed_term_reason: Mapped[str | None] = column(
        "Motif de recours au CDD", "Reason for fixed term"
    )
    signed_on: Mapped[date | None] = column("Date de signature", "Signed on")
    end_reason: Mapped[EmploymentContractEndReason | None] = column(
        "Motif de fin", "End reason", key=True
    )
    person: Mapped[Person] = relation(
        "Personne", "Person", inverse="employment_contracts", rollup=True
    )
    template: Mapped[EmploymentContractTemplate | None] = relation(
        "Modèle", "Template", inverse="employment_contracts"
    )
    department: Mapped[Department | None] = relation(
        "Service", "Department", inverse="employment_contracts"
    )
    workplace: Mapped[Workplace | None] = relation(
        "Lieu de travail", "Workplace", inverse="employment_contracts"
    )
    previous_contract: Mapped[EmploymentContract | None] = relation(
        "Contrat précédent",
        "Previous contract",
        inverse="renewals",
        tab=("Renouvellements et avenants", "Renewals and amendments"),
        rollup=True,
    )
