"""Projects: the works that follow a large deal, and two that the company does for itself."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from db.demo.calendar import TODAY, YEAR, at, later, working
from db.demo.people import colleague, doing
from db.demo.story import Fiche, Story

LARGE: Final = (
    "Usine de Gien",
    "Laboratoire central",
    "Rénovation complète du fournil",
    "Agencement du magasin",
    "Ligne de pétrissage",
    "Atelier de pâtisserie",
)
"""The packages that are run as projects."""

# Task, activity, share of the project's time at which it ends, hours, milestone it leads to.
TASKS: Final = (
    ("Relevé sur place", "PLAN", "0.10", 7, "Lancement"),
    ("Plan d’implantation", "PLAN", "0.25", 14, "Lancement"),
    ("Commande du matériel", "CHANTIER", "0.35", 4, "Livraison du matériel"),
    ("Préparation des réseaux", "CHANTIER", "0.60", 16, "Livraison du matériel"),
    ("Montage et raccordement", "INSTAL", "0.80", 28, "Réception"),
    ("Mise en service et réglages", "INSTAL", "0.90", 10, "Réception"),
    ("Formation de l’équipe", "FORMAT", "1.00", 7, "Réception"),
)

MILESTONES: Final = (
    ("Lancement", "kick_off", "0.25", "30"),
    ("Livraison du matériel", "delivery", "0.60", None),
    ("Réception", "acceptance", "1.00", "70"),
)

INTERNAL: Final = (
    ("Passage à la facturation électronique", "internal", "Marchand", (2, 9), 120),
    ("Nouveau magasin de Nantes", "investment", "Haddad", (6, 12), 260),
)

INTERNAL_TASKS: Final = (
    ("Cadrage", "0.20", 14),
    ("Choix des prestataires", "0.45", 21),
    ("Mise en place", "0.85", 60),
    ("Formation des équipes", "1.00", 14),
)


async def launch(story: Story) -> None:
    """A project for each large deal that was won, its milestones, tasks and team."""
    rows = [
        _customer_project(story, deal)
        for deal in story["Deal"]
        if deal["stage"] == "closed_won" and deal["_package"] in LARGE
    ]
    rows += [_internal_project(story, *each) for each in INTERNAL]
    with story.by(story.cast.technician):
        await story.tell("Project", rows)
        await story.tell("ProjectMilestone", _milestones(story))
        await _tasks(story)
        await story.tell("ProjectParticipation", _participations(story))


def _customer_project(story: Story, deal: Fiche) -> dict[str, Any]:
    random = story.random
    starts = later(deal["closed_on"], random.randint(5, 12))
    ends = later(starts, random.randint(35, 60))
    status = "in_progress" if ends > TODAY else "completed"
    if starts > TODAY:
        status = "planned"
    return {
        "name": deal["name"],
        "status": status,
        "project_type": "customer",
        "priority": random.choice(("normal", "normal", "high")),
        "starts_on": starts,
        "target_end_on": ends,
        "actual_end_on": ends if status == "completed" else None,
        "billing_mode": "milestones",
        "budget": deal["amount"],
        "estimated_hours": sum(hours for _, _, _, hours, _ in TASKS),
        "account": deal["account"],
        "contact": deal["contact"],
        "deal": deal,
        "project_manager": colleague(story, "Haddad"),
        "owner": story.cast.field,
    }


def _internal_project(
    story: Story, name: str, kind: str, manager: str, run: tuple[int, int], hours: int
) -> dict[str, Any]:
    first, last = run
    ends = date(YEAR, last, 20)
    return {
        "name": name,
        "status": "completed" if ends < TODAY else "in_progress",
        "project_type": kind,
        "priority": "normal",
        "starts_on": working(date(YEAR, first, 3)),
        "target_end_on": ends,
        "actual_end_on": ends if ends < TODAY else None,
        "billing_mode": "not_billable",
        "budget": hours * 45,
        "estimated_hours": hours,
        "url": "https://bellefournee.example/projets",
        "project_manager": colleague(story, manager),
        "owner": story.cast.manager.id,
    }


def _within(project: Fiche, share: str) -> date:
    """The working day at which that share of a project's time is over."""
    days = (project["target_end_on"] - project["starts_on"]).days
    return working(project["starts_on"] + timedelta(days=int(days * Decimal(share))))


def _milestones(story: Story) -> list[dict[str, Any]]:
    rows = []
    for project in story["Project"]:
        external = project["project_type"] == "customer"
        for name, kind, share, percent in MILESTONES if external else MILESTONES[::2]:
            due = _within(project, share)
            rows.append(
                {
                    "name": name,
                    "due_on": due,
                    "reached_on": due if due <= TODAY else None,
                    "status": "reached" if due <= TODAY else "upcoming",
                    "milestone_type": kind,
                    "billing_percent": percent if external else None,
                    "billing_amount": project["budget"] * Decimal(percent) / 100
                    if external and percent
                    else None,
                    "project": project,
                    "owner": project["owner"],
                }
            )
    return rows


async def _tasks(story: Story) -> None:
    """The tasks in the order of a project, each after the one before it."""
    for place in range(len(TASKS)):
        rows = []
        for project in story["Project"]:
            if project["project_type"] == "customer":
                name, activity, share, hours, milestone = TASKS[place]
                rows.append(_task(story, project, name, activity, share, hours, milestone))
            elif place < len(INTERNAL_TASKS):
                name, share, hours = INTERNAL_TASKS[place]
                rows.append(_task(story, project, name, "ADMIN", share, hours, "Réception"))
        await story.tell("ProjectTask", rows, by_service=True)


def _task(
    story: Story, project: Fiche, name: str, activity: str, share: str, hours: int, milestone: str
) -> dict[str, Any]:
    random = story.random
    ends = _within(project, share)
    starts = max(project["starts_on"], ends - timedelta(days=1 + hours // 4))
    before = [each for each in story["ProjectTask"] if each["project"] is project]
    status, progress = "to_do", 0
    if ends <= TODAY:
        status, progress = "done", 100
    elif starts <= TODAY:
        status, progress = "in_progress", 50
    work = story.one("ActivityType", code=activity)
    able = doing(story, activity, ends)
    return {
        "name": name,
        "status": status,
        "priority": "normal",
        "starts_at": at(starts, 8),
        "ends_at": at(ends, 17),
        "completed_at": at(ends, 16, 30) if status == "done" else None,
        "progress": progress,
        "estimated_hours": hours,
        "remaining_hours": hours * (100 - progress) // 100,
        "required_people": 2 if activity == "INSTAL" else 1,
        "location": project["account"] and project["account"]["shipping_address"],
        "billable": work["billable"],
        "project": project,
        "milestone": story.one("ProjectMilestone", project=project, name=milestone),
        "assignee": random.choice(able),
        "activity_type": work,
        "predecessors": before[-1:],
        "owner": project["owner"],
    }


def _participations(story: Story) -> list[dict[str, Any]]:
    rows = []
    for project in story["Project"]:
        tasks = [each for each in story["ProjectTask"] if each["project"] is project]
        manager = project["project_manager"]
        team: dict[int, tuple[Fiche, str, Fiche | None]] = {manager.id: (manager, "manager", None)}
        for task in tasks:
            team.setdefault(task["assignee"].id, (task["assignee"], "contributor", task))
        for person, role, first in team.values():
            own = [each for each in tasks if each["assignee"] is person]
            rows.append(
                {
                    "role": role,
                    "status": "completed" if project["status"] == "completed" else "confirmed",
                    "starts_on": project["starts_on"],
                    "ends_on": project["target_end_on"],
                    "allocation_rate": "20" if role == "manager" else "50",
                    "planned_hours": sum(each["estimated_hours"] for each in own) or 8,
                    "hourly_rate": tasks[0]["activity_type"]["hourly_rate"],
                    "hourly_cost": tasks[0]["activity_type"]["hourly_cost"],
                    "project": project,
                    "person": person,
                    "project_task": first,
                    "owner": project["owner"],
                }
            )
    return rows
