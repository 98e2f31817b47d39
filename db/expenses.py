"""Expense lines as they are written: each netted, counted in its report, closed with it.

A report is held before its lines are counted, after they were written: of two who write at once,
the second counts what both wrote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from db.errors import ErrorCode
from db.lines import ZERO
from db.service import for_company
from db.statements import Statement

if TYPE_CHECKING:
    from db.reading import Fetches
    from db.suite import Module
    from db.validation import Checked
    from db.writing import Work

LINE: Final = "ExpenseLine"
REPORT: Final = "expense_report_id"

READ: Final = "SELECT id, number, status FROM expense_report WHERE id = ANY($1) ORDER BY id"
HOLD: Final = f"{READ} FOR NO KEY UPDATE"
COUNT: Final = """
SELECT report.id, coalesce(sum(amount_excl_tax), 0) AS total_excl_tax,
    coalesce(sum(vat_amount), 0) AS total_vat, coalesce(sum(amount_incl_tax), 0) AS total_incl_tax,
    coalesce(sum(amount_incl_tax) FILTER (WHERE paid_by IS DISTINCT FROM 'company_card'), 0)
        AS amount_to_reimburse
FROM expense_report report
LEFT JOIN expense_line line ON line.expense_report_id = report.id AND line.deleted_at IS NULL
WHERE report.id = ANY($1) AND report.deleted_at IS NULL
GROUP BY report.id ORDER BY report.id
"""


def net(row: Checked) -> None:
    """Add to a line, as it will be stored, what it comes to without the VAT that is recovered."""
    if row.module.name != LINE or not row.values.keys() & {"amount_incl_tax", "vat_amount"}:
        return
    whole, vat = (
        row.values[name] if name in row.values else row.before.row.get(name)
        for name in ("amount_incl_tax", "vat_amount")
    )
    if whole is not None:
        row.values["amount_excl_tax"] = whole - (vat or ZERO)


async def refuse_closed(reader: Fetches, rows: Iterable[Checked], *, hold: bool = True) -> None:
    """Note the lines of reports that are handed in: those are written no more. One statement.

    `hold`: and none can be handed in before the commit.
    """
    reports: dict[int, list[Checked]] = defaultdict(list)
    for row in rows:
        if row.module.name == LINE:
            for id in {row.values.get(REPORT), row.before.row.get(REPORT)} - {None}:
                reports[id].append(row)
    if not reports:
        return
    statement = Statement(HOLD if hold else READ, ("ids",), {})
    for report in await reader.fetch(statement, {"ids": sorted(reports)}):
        for row in reports[report["id"]]:
            relation = row.module.relations["expense_report"]
            if report["status"] not in row.module.target(relation).declared.edited_in:
                path = (*row.path, relation.name)
                row.refuse(path, ErrorCode.LOCKED, "locked", record=report["number"])


async def count(work: Work, module: Module, lines: Iterable[Mapping[str, Any]]) -> None:
    """Count the reports of lines anew, as they are and as they were. Four statements and their
    history; none for other modules.
    """
    if module.name != LINE:
        return
    ids = sorted({line[REPORT] for line in lines if line.get(REPORT) is not None})
    reports = module.target(module.relations["expense_report"])
    await work.connection.fetch(HOLD, ids)
    found = await work.connection.fetch(COUNT, ids)
    with for_company(work):
        for row in found:
            totals = {name: value for name, value in row.items() if name != "id"}
            await work.update(reports, row["id"], totals, by_service=True)
