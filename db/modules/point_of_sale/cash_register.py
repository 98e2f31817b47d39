"""Cash registers."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Json, LongText, Money
from db.modules.apps import POINT_OF_SALE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.journal import Journal
    from db.modules.finance.ledger_account import LedgerAccount
    from db.modules.point_of_sale.store import Store
    from db.modules.sales.customer_account import CustomerAccount


class CashRegisterStatus(Choice):
    """Cash register: status."""

    CLOSED = "closed", "Fermée", "Closed"
    OPEN = "open", "Ouverte", "Open"
    OUT_OF_SERVICE = "out_of_service", "Hors service", "Out of service"


class CashRegisterPriceDisplay(Choice):
    """Cash register: price display."""

    INCL_TAX = "incl_tax", "TTC", "Including tax"
    EXCL_TAX = "excl_tax", "HT", "Excluding tax"


class CashRegisterReceiptWidth(Choice):
    """Cash register: receipt format."""

    MM_58 = "mm_58", "58 mm", "58 mm"
    MM_80 = "mm_80", "80 mm", "80 mm"
    A4 = "a4", "A4", "A4"


class CashRegister(
    Record,
    app=POINT_OF_SALE,
    fr=("Caisse enregistreuse", "Caisses enregistreuses"),
    en=("Cash register", "Cash registers"),
    prefix="CAI",
    title="{name}",
):
    name: Mapped[str] = column("Nom de la caisse", "Register name", quick=True)
    register_number: Mapped[str] = column(
        "Numéro de caisse", "Register number", header=True, quick=True, unique=True, searched=True
    )
    status: Mapped[CashRegisterStatus] = column(
        "Statut", "Status", header=True, key=True, readonly=True, default=CashRegisterStatus.CLOSED
    )
    current_balance: Mapped[Money | None] = column(
        "Fonds en caisse", "Cash in drawer", header=True, key=True, readonly=True
    )
    default_float: Mapped[Money | None] = column("Fonds de caisse par défaut", "Default float")
    price_display: Mapped[CashRegisterPriceDisplay | None] = column(
        "Affichage des prix", "Price display"
    )
    accepted_payment_methods: Mapped[Json | None] = column(
        "Modes de règlement acceptés", "Accepted payment methods"
    )
    cash_rounding: Mapped[Decimal | None] = column("Arrondi des espèces", "Cash rounding")
    receipt_width: Mapped[CashRegisterReceiptWidth | None] = column(
        "Format du ticket", "Receipt format"
    )
    receipt_footer: Mapped[LongText | None] = column("Pied de ticket", "Receipt footer")
    print_automatically: Mapped[bool | None] = column(
        "Impression automatique", "Print automatically"
    )
    theme_colour: Mapped[str | None] = column("Couleur de l’interface", "Interface colour")
    last_closed_at: Mapped[datetime | None] = column(
        "Dernière clôture", "Last closed at", key=True, readonly=True
    )
    store: Mapped[Store] = relation("Point de vente", "Store", inverse="cash_registers")
    journal: Mapped[Journal | None] = relation(
        "Journal de caisse", "Cash journal", inverse="cash_registers"
    )
    ledger_account: Mapped[LedgerAccount | None] = relation(
        "Compte comptable de caisse", "Cash ledger account", inverse="cash_registers"
    )
    walk_in_account: Mapped[CustomerAccount | None] = relation(
        "Compte client de passage",
        "Walk-in customer account",
        inverse="walk_in_registers",
        tab=("Caisses en client de passage", "Walk-in registers"),
    )
