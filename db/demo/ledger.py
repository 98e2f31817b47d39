"""Accounting before the first document: chart of accounts, journals, years, VAT, banks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from db.demo import identity
from db.demo.calendar import FIRST, LAST, TODAY, YEAR, at
from db.demo.cast import COMPANY
from db.demo.story import Story

# Number (PCG art. 932-1), name, type where it is not a general one.
CHART: Final = (
    ("101000", "Capital", "general"),
    ("106100", "Réserve légale", "general"),
    ("110000", "Report à nouveau", "general"),
    ("120000", "Résultat de l’exercice (bénéfice)", "result"),
    ("129000", "Résultat de l’exercice (perte)", "result"),
    ("164000", "Emprunts auprès des établissements de crédit", "general"),
    ("215400", "Matériel industriel", "general"),
    ("218200", "Matériel de transport", "general"),
    ("281540", "Amortissements du matériel industriel", "general"),
    ("281820", "Amortissements du matériel de transport", "general"),
    ("370000", "Stocks de marchandises", "general"),
    ("401000", "Fournisseurs", "payable"),
    ("404000", "Fournisseurs d’immobilisations", "payable"),
    ("409100", "Fournisseurs – avances et acomptes versés", "payable"),
    ("411000", "Clients", "receivable"),
    ("416000", "Clients douteux ou litigieux", "receivable"),
    ("419100", "Clients – avances et acomptes reçus", "receivable"),
    ("421000", "Personnel – rémunérations dues", "employee"),
    ("425000", "Personnel – avances et acomptes", "employee"),
    ("431000", "Sécurité sociale", "general"),
    ("437000", "Autres organismes sociaux", "general"),
    ("445510", "TVA à décaisser", "vat_settlement"),
    ("445620", "TVA déductible sur immobilisations", "vat_deductible"),
    ("445660", "TVA déductible sur autres biens et services", "vat_deductible"),
    ("445710", "TVA collectée", "vat_collected"),
    ("445740", "TVA collectée en attente d’encaissement", "vat_collected"),
    ("467000", "Autres comptes débiteurs ou créditeurs", "general"),
    ("471000", "Compte d’attente", "suspense"),
    ("511200", "Chèques à encaisser", "bank"),
    ("511500", "Cartes bancaires à encaisser", "bank"),
    ("512000", "Banque – compte courant", "bank"),
    ("512100", "Banque – livret", "bank"),
    ("530000", "Caisse", "cash"),
    ("580000", "Virements internes", "suspense"),
    ("601000", "Achats de matières premières", "general"),
    ("606100", "Eau, énergie", "general"),
    ("606300", "Petit équipement", "general"),
    ("606400", "Fournitures administratives", "general"),
    ("606600", "Carburants", "general"),
    ("607000", "Achats de marchandises", "general"),
    ("604000", "Achats d’études et de prestations", "general"),
    ("613200", "Locations immobilières", "general"),
    ("615500", "Entretien et réparations", "general"),
    ("616000", "Primes d’assurance", "general"),
    ("622600", "Honoraires", "general"),
    ("623000", "Publicité, salons", "general"),
    ("624100", "Transports sur achats", "general"),
    ("625100", "Voyages et déplacements", "general"),
    ("625700", "Réceptions", "general"),
    ("626000", "Frais postaux et télécommunications", "general"),
    ("627000", "Services bancaires", "general"),
    ("633300", "Formation professionnelle continue", "general"),
    ("641000", "Rémunérations du personnel", "general"),
    ("645000", "Charges de sécurité sociale", "general"),
    ("658000", "Charges diverses de gestion courante", "general"),
    ("665000", "Escomptes accordés", "general"),
    ("681120", "Dotations aux amortissements", "general"),
    ("706000", "Prestations de services", "general"),
    ("707000", "Ventes de marchandises", "general"),
    ("708500", "Ports et frais accessoires facturés", "general"),
    ("709700", "Rabais, remises et ristournes accordés", "general"),
    ("758000", "Produits divers de gestion courante", "general"),
    ("765000", "Escomptes obtenus", "general"),
)

JOURNALS: Final = (
    ("VE", "Ventes", "sales", None),
    ("AC", "Achats", "purchases", None),
    ("BQ", "Banque", "bank", "512000"),
    ("CA", "Caisse", "cash", "530000"),
    ("OD", "Opérations diverses", "general", None),
    ("NF", "Notes de frais", "expenses", None),
    ("PA", "Paie", "payroll", None),
    ("AN", "À-nouveaux", "opening", None),
)

NORMAL: Final = "TVA20"
INTERMEDIATE: Final = "TVA10"
REDUCED: Final = "TVA55"

TAXES: Final = (
    (NORMAL, "TVA 20 %", "20", "standard"),
    (INTERMEDIATE, "TVA 10 %", "10", "reduced"),
    (REDUCED, "TVA 5,5 %", "5.5", "reduced"),
    ("TVA0", "Exonéré de TVA", "0", "exempt"),
    ("TVAINTRA", "Livraison intracommunautaire", "0", "intra_eu"),
    ("TVAEXP", "Exportation hors UE", "0", "export"),
)

NOTICES: Final = {
    "TVA0": "Exonération de TVA, article 261 du CGI",
    "TVAINTRA": "Exonération de TVA, article 262 ter, I du CGI",
    "TVAEXP": "Exonération de TVA, article 262, I du CGI",
}

# The lines of form CA3 that the company fills: code, label, section, what it holds.
BOXES: Final = (
    ("A1", "Ventes, prestations de services", "taxable_operations", "base", None),
    ("E2", "Autres opérations non imposables", "non_taxable_operations", "base", None),
    ("08", "Taux normal 20 %", "output_vat", "tax", NORMAL),
    ("09", "Taux réduit 5,5 %", "output_vat", "tax", REDUCED),
    ("9B", "Taux réduit 10 %", "output_vat", "tax", INTERMEDIATE),
    ("16", "Total de la TVA brute due", "output_vat", "formula", None),
    ("19", "Biens constituant des immobilisations", "input_vat", "tax", None),
    ("20", "Autres biens et services", "input_vat", "tax", None),
    ("22", "Report du crédit de la déclaration précédente", "input_vat", "tax", None),
    ("23", "Total de la TVA déductible", "input_vat", "formula", None),
    ("25", "Crédit de TVA", "settlement", "formula", None),
    ("28", "TVA nette due", "settlement", "formula", None),
    ("32", "Total à payer", "settlement", "formula", None),
)

FORMULAS: Final = {
    "16": "08 + 09 + 9B",
    "23": "19 + 20 + 22",
    "25": "max(0, 23 - 16)",
    "28": "max(0, 16 - 23)",
    "32": "28",
}

OPENING_BALANCE: Final = Decimal("284210.35")
"""What the current account held when the year began."""


async def open_books(story: Story) -> None:
    """The chart, the journals, two fiscal years, VAT rates and the company's bank accounts."""
    with story.by(story.cast.accountant):
        await _chart(story)
        await _years(story)
        await _taxes(story)
        await _banks(story)


async def _chart(story: Story) -> None:
    owner = story.cast.accounting
    await story.tell(
        "LedgerAccount",
        (
            {
                "account_number": number,
                "name": name,
                "account_type": type_,
                "account_class": f"class_{number[0]}",
                "letterable": type_ in ("payable", "receivable", "employee"),
                "bank_reconcilable": type_ == "bank",
                "owner": owner,
            }
            for number, name, type_ in CHART
        ),
        by_service=True,
    )
    await story.tell(
        "Journal",
        (
            {
                "code": code,
                "name": name,
                "journal_type": type_,
                "contra_account": contra and story.one("LedgerAccount", account_number=contra),
                "owner": owner,
            }
            for code, name, type_, contra in JOURNALS
        ),
    )


async def _years(story: Story) -> None:
    common = {"accounting_basis": "accrual", "vat_regime": "normal_monthly"}
    (before,) = await story.tell(
        "FiscalYear",
        [
            {
                **common,
                "name": f"Exercice {YEAR - 1}",
                "starts_on": date(YEAR - 1, 1, 1),
                "ends_on": date(YEAR - 1, 12, 31),
                # Left open: whoever tries an import of last year's invoices finds room for them.
                "opening_balances_posted": True,
                "owner": story.cast.accounting,
            }
        ],
        by_service=True,
    )
    await story.tell(
        "FiscalYear",
        [
            {
                **common,
                "name": f"Exercice {YEAR}",
                "starts_on": FIRST,
                "ends_on": LAST,
                "previous_year": before,
                "owner": story.cast.accounting,
            }
        ],
    )


async def _taxes(story: Story) -> None:
    collected = story.one("LedgerAccount", account_number="445710")
    deductible = story.one("LedgerAccount", account_number="445660")
    await story.tell(
        "TaxRate",
        (
            {
                "code": code,
                "name": name,
                "rate": rate,
                "tax_category": category,
                "due_basis": "invoice",
                "exemption_notice": NOTICES.get(code),
                "starts_on": date(2014, 1, 1),
                "collected_account": collected,
                "deductible_account": deductible,
            }
            for code, name, rate, category in TAXES
        ),
    )
    await story.tell(
        "VatReturnBox",
        (
            {
                "code": code,
                "label": label,
                "form": "ca3",
                "section": section,
                "amount_kind": kind,
                "formula": FORMULAS.get(code),
                "sort_order": position * 10,
                "tax_rates": [story.one("TaxRate", code=tax)] if tax else [],
                "ledger_accounts": {
                    "output_vat": [collected],
                    "input_vat": [deductible] if code == "20" else [],
                }.get(section, []),
            }
            for position, (code, label, section, kind, tax) in enumerate(BOXES, start=1)
        ),
    )


async def _banks(story: Story) -> None:
    journal = story.one("Journal", code="BQ")
    common = {
        "account_holder": COMPANY,
        "bank_name": "Caisse ligérienne",
        "bic": "CALIFR2TXXX",
        "currency": "EUR",
        "opening_balance_on": FIRST,
        "journal": journal,
        "owner": story.cast.accounting,
    }
    await story.tell(
        "BankAccount",
        [
            {
                **common,
                "name": "Compte courant",
                "iban": identity.iban(story.random),
                "creditor_identifier": "FR72ZZZ990412",
                "opening_balance": OPENING_BALANCE,
                "feed_type": "api",
                "last_synced_at": at(TODAY, 6, 30),
                "ledger_account": story.one("LedgerAccount", account_number="512000"),
            },
            {
                **common,
                "name": "Livret de trésorerie",
                "iban": identity.iban(story.random),
                "opening_balance": "40000.00",
                "current_balance": "40000.00",
                "feed_type": "manual",
                "ledger_account": story.one("LedgerAccount", account_number="512100"),
            },
        ],
        by_service=True,
    )


async def choose_accounts(story: Story) -> None:
    """Which account a document's line is posted to: income and purchases by family, VAT, banks."""
    sales, purchases = story.one("Journal", code="VE"), story.one("Journal", code="AC")
    bank = story.one("Journal", code="BQ")
    rules: list[dict[str, object]] = [
        {"name": "Ventes de marchandises", "context": "sale", "account": "707000"},
        {"name": "Achats de marchandises", "context": "purchase", "account": "607000"},
        {"name": "TVA collectée", "context": "sale_vat", "account": "445710"},
        {"name": "TVA déductible", "context": "purchase_vat", "account": "445660"},
        {"name": "Clients", "context": "customer_control", "account": "411000"},
        {"name": "Fournisseurs", "context": "supplier_control", "account": "401000"},
        {"name": "Encaissements en banque", "context": "customer_payment", "account": "512000"},
        {"name": "Décaissements en banque", "context": "supplier_payment", "account": "512000"},
        {
            "name": "Encaissements en espèces",
            "context": "customer_payment",
            "payment_method": "cash",
            "account": "530000",
        },
        {"name": "Escomptes accordés", "context": "discount", "account": "665000"},
        {"name": "Frais du personnel", "context": "expense", "account": "625100"},
    ]
    for family, sale, purchase in (
        ("PRESTA", "706000", "604000"),
        ("CONTRAT", "706000", "615500"),
        ("PORT", "708500", "624100"),
    ):
        found = story.one("ItemFamily", code=family)
        rules += [
            {
                "name": f"Ventes – {found['name']}",
                "context": "sale",
                "item_family": found,
                "account": sale,
            },
            {
                "name": f"Achats – {found['name']}",
                "context": "purchase",
                "item_family": found,
                "account": purchase,
            },
        ]
    journals = {"sale": sales, "purchase": purchases}
    with story.by(story.cast.accountant):
        await story.tell(
            "AccountingStrategy",
            (
                {
                    **{name: value for name, value in rule.items() if name != "account"},
                    "priority": 10 if "item_family" in rule or "payment_method" in rule else 100,
                    "territory": "any",
                    "payment_method": rule.get("payment_method", "any"),
                    "ledger_account": story.one("LedgerAccount", account_number=rule["account"]),
                    "journal": bank
                    if "payment" in str(rule["context"])
                    else journals.get(str(rule["context"]).partition("_")[0]),
                    "owner": story.cast.accounting,
                }
                for rule in rules
            ),
        )
