"""From campaign to prospect to deal: how people come to be customers, or do not."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from db.demo import identity, names
from db.demo.calendar import FIRST, TODAY, YEAR, at, between, later
from db.demo.customers import GROUP, HEADLINE, contact_of, customers
from db.demo.story import Fiche, Story
from db.lines import cents

# Name, kind, status, months it runs, budget, expected revenue.
CAMPAIGNS: Final = (
    ("Salon des métiers de bouche", "trade_show", "completed", (1, 2), 9500, 60000),
    ("Printemps du fournil", "email", "completed", (3, 5), 2200, 35000),
    ("Économies d’énergie : fours ventilés", "email", "completed", (5, 7), 1800, 40000),
    ("Journées portes ouvertes", "other", "completed", (9, 9), 3400, 25000),
    ("Contrats d’entretien d’hiver", "telemarketing", "active", (10, 12), 1500, 18000),
    ("Catalogue de l’an prochain", "direct_mail", "planned", (12, 12), 4200, 50000),
)

SOURCES: Final = ("website", "phone_call", "referral", "campaign", "trade_show", "form", "partner")

# What deals are about: name, and product or service codes with their quantities.
PACKAGES: Final[tuple[tuple[str, tuple[tuple[str, int], ...]], ...]] = (
    ("Usine de Gien", (("FOU-S4", 6), ("PET-S80", 4), ("DIV-20", 4), ("FAC-600", 4), ("CHF-20", 4),
        ("CEL-10", 4), ("PLAN", 15), ("CHAN", 30), ("INST", 12), ("FORM", 8))),
    ("Laboratoire central", (("FOU-MIX", 4), ("CEL-10", 3), ("ARM-600", 6), ("TOU-3P", 4),
        ("BAT-20", 3), ("PLAN", 8), ("CHAN", 20), ("INST", 8), ("FORM", 4))),
    ("Four à sole 3 étages", (("FOU-S3", 1), ("INST", 1), ("FORM", 1))),
    ("Four à sole 4 étages et reprise", (("FOU-S4", 1), ("INST", 1), ("REPR", 1))),
    ("Four ventilé 10 niveaux", (("FOU-V10", 1), ("ECH-20", 2), ("INST", 1))),
    ("Deux fours ventilés", (("FOU-V5", 2), ("INST", 1), ("PLA-600", 20))),
    ("Four mixte vapeur", (("FOU-MIX", 1), ("INST", 1), ("FORM", 1))),
    ("Ligne de pétrissage", (("PET-S80", 1), ("DIV-20", 1), ("FAC-600", 1), ("INST", 1))),
    ("Pétrin spirale 40 litres", (("PET-S40", 1), ("INST", 1))),
    ("Atelier de pâtisserie", (("BAT-20", 1), ("LAM-500", 1), ("TOU-3P", 1), ("INST", 1))),
    ("Froid du laboratoire", (("ARM-600", 2), ("CEL-10", 1), ("INST", 1))),
    ("Chambre de fermentation", (("CHF-20", 1), ("INST", 1))),
    ("Vitrine de vente", (("VIT-200", 1), ("MEU-PAIN", 1), ("INST", 1))),
    ("Agencement du magasin", (("VIT-150", 2), ("MEU-PAIN", 2), ("PLAN", 2), ("CHAN", 3))),
    ("Petit matériel de rentrée", (("PAN-OSI", 40), ("PLA-600", 30), ("TOI-LIN", 20))),
    ("Réassort de petit matériel", (("LAM-GRI", 20), ("COU-80", 10), ("THE-SON", 4), ("PORT", 1))),
    ("Pesage et contrôle", (("BAL-5", 2), ("THE-SON", 6), ("PORT", 1))),
    ("Rénovation complète du fournil", (("FOU-S4", 1), ("PET-S80", 1), ("CHF-20", 1),
        ("PLAN", 3), ("CHAN", 5), ("INST", 2), ("FORM", 2))),
)  # fmt: skip

STAGES: Final = {
    "prospecting": "10",
    "qualification": "25",
    "needs_analysis": "40",
    "proposal": "60",
    "negotiation": "75",
    "closed_won": "100",
    "closed_lost": "0",
}

KNOWN: Final = (
    (HEADLINE, "Four à sole 3 étages", date(YEAR, 2, 9), "closed_won"),
    (HEADLINE, "Vitrine de vente", date(YEAR, 6, 8), "closed_won"),
    (HEADLINE, "Chambre de fermentation", date(YEAR, 10, 12), "proposal"),
    (GROUP, "Usine de Gien", date(YEAR, 1, 12), "closed_won"),
    ("Centre hospitalier de Vendôme", "Laboratoire central", date(YEAR, 3, 2), "closed_won"),
)
"""Deals that are told whatever chance says: those of the account that the README asks about (paid,
late, and still open), and the two large ones that the company lives on.
"""

OPEN: Final = ("prospecting", "qualification", "needs_analysis", "proposal", "negotiation")

NEXT_STEPS: Final = (
    "Relancer par téléphone",
    "Envoyer le plan d’implantation",
    "Visite sur place avec le technicien",
    "Attendre l’accord de la banque",
    "Proposer un essai de cuisson",
)


async def campaign(story: Story) -> None:
    """Campaigns and the mailings sent for them."""
    random = story.random
    ovens = story.one("Product", sku="FOU-V10")
    upkeep = story.one("Service", code="MAINT")
    with story.by(story.cast.salesperson):
        await story.tell(
            "Campaign",
            (
                {
                    "name": name,
                    "campaign_type": kind,
                    "status": status,
                    "starts_on": date(YEAR, first, 2),
                    "ends_on": date(YEAR, last, 28),
                    "target_audience": "Boulangers et restaurateurs, Centre et Ouest",
                    "target_size": random.randrange(200, 900, 50),
                    "expected_response_rate": random.choice(("2", "3.5", "5")),
                    "budget": budget,
                    "expected_cost": budget,
                    "actual_cost": budget * 104 // 100 if status == "completed" else None,
                    "expected_revenue": revenue,
                    "forecast_margin": revenue - budget,
                    "forecast_margin_rate": cents(Decimal(revenue - budget) * 100 / revenue),
                    "product": ovens if "fours" in name else None,
                    "service": upkeep if "entretien" in name else None,
                    "owner": story.cast.sales,
                }
                for name, kind, status, (first, last), budget, revenue in CAMPAIGNS
            ),
            by_service=True,
        )
        await story.tell("Mailing", _mailings(story), by_service=True)


def _mailings(story: Story) -> list[dict[str, Any]]:
    random = story.random
    rows = []
    for each in story["Campaign"]:
        for wave in ("Invitation", "Rappel"):
            count: int = each["target_size"]
            delivered = count - random.randint(4, 20)
            opened = delivered * random.randint(22, 41) // 100
            sent = each["starts_on"] + timedelta(days=5 if wave == "Invitation" else 20)
            told = {
                "subject": f"{wave} : {each['name']}",
                "channel": "sms" if each["campaign_type"] == "telemarketing" else "email",
                "sender_name": "Bellefournée Équipements",
                "sender_email": "bonjour@bellefournee.example",
                "reply_to": "commercial@bellefournee.example",
                "body": f"Bonjour {{{{ prénom }}}},\n\n{each['name']} : parlons-en.\n\nÀ bientôt !",
                "scheduled_at": at(sent, 9),
                "campaign": each,
                "owner": story.cast.sales,
            }
            if sent > TODAY:
                rows.append({**told, "status": "scheduled"})
                continue
            rows.append(
                {
                    **told,
                    "status": "sent",
                    "sent_at": at(sent, 9, 4),
                    "recipient_count": count,
                    "delivered_count": delivered,
                    "opened_count": opened,
                    "clicked_count": opened // 4,
                    "bounced_count": count - delivered,
                    "unsubscribed_count": random.randint(0, 5),
                }
            )
    return rows


def items(story: Story, package: str) -> list[tuple[Fiche, int]]:
    """The products and services of a package, with their quantities."""
    found = []
    for code, quantity in dict(PACKAGES)[package]:
        if any(code == each["sku"] for each in story["Product"]):
            found.append((story.one("Product", sku=code), quantity))
        else:
            found.append((story.one("Service", code=code), quantity))
    return found


def amount(story: Story, package: str) -> Decimal:
    """What a package sells for, before tax and discount."""
    return sum(
        (Decimal(item["sale_price"]) * quantity for item, quantity in items(story, package)),
        Decimal(0),
    )


async def negotiate(story: Story) -> None:
    """Deals of the customers there are, won, lost and open; then prospects, some converted."""
    random = story.random
    rows = []
    for account in customers(story):
        known = [each[1:] for each in KNOWN if each[0] == account["name"]]
        rows += [_deal(story, account, *each) for each in known]
        if account["name"] == HEADLINE:
            continue
        for _ in range(random.choice((1, 1, 2, 2, 3))):
            opened = between(random, FIRST + timedelta(days=6), date(YEAR, 9, 30))
            stage = random.choices(("closed_won", "closed_lost", "negotiation"), (7, 2, 1))[0]
            rows.append(_deal(story, account, _package(story, account), opened, stage))
    rows += [_deal(story, *each) for each in _fresh(story)]
    with story.by(story.cast.salesperson):
        await story.tell("Deal", sorted(rows, key=lambda row: row["_opened"]), by_service=True)
        await _prospects(story)


def _package(story: Story, account: Fiche) -> str:
    """What an account may want; only kitchens and factories want a whole laboratory."""
    large = account["industry"] in ("manufacturing", "public_sector", "health")
    if large and story.random.random() < 0.3:
        return PACKAGES[1][0]
    return story.random.choice(PACKAGES[2:])[0]


def _fresh(story: Story) -> list[tuple[Fiche, str, date, str]]:
    """Deals of the last weeks, all open; those of accounts that have not bought yet among them."""
    random = story.random
    new = [each for each in story["CustomerAccount"] if each["account_type"] == "prospect"]
    known = [each for each in customers(story) if each["name"] != HEADLINE]
    return [
        (
            account,
            _package(story, account),
            between(random, date(YEAR, 10, 1), TODAY - timedelta(days=2)),
            random.choice(OPEN),
        )
        for account in (*new, *random.sample(known, 15))
    ]


def _deal(story: Story, account: Fiche, package: str, opened: date, stage: str) -> dict[str, Any]:
    random = story.random
    closing = later(opened, random.randint(15, 50))
    if closing > TODAY and stage.startswith("closed"):
        stage = "negotiation"
    if not stage.startswith("closed"):
        closing = max(closing, later(TODAY, 6))
    total = amount(story, package)
    cost = cents(total * Decimal("0.66"))
    closed = stage.startswith("closed")
    wanted = items(story, package)
    running = [
        each
        for each in story["Campaign"]
        if each["starts_on"] <= opened <= each["ends_on"] + timedelta(days=30)
    ]
    source = random.choice(SOURCES)
    return {
        "name": f"{package} – {account['name']}",
        "amount": total,
        "expected_close_on": closing,
        "stage": stage,
        "probability": STAGES[stage],
        "weighted_amount": cents(total * Decimal(STAGES[stage]) / 100),
        "deal_type": random.choice(("new_business", "existing_business", "renewal")),
        "source": source,
        "estimated_cost": cost,
        "estimated_margin": total - cost,
        "next_step": None if closed else random.choice(NEXT_STEPS),
        "lost_reason": random.choice(("price", "competitor", "no_budget", "timing"))
        if stage == "closed_lost"
        else None,
        "closed_on": closing if closed else None,
        "account": account,
        "contact": contact_of(story, account, "decision_maker"),
        "campaign": running[0] if running and source in ("campaign", "trade_show") else None,
        "products": [item for item, _ in wanted if item.module == "Product"],
        "services": [item for item, _ in wanted if item.module == "Service"],
        "owner": account["owner"],
        "_opened": opened,
        "_package": package,
    }


async def _prospects(story: Story) -> None:
    random = story.random
    used: set[str] = set()
    rows: list[dict[str, Any]] = []
    for deal in story["Deal"]:
        # One customer in five was met as a prospect this year.
        if deal["deal_type"] != "new_business" or random.random() > 0.5:
            continue
        contact = deal["contact"]
        if contact is None or contact["email"] in used:
            continue
        used.add(contact["email"])
        account = deal["account"]
        rows.append(
            {
                **{name: contact[name] for name in ("first_name", "last_name", "job_title")},
                **{name: contact[name] for name in ("email", "phone", "mobile")},
                "company_name": account["name"],
                "website": account["website"],
                "address": account["billing_address"],
                "industry": account["industry"],
                "source": deal["source"],
                "status": "converted",
                "rating": "hot",
                "converted_at": at(deal["_opened"], 15, 20),
                "converted_account": account,
                "converted_contact": contact,
                "converted_deal": deal,
                "campaigns": [deal["campaign"]] if deal["campaign"] else [],
                "owner": account["owner"],
            }
        )
    for position in range(32):
        who = names.person(random)
        company = f"{random.choice(('Boulangerie', 'Fournil', 'Restaurant'))} {who['last_name']}"
        rows.append(
            {
                "first_name": who["first_name"],
                "last_name": who["last_name"],
                "job_title": "Gérante" if who["salutation"] == "ms" else "Gérant",
                "company_name": company,
                "email": f"contact.{position}@{names.domain_of(company)}",
                "phone": identity.phone(random),
                "website": f"https://{names.domain_of(company)}",
                "address": names.address(random),
                "source": random.choice(SOURCES),
                "status": random.choice(
                    ("new", "contacted", "follow_up", "qualified", "disqualified", "lost")
                ),
                "rating": random.choice(("hot", "warm", "cold")),
                "industry": random.choice(("retail", "hospitality")),
                "annual_revenue": random.randrange(120, 900) * 1000,
                "email_opt_out": random.random() < 0.1,
                "campaigns": random.sample(story["Campaign"], random.randint(0, 2)),
                "owner": story.cast.sales,
            }
        )
    await story.tell("Prospect", rows, by_service=True)
