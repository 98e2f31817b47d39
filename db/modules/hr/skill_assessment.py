"""Skill assessments."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import column, relation
from db.kinds import LongText
from db.modules.apps import HR
from db.modules.choices import SkillLevel
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.activity_type import ActivityType
    from db.modules.hr.person import Person
    from db.modules.hr.skills_matrix import SkillsMatrix


class SkillAssessment(
    Record,
    app=HR,
    fr=("Évaluation de compétence", "Évaluations de compétences"),
    en=("Skill assessment", "Skill assessments"),
    prefix="EVC",
    title="{person} {activity_type}",
):
    level: Mapped[SkillLevel] = column("Niveau", "Level", header=True, key=True, quick=True)
    target_level: Mapped[SkillLevel | None] = column(
        "Niveau visé", "Target level", key=True, quick=True
    )
    target_on: Mapped[date | None] = column("Échéance visée", "Target date")
    certified: Mapped[bool | None] = column("Habilitation obtenue", "Certified", key=True)
    certification_expires_on: Mapped[date | None] = column(
        "Fin de validité de l’habilitation", "Certification expiry", header=True, key=True
    )
    remarks: Mapped[LongText | None] = column("Observations", "Remarks")
    skills_matrix: Mapped[SkillsMatrix] = relation(
        "Matrice de polyvalence",
        "Skills matrix",
        inverse="assessments",
        tab=("Évaluations", "Assessments"),
    )
    person: Mapped[Person] = relation("Personne", "Person", inverse="skill_assessments")
    activity_type: Mapped[ActivityType] = relation(
        "Activité", "Activity type", inverse="skill_assessments"
    )
