"""Every line with a `wrong` mark must be refused by the type checkers, and no other line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import assert_type

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, links, relation
from db.kinds import Money
from db.modules.apps import SUPPORT
from db.modules.marketing.campaign import Campaign
from db.modules.sales.customer_account import CustomerAccount
from db.modules.sales.customer_invoice import CustomerInvoice, CustomerInvoiceStatus
from db.record import Part, Record


class Urgency(Choice):
    CALM = "calm", "Calme", "Calm"


class Call(Record, app=SUPPORT, fr=("Appel", "Appels"), en=("Call", "Calls"), prefix="A", title=""):
    account: Mapped[CustomerAccount] = relation("Compte", "Account", inverse="calls", rollup=True)
    campaigns: Mapped[list[Campaign]] = links("Campagnes", "Campaigns", inverse="calls")
    subject: Mapped[str] = column("Objet", "Subject", header=True, quick=True)
    urgency: Mapped[Urgency] = column("Urgence", "Urgency", default=Urgency.CALM)
    cost: Mapped[Money | None] = column("Coût", "Cost", default=Money(Decimal(0)))

    note: Mapped[str] = column("Note", "Note", kye=True)  # wrong: flag misspelt
    called: Mapped[str] = column("Note", "Note", key="yes")  # wrong: a flag is true or false
    opened_on: Mapped[date] = column("Ouvert le")  # wrong: no English label
    hours: Mapped[Decimal] = column("Heures", "Hours", default="0")  # wrong: default is no Decimal
    mood: Mapped[Urgency] = column("Humeur", "Mood", default="calm")  # wrong: default is no member
    fee: Mapped[Money] = column("Tarif", "Fee", default=Decimal(1))  # wrong: a Decimal is no Money
    price: Mapped[Monney] = column("Prix", "Price")  # wrong: no such type
    length: int = column("Durée", "Length")  # wrong: not Mapped
    caller: Mapped[CustomerAccount] = relation("Appelant", "Caller")  # wrong: no inverse
    callee: Mapped[CustomerAccount] = relation("Appelé", inverse="x")  # wrong: no English label
    other: Mapped[CustomerAccount] = relation("Autre", "Other", inverse="y", tab="Z")  # wrong: tab
    events: Mapped[list[Campaign]] = links("Salons", "Events")  # wrong: no inverse


class Chat(Record, app=SUPPORT, fr=("Tchat", "Tchats"), prefix="T", title=""):  # wrong: no English
    subject: Mapped[str] = column("Objet", "Subject")


class Mail(Record, app=SUPPORT, fr="Pli", en=("Mail", "Mails"), prefix="M", title=""):  # wrong: fr
    subject: Mapped[str] = column("Objet", "Subject")


class Fax(Record, app="support", fr=("Fax", "Fax"), en=("F", "F"), prefix="F", title=""):  # wrong
    subject: Mapped[str] = column("Objet", "Subject")


class Line(Part, fr=("Ligne", "Lignes"), en=("Line", "Lines"), prefix="L"):  # wrong: no prefix
    subject: Mapped[str] = column("Objet", "Subject")


def read(invoice: CustomerInvoice) -> str:
    assert_type(invoice.account.title, str)
    assert_type(invoice.due_on.year, int)
    assert_type(invoice.balance_due, Money | None)
    CustomerInvoice.due_on.desc()
    invoice.due_on.yeer  # wrong: no such attribute
    invoice.account.titel  # wrong: no such attribute
    invoice.balance_due.is_zero()  # wrong: there may be none
    CustomerInvoice.due  # wrong: no such column
    return CustomerInvoiceStatus.PAYED  # wrong: no such member
