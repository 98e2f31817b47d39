"""Whom the company sells to: accounts, contacts, bank details, mandates."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from db.demo import identity, names
from db.demo.calendar import YEAR
from db.demo.story import Fiche, Story

HEADLINE: Final = "Boulangerie Dupont"
"""The customer that the README asks about: the first account, `CLI-00001`."""

# Name, town, type, industry.
ACCOUNTS: Final = (
    (HEADLINE, "Amboise", "customer", "retail"),
    ("Groupe Val d’Épi", "Orléans", "customer", "manufacturing"),
    ("Val d’Épi Blois", "Blois", "customer", "retail"),
    ("Val d’Épi Vendôme", "Vendôme", "customer", "retail"),
    ("Val d’Épi Gien", "Gien", "customer", "retail"),
    ("Boulangerie des Tanneurs", "Tours", "customer", "retail"),
    ("Boulangerie Lebrun", "Chinon", "customer", "retail"),
    ("Au Pain de Loches", "Loches", "customer", "retail"),
    ("Le Fournil de Grammont", "Tours", "customer", "retail"),
    ("Boulangerie Saint-Pierre", "Saumur", "customer", "retail"),
    ("Maison Charpentier", "Angers", "customer", "retail"),
    ("La Mie du Maine", "Le Mans", "customer", "retail"),
    ("L’Épi d’Or", "Châtellerault", "customer", "retail"),
    ("Boulangerie Mouton", "Bourges", "customer", "retail"),
    ("Aux Blés d’Anjou", "Cholet", "customer", "retail"),
    ("Le Pétrin Nantais", "Nantes", "customer", "retail"),
    ("Boulangerie Roussel", "Laval", "customer", "retail"),
    ("Pâtisserie Gaillard", "Tours", "customer", "retail"),
    ("Pâtisserie Noël & Filles", "Blois", "customer", "retail"),
    ("Chocolaterie Vidal", "Poitiers", "customer", "retail"),
    ("Glaces du Jardin", "Nantes", "customer", "manufacturing"),
    ("Biscuiterie de la Varenne", "Saumur", "customer", "manufacturing"),
    ("Traiteur Masson", "Orléans", "customer", "hospitality"),
    ("Traiteur des Quais", "Nantes", "customer", "hospitality"),
    ("Restaurant La Scellerie", "Tours", "customer", "hospitality"),
    ("Auberge du Moulin", "Romorantin", "customer", "hospitality"),
    ("Brasserie de la Gare", "Chartres", "customer", "hospitality"),
    ("Hôtel des Trois Rivières", "Angers", "customer", "hospitality"),
    ("Hôtel Bellevue", "Saumur", "customer", "hospitality"),
    ("Pizzeria Da Rosa", "Joué-lès-Tours", "customer", "hospitality"),
    ("Crêperie du Port", "Rennes", "customer", "hospitality"),
    ("Camping des Peupliers", "Chinon", "customer", "hospitality"),
    ("Ville de Loches", "Loches", "public_body", "public_sector"),
    ("Cuisine centrale de Blois", "Blois", "public_body", "public_sector"),
    ("Lycée hôtelier de Touraine", "Tours", "public_body", "education"),
    ("Collège Jean-Jaurès", "Châteauroux", "public_body", "education"),
    ("Centre hospitalier de Vendôme", "Vendôme", "public_body", "health"),
    ("EHPAD Les Tilleuls", "Gien", "public_body", "health"),
    ("CFA des métiers de bouche", "Orléans", "public_body", "education"),
    ("Matériel Pro Ouest", "Rennes", "reseller", "retail"),
    ("Équip’Hôtel Centre", "Bourges", "reseller", "retail"),
    ("Agencement Dumas", "Tours", "partner", "construction"),
    ("Association Pain & Partage", "Tours", "other", "nonprofit"),
    ("Ferme du Grand Pré", "Loches", "customer", "agriculture"),
    ("Moulins de la Creuse", "Châteauroux", "customer", "manufacturing"),
    ("Supérette du Bourg", "Amboise", "customer", "retail"),
    ("Boulangerie Aubert", "Joué-lès-Tours", "prospect", "retail"),
    ("Les Délices de Chartres", "Chartres", "prospect", "retail"),
    ("Hôtel du Parc", "Poitiers", "prospect", "hospitality"),
)

GROUP: Final = "Groupe Val d’Épi"
WALK_IN: Final = "Clients du magasin"

TERMS: Final = ("net_30", "net_30", "net_30_eom", "net_45_eom", "net_15")

JOBS: Final = (
    ("Gérant", "decision_maker"),
    ("Comptable", "accounting"),
    ("Chef boulanger", "technical"),
    ("Responsable des achats", "buyer"),
    ("Directeur adjoint", "influencer"),
)


async def meet(story: Story) -> None:
    """The headline account before all else: it is the first record of its database."""
    with story.by(story.cast.salesperson):
        await story.tell("CustomerAccount", [_account(story, *ACCOUNTS[0])])


async def introduce(story: Story) -> None:
    """Accounts with their contacts; the group and its shops; those who pay by direct debit."""
    random = story.random
    with story.by(story.cast.salesperson):
        public = story.one("PriceList", code="PUBLIC")
        await story.amend(story["CustomerAccount"][0], price_list=public)
        shops = [each for each in ACCOUNTS if each[0].startswith("Val d’Épi ")]
        head = [each for each in ACCOUNTS[1:] if each not in shops]
        await story.tell("CustomerAccount", [_priced(story, *each) for each in head])
        group = story.one("CustomerAccount", name=GROUP)
        await story.tell(
            "CustomerAccount",
            [{**_priced(story, *each), "parent_account": group} for each in shops],
        )
        await story.tell(
            "CustomerAccount",
            [
                {
                    "name": WALK_IN,
                    "account_type": "individual",
                    "payment_terms": "immediate",
                    "auxiliary_account_number": "411COMPT",
                    "price_list": story.one("PriceList", code="MAGASIN"),
                    "owner": story.cast.sales,
                }
            ],
        )
        await _contacts(story)
    with story.by(story.cast.accountant):
        debited = [each for each in customers(story) if random.random() < 0.3]
        accounts = await story.tell(
            "ThirdPartyBankAccount",
            (
                {
                    "account_holder": account["name"],
                    "iban": identity.iban(random),
                    "bic": "CALIFR2TXXX",
                    "bank_name": "Caisse ligérienne",
                    "currency": "EUR",
                    "verified_on": date(YEAR, 1, 5),
                    "preferred": True,
                    "account": account,
                    "owner": story.cast.accounting,
                }
                for account in debited
            ),
        )
        await story.tell(
            "SepaMandate",
            (
                {
                    "mandate_reference": f"RUM-{YEAR}-{position:04d}",
                    "scheme": "core",
                    "frequency": "recurring",
                    "status": "active",
                    "signed_on": date(YEAR, 1, 8),
                    "account": bank["account"],
                    "debtor_bank_account": bank,
                    "creditor_bank_account": story["BankAccount"][0],
                    "owner": story.cast.accounting,
                }
                for position, bank in enumerate(accounts, start=1)
            ),
            by_service=True,
        )


def customers(story: Story) -> list[Fiche]:
    """The accounts that buy with a name: neither prospects nor who walks into the shop."""
    return [
        account
        for account in story["CustomerAccount"]
        if account["account_type"] != "prospect" and account["name"] != WALK_IN
    ]


def contact_of(story: Story, account: Fiche, role: str | None = None) -> Fiche | None:
    """Whom to speak to at an account, of a role where there is one."""
    own = [each for each in story["Contact"] if each["account"] is account]
    fitting = [each for each in own if each["role"] == role]
    return next(iter([*fitting, *own]), None)


def _account(story: Story, name: str, town: str, type_: str, industry: str) -> dict[str, Any]:
    random = story.random
    siren = identity.siren(random)
    where = names.address(random, town)
    # CCP art. R2192-10: towns, schools and hospitals pay within thirty days or fifty.
    terms = "net_30" if type_ == "public_body" else random.choice(TERMS)
    position = next(i for i, each in enumerate(ACCOUNTS, start=1) if each[0] == name)
    return {
        "name": name,
        "account_type": type_,
        "industry": industry,
        "siren": siren,
        "siret": identity.siret(siren),
        "vat_number": None if type_ == "public_body" else identity.vat_number(siren),
        "phone": identity.phone(random),
        "email": f"contact@{names.domain_of(name)}",
        "website": f"https://{names.domain_of(name)}",
        "billing_address": where,
        "shipping_address": where,
        "payment_terms": "net_30" if position == 1 else terms,
        "auxiliary_account_number": f"411{position:04d}",
        "e_invoicing_address": f"0225:{siren}",
        "credit_limit": random.choice((5000, 10000, 15000, 30000)),
        "owner": story.cast.salesperson.id if position % 3 else story.cast.sales,
    }


def _priced(story: Story, name: str, town: str, type_: str, industry: str) -> dict[str, Any]:
    codes = {"reseller": "REVENDEUR", "public_body": "COLLECT"}
    prices = story.one("PriceList", code=codes.get(type_, "PUBLIC"))
    return {**_account(story, name, town, type_, industry), "price_list": prices}


async def _contacts(story: Story) -> None:
    random = story.random
    taken: set[str] = set()
    rows: list[dict[str, Any]] = []
    for account in story["CustomerAccount"]:
        if account["name"] == WALK_IN:
            continue
        jobs = JOBS[: 1 + (account["account_type"] != "prospect") + random.randint(0, 1)]
        for job, role in jobs:
            rows.append(_contact(story, account, job, role, taken))
    await story.tell("Contact", rows)
    await story.tell("Contact", [_supplier_contact(story, each, taken) for each in _sellers(story)])


def _sellers(story: Story) -> list[Fiche]:
    return [supplier for supplier in story["Supplier"] if supplier["lead_time_days"]]


def _contact(story: Story, account: Fiche, job: str, role: str, taken: set[str]) -> dict[str, Any]:
    random = story.random
    who = _someone_new(story, account["name"], taken)
    if account["name"] == HEADLINE and role == "decision_maker":
        who = {"salutation": "ms", "first_name": "Mireille", "last_name": "Dupont"}
    woman = who["salutation"] == "ms"
    title = {"Gérant": "Gérante", "Chef boulanger": "Cheffe boulangère"}.get(job, job)
    return {
        **who,
        "job_title": title if woman else job,
        "role": role,
        "email": _email(who, account["name"]),
        "phone": identity.phone(random),
        "mobile": identity.phone(random, identity.MOBILE),
        "mailing_address": account["billing_address"],
        "language": "fr",
        "invoice_recipient": role == "accounting",
        "email_opt_out": random.random() < 0.1,
        "portal_enabled": role != "technical",
        "account": account,
        "owner": account["owner"],
    }


def _supplier_contact(story: Story, supplier: Fiche, taken: set[str]) -> dict[str, Any]:
    who = _someone_new(story, supplier["name"], taken)
    return {
        **who,
        "job_title": "Service commercial",
        "role": "other",
        "email": _email(who, supplier["name"]),
        "phone": supplier["phone"],
        "language": "fr",
        "supplier": supplier,
        "owner": story.cast.sales,
    }


def _someone_new(story: Story, company: str, taken: set[str]) -> dict[str, str]:
    """A person whose address nobody else at the company has."""
    while True:
        who = names.person(story.random)
        email = _email(who, company)
        if email not in taken:
            taken.add(email)
            return who


def _email(who: dict[str, str], company: str) -> str:
    local = f"{names.ascii_of(who['first_name'])}.{names.ascii_of(who['last_name'])}"
    return f"{local}@{names.domain_of(company)}"
