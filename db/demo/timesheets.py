"""Who worked on what: projects, tickets, maintenance; and what the hours add up to."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from db.demo.calendar import TODAY, at, later, working
from db.demo.people import away
from db.demo.story import Fiche, Story
from db.lines import ZERO, cents

LAST_WEEK: Final = TODAY - timedelta(days=7)
"""Sheets from here on wait for validation."""

MORNING: Final = 8
FULL: Final = Decimal(7)


class Diary:
    """When people are free: no two sheets of a person overlap, none on a day of leave."""

    def __init__(self, story: Story) -> None:
        self.absent = away(story)
        self.busy: dict[tuple[int, date], Decimal] = defaultdict(Decimal)

    def find(self, person: Fiche, day: date, hours: Decimal) -> tuple[date, Decimal] | None:
        """The first day from `day` with the time left, and the hours taken before; None if late."""
        for wait in range(15):
            when = later(day, wait)
            if when > TODAY:
                return None
            taken = self.busy[person.id, when]
            if (person.id, when) not in self.absent and taken + hours <= FULL:
                self.busy[person.id, when] += hours
                return when, taken
        return None


async def keep_time(story: Story) -> None:
    """Sheets for tickets and operations as they took, for tasks a day at a time."""
    diary = Diary(story)
    rows = [*_operations(story, diary), *_tickets(story, diary), *_tasks(story, diary)]
    rows.sort(key=lambda row: (row["worked_on"], row["started_at"]))
    with story.by(story.cast.technician):
        await story.tell("Timesheet", rows, by_service=True)
        await _add_up(story)


def _operations(story: Story, diary: Diary) -> list[dict[str, Any]]:
    return [
        row
        for operation in story["MaintenanceOperation"]
        if operation["ended_at"] is not None
        and (
            row := _sheet(
                story,
                diary,
                operation["technician"],
                operation["ended_at"].date(),
                Decimal(operation["_hours"]),
                "ENTRET" if operation["maintenance_plan"] else "DEPAN",
                maintenance_operation=operation,
                ticket=operation["ticket"],
            )
        )
    ]


def _tickets(story: Story, diary: Diary) -> list[dict[str, Any]]:
    """Those that were answered without going there."""
    visited = {each["ticket"] for each in story["MaintenanceOperation"]}
    invoices = {each["_ticket"]: each for each in story["CustomerInvoice"]}
    return [
        row
        for ticket in story["Ticket"]
        if ticket["solution"]
        and ticket not in visited
        and (
            row := _sheet(
                story,
                diary,
                ticket["_technician"],
                ticket["_opened"],
                Decimal(ticket["_hours"]),
                "DEPAN",
                ticket=ticket,
                customer_invoice=invoices.get(ticket),
            )
        )
    ]


def _tasks(story: Story, diary: Diary) -> list[dict[str, Any]]:
    rows = []
    for task in story["ProjectTask"]:
        left = Decimal(task["estimated_hours"] * task["progress"]) / 100
        day = task["starts_at"].date()
        while left > 0:
            hours = min(left, FULL)
            row = _sheet(
                story,
                diary,
                task["assignee"],
                working(day),
                hours,
                task["activity_type"]["code"],
                project=task["project"],
                project_task=task,
            )
            left -= hours
            day += timedelta(days=1)
            if row is not None:
                rows.append(row)
    return rows


def _sheet(
    story: Story,
    diary: Diary,
    person: Fiche,
    day: date,
    hours: Decimal,
    activity: str,
    **about: Fiche | None,
) -> dict[str, Any] | None:
    found = diary.find(person, day, hours)
    if found is None:
        return None
    when, taken = found
    starts = at(when, MORNING) + timedelta(hours=float(taken))
    # Whoever works on after noon has had lunch.
    pause = 60 if starts.hour < 12 and taken + hours > 4 else 0
    if starts.hour >= 12:
        starts += timedelta(hours=1)
    ends = starts + timedelta(hours=float(hours), minutes=pause)
    cost = story.one("EmploymentContract", person=person)["loaded_hourly_cost"]
    invoiced = about.get("customer_invoice") is not None
    status = "submitted" if when > LAST_WEEK else "validated"
    work = story.one("ActivityType", code=activity)
    return {
        "worked_on": when,
        "started_at": starts,
        "ended_at": ends,
        "break_minutes": pause,
        "worked_hours": hours,
        "overtime_hours": ZERO,
        "status": "invoiced" if invoiced and status == "validated" else status,
        "billable": work["billable"],
        "hourly_cost": cost,
        "cost": cents(cost * hours),
        "validated_at": at(later(when, 5), 9) if status == "validated" else None,
        "person": person,
        "activity_type": work,
        "owner": story.cast.field,
        **about,
    }


async def _add_up(story: Story) -> None:
    """Hours and cost of tasks, participations and projects; what projects earn."""
    spent: dict[Fiche, Decimal] = defaultdict(Decimal)
    cost: dict[Fiche, Decimal] = defaultdict(Decimal)
    by_person: dict[tuple[Fiche, Fiche], Decimal] = defaultdict(Decimal)
    for sheet in story["Timesheet"]:
        task, project = sheet["project_task"], sheet["project"]
        if task is None or sheet["status"] == "submitted":
            continue
        spent[task] += sheet["worked_hours"]
        spent[project] += sheet["worked_hours"]
        cost[project] += sheet["cost"]
        by_person[sheet["person"], project] += sheet["worked_hours"]
    await story.compute({task: {"spent_hours": spent[task]} for task in story["ProjectTask"]})
    await story.compute(
        {
            each: {"spent_hours": by_person[each["person"], each["project"]]}
            for each in story["ProjectParticipation"]
        }
    )
    invoiced = await _invoiced(story)
    await story.compute(
        {
            project: {
                "spent_hours": spent[project],
                "actual_cost": cost[project],
                "progress": _progress(story, project),
                "invoiced_amount": invoiced[project],
                "margin": invoiced[project] - cost[project],
            }
            for project in story["Project"]
        }
    )


async def _invoiced(story: Story) -> dict[Fiche, Decimal]:
    """What was invoiced for each project before tax, drafts left out."""
    found: dict[Fiche, Decimal] = defaultdict(Decimal)
    own = [each for each in story["CustomerInvoice"] if each["project"]]
    stored = await story.stored(own)
    for invoice in own:
        if stored[invoice.id]["status"] != "draft":
            found[invoice["project"]] += stored[invoice.id]["total_excl_tax"]
    return found


def _progress(story: Story, project: Fiche) -> Decimal:
    """The mean of its tasks, weighted by the hours they were thought to take."""
    tasks = [each for each in story["ProjectTask"] if each["project"] is project]
    hours = sum(each["estimated_hours"] for each in tasks)
    done = sum(each["estimated_hours"] * each["progress"] for each in tasks)
    return cents(Decimal(done) / hours)
