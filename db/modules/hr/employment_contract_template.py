"""Employment contract templates."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Mapped

from db.declare import column
from db.kinds import LongText
from db.modules.apps import HR
from db.modules.choices import ContractType, ProfessionalStatus
from db.record import Record


class EmploymentContractTemplate(
    Record,
    app=HR,
    fr=("Modèle de contrat de travail", "Modèles de contrats de travail"),
    en=("Employment contract template", "Employment contract templates"),
    prefix="MCT",
    title="{name}",
):
    name: Mapped[str] = column("Nom du modèle", "Template name", quick=True)
    contract_type: Mapped[ContractType] = column(
        "Type de contrat", "Contract type", header=True, key=True, quick=True
    )
    professional_status: Mapped[ProfessionalStatus | None] = column(
        "Statut professionnel", "Professional status", key=True
    )
    collective_agreement: Mapped[str | None] = column(
        "Convention collective (IDCC)", "Collective agreement (IDCC)", header=True
    )
    weekly_hours: Mapped[Decimal | None] = column(
        "Durée hebdomadaire (heures)", "Weekly hours", key=True
    )
    trial_period_days: Mapped[int | None] = column("Période d’essai (jours)", "Trial period (days)")
    notice_period_days: Mapped[int | None] = column("Préavis (jours)", "Notice period (days)")
    body: Mapped[LongText | None] = column("Texte du contrat", "Contract text")
    active: Mapped[bool] = column("Actif", "Active", key=True, default=True)
