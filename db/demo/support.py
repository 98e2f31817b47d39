"""After the sale: what customers have installed, what covers it, and their calls."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from db.demo import names
from db.demo.calendar import FIRST, LAST, TODAY, YEAR, at, between, later
from db.demo.customers import HEADLINE, contact_of, customers
from db.demo.people import doing
from db.demo.story import Fiche, Story, line
from db.lines import ZERO

# Service, what the contract is called, its kind, how often it is billed, months of a period.
COVERS: Final = (
    ("MAINT", "Entretien du fournil", "maintenance", "quarterly", 3),
    ("ASTR", "Entretien avec astreinte", "maintenance", "quarterly", 3),
    ("SUPER", "Supervision à distance", "subscription", "monthly", 1),
    ("CARNET", "Carnet de 10 heures", "prepaid", "one_off", 0),
)

# Subject, category, severity, solution, hours it takes.
TROUBLES: Final = (
    ("Le four ne monte plus en température", "incident", "critical",
        "Résistance de sole remplacée, essai de cuisson concluant.", "2.5"),
    ("Bruit anormal du pétrin", "incident", "major",
        "Courroie retendue, roulement à surveiller à la prochaine visite.", "1.5"),
    ("Porte de la chambre de fermentation qui ferme mal", "incident", "minor",
        "Joint de porte changé.", "1"),
    ("La vitrine givre la nuit", "incident", "major",
        "Dégivrage reprogrammé, sonde remplacée.", "2"),
    ("Question sur le programme de cuisson des baguettes", "question", "minor",
        "Programme 3 expliqué par téléphone, fiche envoyée.", "0.5"),
    ("Arrêt total du four en pleine fournée", "incident", "blocking",
        "Carte de commande remplacée en urgence.", "3.5"),
    ("Demande de devis pour un second four", "request", "minor",
        "Transmis au service commercial.", "0.5"),
    ("L’écran affiche E42", "incident", "major",
        "Sonde de température débranchée : rebranchée, défaut effacé.", "1"),
    ("Facture reçue en double", "complaint", "minor",
        "Vérifié avec la comptabilité : une seule facture est due.", "0.5"),
    ("Fuite d’eau sous la cellule", "incident", "major",
        "Évacuation débouchée, pente reprise.", "1.5"),
)  # fmt: skip

YESTERDAY: Final = TODAY - timedelta(days=1)
LAST_DAYS: Final = TODAY - timedelta(days=6)

OUR_LAST: Final = (date(YEAR, 11, 9), TROUBLES[1])
"""The call of the headline account that is about to be invoiced: a machine bought elsewhere."""

FAQS: Final = (
    ("Comment nettoyer la sole d’un four ?", "technical", "portal",
        "Four froid, brosse sèche puis chiffon humide. Jamais d’eau sur une sole chaude."),
    ("Que signifie le code E42 ?", "technical", "public",
        "La sonde de température ne répond plus. Coupez le four, attendez deux minutes, rallumez."),
    ("Où trouver le numéro de série ?", "general", "public",
        "Sur la plaque fixée à droite du tableau de commande."),
    ("Sous quel délai êtes-vous livrés ?", "delivery", "public",
        "Trois jours pour le petit matériel, trois à cinq semaines pour une machine."),
    ("Comment recevoir mes factures par voie électronique ?", "billing", "portal",
        "Donnez-nous votre adresse de facturation électronique, nous faisons le reste."),
    ("Que couvre la garantie ?", "warranty", "public",
        "Pièces et main-d’œuvre pendant deux ans, hors pièces d’usure."),
    ("Régler un pétrin après un transport", "technical", "internal",
        "Vérifier l’équerrage, la tension de la courroie, puis un essai à vide de dix minutes."),
)  # fmt: skip


async def install(story: Story) -> None:
    """The machines that customers have, of this year's deliveries and of earlier ones."""
    rows = [
        _equipment(story, invoice["account"], item, invoice["issued_on"], invoice)
        for invoice in story["CustomerInvoice"]
        if invoice["invoice_type"] in ("standard", "final")
        for each in invoice["line_items"]
        if (item := each.get("product")) is not None and item["tracking"] == "serial"
        for _ in range(int(each["quantity"]))
    ]
    random = story.random
    machines = [each for each in story["Product"] if each["tracking"] == "serial"]
    for account in customers(story)[::2]:
        for _ in range(random.randint(1, 2)):
            day = date(random.randint(2019, YEAR - 1), random.randint(1, 12), 15)
            rows.append(_equipment(story, account, random.choice(machines), day, None))
    with story.by(story.cast.technician):
        await story.tell(
            "CustomerEquipment",
            ({**row, "serial_number": f"SN{n:05d}"} for n, row in enumerate(rows, start=1)),
        )
        await story.tell("CustomerInstance", _instances(story))
        await story.tell("Warranty", _warranties(story), by_service=True)


def _equipment(
    story: Story, account: Fiche, product: Fiche, day: date, invoice: Fiche | None
) -> dict[str, Any]:
    random = story.random
    return {
        "name": f"{product['name']} – {account['name']}",
        "brand": product["manufacturer"],
        "model": product["sku"],
        "status": random.choices(("in_service", "down", "under_repair"), (18, 1, 1))[0],
        "installed_on": day,
        "purchase_price": product["sale_price"],
        "location": account["shipping_address"],
        "specifications": {"tension": "400 V", "poids": product["weight"]},
        "account": account,
        "contact": contact_of(story, account, "technical"),
        "product": product,
        "invoice": invoice,
        "owner": story.cast.field,
    }


def _instances(story: Story) -> list[dict[str, Any]]:
    """Who supervises their ovens from a browser has a space of their own."""
    random = story.random
    return [
        {
            "name": f"Supervision – {account['name']}",
            "url": f"https://{names.ascii_of(account['name'])}.supervision.example",
            "environment": "production",
            "status": "active",
            "software_version": random.choice(("3.4.0", "3.4.1", "3.5.0")),
            "hosting": "shared",
            "user_count": random.randint(1, 6),
            "licence_count": 6,
            "activated_on": date(YEAR - 1, random.randint(1, 12), 3),
            "expires_on": date(YEAR + 1, 2, 28),
            "last_updated_on": date(YEAR, 10, 6),
            "account": account,
            "contact": contact_of(story, account, "technical"),
            "owner": story.cast.field,
        }
        for account in customers(story)[::4]
    ]


def _warranties(story: Story) -> list[dict[str, Any]]:
    rows = []
    for equipment in story["CustomerEquipment"]:
        months = equipment["product"]["warranty_months"]
        ends = equipment["installed_on"] + timedelta(days=30 * months)
        if ends < FIRST:
            continue
        rows.append(
            {
                "serial_number": equipment["serial_number"],
                "status": "in_service" if ends > TODAY else "expired",
                "warranty_type": "manufacturer",
                "sold_on": equipment["installed_on"],
                "activated_on": equipment["installed_on"],
                "duration_months": months,
                "ends_on": ends,
                "coverage": "Pièces et main-d’œuvre, hors pièces d’usure.",
                "product": equipment["product"],
                "account": equipment["account"],
                "contact": equipment["contact"],
                "invoice": equipment["invoice"],
                "supplier": equipment["product"]["main_supplier"],
                "customer_equipment": equipment,
                "owner": story.cast.field,
            }
        )
    return rows


async def cover(story: Story) -> None:
    """Service contracts, each with the order that bills it."""
    random = story.random
    orders, covers = [], []
    owners = {each["account"].id for each in story["CustomerEquipment"]}
    clients = [each for each in customers(story) if each.id in owners]
    for position, account in enumerate(clients[:14]):
        # The headline account is billed each quarter: its page stays short.
        cover = COVERS[0] if account["name"] == HEADLINE else COVERS[position % len(COVERS)]
        code, subject, _, frequency, months = cover
        service = story.one("Service", code=code)
        starts = date(YEAR, 1 + position % 3, 1)
        orders.append(
            {
                "subject": f"{subject} – {account['name']}",
                "status": "in_progress",
                "ordered_on": between(random, FIRST, date(YEAR, 1, 20)),
                "payment_terms": account["payment_terms"],
                "recurrence": "none" if frequency == "one_off" else frequency,
                "recurrence_starts_on": starts if months else None,
                "recurrence_ends_on": LAST if months else None,
                "account": account,
                "contact": contact_of(story, account, "decision_maker"),
                "price_list": account["price_list"],
                "owner": account["owner"],
                "line_items": [line(service, months or 1)],
            }
        )
        covers.append((cover, service, starts))
    with story.by(story.cast.salesperson):
        made = await story.tell("SalesOrder", orders)
        await story.tell(
            "ServiceContract",
            (
                _contract(story, order, *covered)
                for order, covered in zip(made, covers, strict=True)
            ),
            by_service=True,
        )


def _contract(
    story: Story, order: Fiche, cover: tuple[str, str, str, str, int], service: Fiche, starts: date
) -> dict[str, Any]:
    code, _, kind, frequency, months = cover
    account = order["account"]
    price = Decimal(service["sale_price"])
    own = [each for each in story["CustomerEquipment"] if each["account"] is account]
    hours = code == "CARNET"
    return {
        "subject": order["subject"],
        "contract_type": kind,
        "status": "to_renew" if starts.month == 1 else "active",
        "starts_on": starts,
        "ends_on": starts + timedelta(days=364),
        "renewal_mode": "none" if hours else "tacit",
        "notice_period_days": 60,
        "amount": price * 12 if months else price,
        "billing_frequency": frequency,
        "tracking_unit": "hours" if hours else "unlimited",
        "total_units": 10 if hours else None,
        "response_time_hours": 4 if code == "ASTR" else 24,
        "resolution_time_hours": 24 if code == "ASTR" else 72,
        "account": account,
        "contact": order["contact"],
        "sales_order": order,
        "service": service,
        "customer_equipment": own,
        "owner": story.cast.field,
        "_months": months,
    }


async def answer(story: Story) -> None:
    """Calls of customers, and the answers worth keeping."""
    random = story.random
    accounts = customers(story)
    rows = [_ticket(story, random.choice(accounts)) for _ in range(60)]
    rows += [
        _ticket(story, random.choice(accounts), between(random, LAST_DAYS, YESTERDAY))
        for _ in range(12)
    ]
    rows.append(_ticket(story, story.one("CustomerAccount", name=HEADLINE), *OUR_LAST))
    rows.sort(key=lambda row: row["_opened"])
    with story.by(story.cast.technician):
        await story.tell("Ticket", rows, by_service=True)
        await _count_hours(story)
        errors = [each for each in story["Ticket"] if "E42" in each["subject"]]
        await story.tell(
            "Faq",
            (
                {
                    "question": question,
                    "answer": answer,
                    "category": category,
                    "status": "reviewed" if audience == "internal" else "published",
                    "audience": audience,
                    "published_on": None if audience == "internal" else date(YEAR, 3, 2),
                    "view_count": random.randint(12, 240),
                    "helpful_count": random.randint(3, 40),
                    "product": story.one("Product", sku="FOU-S3") if "four" in question else None,
                    "source_ticket": errors[0] if "E42" in question and errors else None,
                }
                for question, category, audience, answer in FAQS
            ),
            by_service=True,
        )


def _ticket(
    story: Story,
    account: Fiche,
    day: date | None = None,
    trouble: tuple[str, str, str, str, str] | None = None,
) -> dict[str, Any]:
    random = story.random
    subject, category, severity, solution, hours = trouble or random.choice(TROUBLES)
    day = day or between(random, FIRST + timedelta(days=4), YESTERDAY)
    opened = at(day, random.randint(7, 17), random.randint(0, 59))
    own = [
        each
        for each in story["CustomerEquipment"]
        if each["account"] is account and each["installed_on"] <= day
    ]
    equipment = random.choice(own) if own and trouble is None else None
    contract = next((c for c in story["ServiceContract"] if c["account"] is account), None)
    warranty = next((w for w in story["Warranty"] if w["customer_equipment"] is equipment), None)
    instance = next((i for i in story["CustomerInstance"] if i["account"] is account), None)
    closing = later(day, random.randint(0, 6))
    status = "closed" if closing <= TODAY - timedelta(days=7) else "resolved"
    if closing > TODAY:
        status = random.choice(("open", "in_progress", "waiting_customer", "waiting_third_party"))
    solved = status in ("closed", "resolved")
    respond = timedelta(hours=contract["response_time_hours"] if contract else 48)
    resolve = timedelta(hours=contract["resolution_time_hours"] if contract else 120)
    return {
        "subject": subject,
        "status": status,
        "priority": {"blocking": "urgent", "critical": "high"}.get(severity, "normal"),
        "severity": severity,
        "category": category,
        "channel": random.choice(("phone", "phone", "email", "portal", "form")),
        "first_response_due_at": opened + respond,
        "first_responded_at": opened + timedelta(minutes=random.randint(10, 300)),
        "due_at": opened + resolve,
        "resolved_at": at(closing, 18) if solved else None,
        "closed_at": at(later(closing, 5), 9) if status == "closed" else None,
        "time_spent_hours": hours if solved else None,
        "billable": contract is None and warranty is None and category == "incident",
        "solution": solution if solved else None,
        "satisfaction": random.choice((3, 4, 4, 5, 5)) if status == "closed" else None,
        "account": account,
        "contact": contact_of(story, account, "technical"),
        "service_contract": contract if contract and contract["starts_on"] <= day else None,
        "product": equipment["product"] if equipment else None,
        "customer_equipment": equipment,
        "customer_instance": instance if "écran" in subject else None,
        "warranty": warranty,
        "owner": story.cast.field,
        "_opened": day,
        "_hours": hours,
        "_technician": random.choice(doing(story, "DEPAN", day)),
    }


async def _count_hours(story: Story) -> None:
    """What calls took from contracts that are sold by the hour."""
    found = {}
    for contract in story["ServiceContract"]:
        if contract["total_units"] is not None:
            used = sum(
                (
                    Decimal(each["time_spent_hours"])
                    for each in story["Ticket"]
                    if each["service_contract"] is contract and each["time_spent_hours"]
                ),
                ZERO,
            )
            total = Decimal(contract["total_units"])
            found[contract] = {"used_units": used, "remaining_units": max(total - used, ZERO)}
    await story.compute(found)


async def consume(story: Story) -> None:
    """What supervised ovens baked: counted each month, billed with the next invoice."""
    readings = story.one("Service", code="CONS")
    price = Decimal(readings["sale_price"])
    rows = []
    for position, contract in enumerate(story["ServiceContract"], start=1):
        if contract["contract_type"] != "subscription":
            continue
        billed = {
            each["_consumed"][0]: each
            for each in story["CustomerInvoice"]
            if each["service_contract"] is contract and each["_consumed"]
        }
        for month in range(contract["starts_on"].month, TODAY.month):
            invoice = billed.get(month)
            quantity = invoice["_consumed"][1] if invoice else story.random.randint(20, 90)
            rows.append(
                {
                    "consumed_on": date(YEAR, month, 28),
                    "quantity": quantity,
                    "unit_price": price,
                    "amount": quantity * price,
                    "status": "invoiced" if invoice else "to_invoice",
                    "reference": f"REL-{position:03d}-{month:02d}",
                    "account": contract["account"],
                    "service": readings,
                    "service_contract": contract,
                    "invoice": invoice,
                    "owner": story.cast.field,
                }
            )
    with story.by(story.cast.technician):
        await story.tell("ItemConsumption", rows, by_service=True)
