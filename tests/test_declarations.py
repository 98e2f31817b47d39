"""Declarations that contradict themselves or each other are refused, by class and attribute."""

from __future__ import annotations

from decimal import Decimal
from types import new_class
from typing import Any

import pytest
from sqlalchemy.orm import Mapped

from db.declare import Choice, DeclarationError, column, links, relation
from db.kinds import Email, Money
from db.modules.apps import SUPPORT
from db.record import Part, Record
from db.suite import Suite

FR, EN = ("Chose", "Choses"), ("Thing", "Things")


class Mood(Choice):
    """How a caller feels."""

    CALM = "calm", "Calme", "Calm"
    CROSS = "cross", "Fâché", "Cross"


class Tone(Choice):
    """How a caller sounds."""

    LOW = "low", "Bas", "Low"
    SOFT = "low", "Doux", "Soft"


def mood_of_its_own() -> type[Choice]:
    class Mood(Choice):
        GLAD = "glad", "Content", "Glad"

    return Mood


OtherMood = mood_of_its_own()


class Contact(Record, app=SUPPORT, fr=FR, en=EN, prefix="CON", title="{name}"):
    name: Mapped[str] = column("Nom", "Name")
    email: Mapped[Email | None] = column("E-mail", "E-mail")
    mood: Mapped[Mood] = column("Humeur", "Mood", default=Mood.CALM)


class Line(Part, fr=FR, en=EN):
    position: Mapped[int | None] = column("Rang", "Position")


def refused(*records: type[Record], parts: tuple[type[Part], ...] = ()) -> list[str]:
    """The contradictions of a suite that must be refused."""
    with pytest.raises(DeclarationError) as refusal:
        Suite(records, parts)
    return str(refusal.value).splitlines()


def test_two_modules_may_not_share_a_prefix() -> None:
    class Call(Record, app=SUPPORT, fr=FR, en=EN, prefix="CON", title=""):
        pass

    assert refused(Contact, Call) == ["prefix='CON' is given to Contact and Call"]


def test_a_module_is_declared_once() -> None:
    assert refused(Contact, Contact) == ["2 modules are called Contact"]


def test_two_modules_may_not_be_asked_for_by_one_name() -> None:
    class Contacts(Record, app=SUPPORT, fr=FR, en=EN, prefix="CTS", title=""):
        pass

    class Staff(Record, app=SUPPORT, fr=FR, en=EN, prefix="STA", title="", many="staff"):
        pass

    class Call(Record, app=SUPPORT, fr=FR, en=EN, prefix="CAL", title="", many="records"):
        pass

    assert refused(Contact, Contacts, Staff, Call) == [
        "the query 'contacts' would ask for one Contacts and many Contact",
        "the query 'staff' would ask for one Staff and many Staff",
        "the query 'records' would ask for many Call and what crosses modules",
    ]


def test_a_module_may_not_take_a_table_of_the_service() -> None:
    class Comment(Record, app=SUPPORT, fr=FR, en=EN, prefix="COM", title=""):
        pass

    assert refused(Comment) == ["Comment: the table comment is the service's own"]


def test_what_every_record_has_is_not_declared_again() -> None:
    class Call(Record, app=SUPPORT, fr=FR, en=EN, prefix="CAL", title=""):
        history: Mapped[str] = column("Passé", "Past")
        owner: Mapped[Contact] = relation("Qui", "Who", inverse="calls")
        about: Mapped[Contact] = relation("De qui", "About", inverse="comments")

    class Page(Part, fr=FR, en=EN):
        document: Mapped[str] = column("Document", "Document")
        position: Mapped[int] = column("Rang", "Position")

    assert refused(Contact, Call, parts=(Page,)) == [
        "Call.history: every record has its own history",
        "Call.owner: every record has its own owner",
        "Page.document: every part has its own document",
        "Call.about: inverse='comments': every record has its own",
    ]


def test_an_inverse_is_taken_once() -> None:
    class Call(Record, app=SUPPORT, fr=FR, en=EN, prefix="CAL", title=""):
        caller: Mapped[Contact] = relation("Appelant", "Caller", inverse="calls")
        callee: Mapped[Contact] = relation("Appelé", "Callee", inverse="calls")
        others: Mapped[list[Contact]] = links("Autres", "Others", inverse="mood")

    assert refused(Contact, Call) == [
        "Call.callee: inverse='calls' is already taken on Contact by Call.caller",
        "Call.others: inverse='mood' is already taken on Contact by Contact.mood",
    ]


def test_a_relation_points_at_a_module_of_the_suite() -> None:
    class Call(Record, app=SUPPORT, fr=FR, en=EN, prefix="CAL", title=""):
        caller: Mapped[Kontact] = relation("Appelant", "Caller", inverse="calls")  # type: ignore[name-defined]  # noqa: F821
        caller_id: Mapped[str] = column("Identifiant", "Identifier")
        new_caller: Mapped[bool] = column("Nouveau", "New")
        line: Mapped[Line] = relation("Ligne", "Line", inverse="calls")

    assert refused(Call, parts=(Line,)) == [
        "Call.caller: no module is called Kontact",
        "Call.caller: its foreign key is called like Call.caller_id",
        "Call.caller: its input for a new record is called like Call.new_caller",
        "Call.line: the rows of Line have no page to point at",
    ]


def test_a_part_has_a_position_but_neither_links_nor_comments() -> None:
    class Page(Part, fr=FR, en=EN):
        author: Mapped[Contact] = relation("Auteur", "Author", inverse="pages", rollup=True)
        readers: Mapped[list[Contact]] = links("Lecteurs", "Readers", inverse="read_pages")

    assert refused(Contact, parts=(Page,)) == [
        "Page: a part has a position, by which its rows are in order",
        "Page.author: a part has no links, and no comments to roll up",
        "Page.readers: a part has no links, and no comments to roll up",
    ]


def test_a_title_names_what_the_module_has() -> None:
    class Call(Record, app=SUPPORT, fr=FR, en=EN, prefix="CAL", title="{number} {subjet} {others}"):
        subject: Mapped[str] = column("Objet", "Subject")
        others: Mapped[list[Contact]] = links("Autres", "Others", inverse="calls")

    class Fax(Record, app=SUPPORT, fr=FR, en=EN, prefix="FAX", title="{number"):
        pass

    assert refused(Contact, Call, Fax) == [
        "Call: title='{number} {subjet} {others}' names 'subjet', which it does not have",
        "Call: title='{number} {subjet} {others}' names 'others', which it does not have",
        "Fax: title='{number' is no template: expected '}' before end of string",
    ]


def test_a_default_is_a_value_of_its_field() -> None:
    unchecked: Any = column

    class Call(Record, app=SUPPORT, fr=FR, en=EN, prefix="CAL", title=""):
        mood: Mapped[Mood] = unchecked("Humeur", "Mood", default="calm")
        cost: Mapped[Money] = unchecked("Coût", "Cost", default=1)
        email: Mapped[Email] = unchecked("E-mail", "E-mail", default="nobody")
        fee: Mapped[Money] = column("Tarif", "Fee", default=Money(Decimal("1.50")))

    assert refused(Call) == [
        "Call.mood: default='calm' is no member of Mood",
        "Call.cost: default=1 is no Money",
        "Call.email: default='nobody' is no Email",
    ]


def test_a_column_holds_a_kind_of_value() -> None:
    class Call(Record, app=SUPPORT, fr=FR, en=EN, prefix="CAL", title=""):
        caller: Mapped[Contact] = column("Appelant", "Caller")

    (told,) = refused(Call)

    assert told.startswith(f"Call.caller: {Contact!r} is not a kind of value; db/kinds.py knows")


def test_a_list_of_values_has_one_name_and_each_of_its_values_one() -> None:
    class Call(Record, app=SUPPORT, fr=FR, en=EN, prefix="CAL", title=""):
        mood: Mapped[OtherMood] = column("Humeur", "Mood")  # type: ignore[valid-type]
        tone: Mapped[Tone] = column("Ton", "Tone")

    assert refused(Contact, Call) == [
        "Call.mood: Mood is another list of values on Contact.mood",
        "Tone.SOFT: 'low' is the value of LOW too",
    ]


def test_a_document_has_lines_and_an_accounting_document_a_draft() -> None:
    class Bill(
        Record, app=SUPPORT, fr=FR, en=EN, prefix="BIL", title="", lines=True, accounting=True
    ):
        status: Mapped[Mood] = column("Statut", "Status")

    assert refused(Bill) == [
        "Bill: lines=True, but there is no part called LineItem",
        "Bill: is edited in the status 'draft', which it does not have",
    ]


def test_records_are_found_by_lines_of_text_only() -> None:
    class Call(Record, app=SUPPORT, fr=FR, en=EN, prefix="CAL", title=""):
        mood: Mapped[Mood] = column("Humeur", "Mood", searched=True)
        cost: Mapped[Money | None] = column("Coût", "Cost", searched=True)
        code: Mapped[str | None] = column("Code", "Code", searched=True)

    class Page(Part, fr=FR, en=EN):
        position: Mapped[int | None] = column("Rang", "Position")
        code: Mapped[str | None] = column("Code", "Code", searched=True)

    assert refused(Contact, Call, parts=(Page,)) == [
        "Call.mood: searched=True, but it is no line of text",
        "Call.cost: searched=True, but it is no line of text",
        "Page.code: searched=True, but the rows of a part are not found",
    ]


def test_every_contradiction_is_told_at_once() -> None:
    class Call(Record, app=SUPPORT, fr=FR, en=EN, prefix="CON", title="{subject}"):
        caller: Mapped[Kontact] = relation("Appelant", "Caller", inverse="tabs")  # type: ignore[name-defined]  # noqa: F821

    assert refused(Contact, Call) == [
        "prefix='CON' is given to Contact and Call",
        "Call: title='{subject}' names 'subject', which it does not have",
        "Call.caller: no module is called Kontact",
        "Call.caller: inverse='tabs': every record has its own",
    ]


@pytest.mark.parametrize(
    ("annotation", "fact", "told"),
    [
        ("Mapped[Monney]", column("Coût", "Cost"), "'Monney' is no type known here"),
        ("Money", column("Coût", "Cost"), "annotate with Mapped[Type], "),
        ("Mapped[Optional[Money]]", column("Coût", "Cost"), "annotate with Mapped[Type], "),
        ("Mapped[list[Money]]", column("Coût", "Cost"), "`list[...]` annotates links() and "),
        ("Mapped[Contact]", links("Qui", "Who", inverse="calls"), "`list[...]` annotates links()"),
        ("Mapped[list[Contact]]", relation("Qui", "Who", inverse="calls"), "`list[...]` annotates"),
        ("Mapped[Money]", None, "is Mapped[Money], but no column(), relation() or links()"),
        (None, column("Coût", "Cost"), "annotate with Mapped[Type], "),
    ],
)
def test_an_annotation_that_says_nothing_is_refused(
    annotation: str | None, fact: object, told: str
) -> None:
    body = {
        "__module__": __name__,
        "__annotations__": {"cost": annotation} if annotation else {},
        "cost": fact,
    }
    labels = {"app": SUPPORT, "fr": FR, "en": EN, "prefix": "CAL", "title": ""}

    with pytest.raises(DeclarationError) as refusal:
        new_class("Call", (Record,), labels, lambda namespace: namespace.update(body))

    assert str(refusal.value).startswith(f"Call.cost: {told}")
