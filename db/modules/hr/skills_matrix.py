"""Skills matrices."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Percent
from db.modules.apps import HR
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.department import Department
    from db.modules.hr.person import Person


class SkillsMatrixStatus(Choice):
    """Skills matrix: status."""

    DRAFT = "draft", "En préparation", "Draft"
    IN_PROGRESS = "in_progress", "En cours", "In progress"
    VALIDATED = "validated", "Validée", "Validated"
    ARCHIVED = "archived", "Archivée", "Archived"


class SkillsMatrix(
    Record,
    app=HR,
    fr=("Matrice de polyvalence", "Matrices de polyvalence"),
    en=("Skills matrix", "Skills matrices"),
    prefix="MPO",
    title="{department} {assessed_on}",
    many="skills_matrices",
):
    assessed_on: Mapped[date] = column(
        "Date d’évaluation", "Assessment date", header=True, key=True, quick=True
    )
    status: Mapped[SkillsMatrixStatus] = column(
        "Statut", "Status", header=True, key=True, default=SkillsMatrixStatus.DRAFT
    )
    next_review_on: Mapped[date | None] = column(
        "Prochaine évaluation", "Next review", key=True, quick=True
    )
    coverage_rate: Mapped[Percent | None] = column(
        "Taux de couverture", "Coverage rate", header=True, key=True, readonly=True
    )
    versatility_rate: Mapped[Percent | None] = column(
        "Taux de polyvalence", "Versatility rate", key=True, readonly=True
    )
    critical_activity_count: Mapped[int | None] = column(
        "Activités critiques", "Critical activities", key=True, readonly=True
    )
    department: Mapped[Department] = relation("Service", "Department", inverse="skills_matrices")
    assessor: Mapped[Person | None] = relation(
        "Évaluateur",
        "Assessor",
        inverse="assessed_matrices",
        tab=("Matrices évaluées", "Assessed matrices"),
    )
