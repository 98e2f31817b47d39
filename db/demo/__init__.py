"""The demo: a French company that sells, installs and looks after bakery equipment, in its year.

Told chapter by chapter in one transaction: it is there whole, or not at all. The year is fixed and
chance is seeded, so that every database is told the same.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from random import Random
from typing import Final

from db.access import Viewer
from db.accounts import user_id_of
from db.database import Database
from db.demo import (
    billing,
    cast,
    catalogue,
    comments,
    customers,
    expenses,
    ledger,
    maintenance,
    marketing,
    people,
    places,
    point_of_sale,
    projects,
    purchasing,
    rights,
    sales,
    settlement,
    stock,
    support,
    timesheets,
    treasury,
)
from db.demo.calendar import YEAR
from db.demo.cast import ADMINISTRATOR, PASSWORD
from db.demo.story import Story
from db.history import Origin
from db.modules import MODULES, PARTS
from db.settings import Settings, secret
from db.suite import Suite
from db.writing import Work

__all__ = ["ADMINISTRATOR", "PASSWORD", "load"]

Chapter = Callable[[Story], Awaitable[None]]
Step = Callable[[str, int, int], None]

WHAT: Final = "Demo company"

# Any number does, as long as every process takes the same: of two that load, one finds it done.
LOCK: Final = 4_615_022_102

# In this order: each chapter points only at what was told before it.
CHAPTERS: Final[tuple[Chapter, ...]] = (
    rights.set_up,
    customers.meet,
    ledger.open_books,
    places.build,
    catalogue.stock_the_shelves,
    places.arrange_deliveries,
    ledger.choose_accounts,
    people.hire,
    people.train,
    people.take_leave,
    customers.introduce,
    point_of_sale.open_shops,
    marketing.campaign,
    marketing.negotiate,
    projects.launch,
    sales.quote,
    sales.order,
    billing.invoice_orders,
    point_of_sale.sell,
    stock.transfer,
    stock.deliver,
    support.install,
    support.cover,
    billing.invoice_contracts,
    support.consume,
    support.answer,
    billing.invoice_work,
    billing.validate_invoices,
    purchasing.buy,
    maintenance.equip,
    maintenance.operate,
    stock.post_movements,
    expenses.spend,
    settlement.settle,
    treasury.record,
    point_of_sale.move_cash,
    timesheets.keep_time,
    comments.talk,
)


async def load(url: str, settings: Settings, step: Step) -> None:
    """Tell the demo company's year into the database, unless it has been told there."""
    database = await Database.open(
        url,
        Suite(MODULES, PARTS),
        secret=secret(settings).encode(),
        pool_size=1,
        statement_timeout=settings.statement_timeout,
    )
    try:
        async with Work(database, _nobody(), Origin.SYSTEM, YEAR) as work:
            await work.connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
            if await user_id_of(work.connection, ADMINISTRATOR) is None:
                await _tell(work, step)
    finally:
        await database.close()


async def _tell(work: Work, step: Step) -> None:
    told = Story(work, await cast.gather(work.connection))
    work.viewer = told.cast.manager
    step(WHAT, 0, len(CHAPTERS))
    for done, chapter in enumerate(CHAPTERS, start=1):
        told.random = Random(f"{YEAR} {chapter.__module__}.{chapter.__qualname__}")
        await chapter(told)
        step(WHAT, done, len(CHAPTERS))


def _nobody() -> Viewer:
    """Who opens the unit of work, before there is anyone."""
    return Viewer(0, "Fiches", "", 0, True, (0,), frozenset(), "fr", "Europe/Paris")
