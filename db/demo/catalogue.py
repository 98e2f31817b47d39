"""What the company sells and buys: units, families, suppliers, products, services, price lists."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from db.demo import identity, names
from db.demo.calendar import FIRST, LAST
from db.demo.ledger import NORMAL
from db.demo.story import Fiche, Story
from db.lines import cents

# Name, symbol, UN/ECE recommendation 20, dimension, base unit, ratio to it, decimals.
UNITS: Final = (
    ("Pièce", "pce", "C62", "count", None, "1", 0),
    ("Lot de 10", "lot", "TEN", "count", "Pièce", "10", 0),
    ("Kilogramme", "kg", "KGM", "weight", None, "1", 3),
    ("Gramme", "g", "GRM", "weight", "Kilogramme", "0.001", 0),
    ("Mètre", "m", "MTR", "length", None, "1", 2),
    ("Mètre carré", "m²", "MTK", "area", None, "1", 2),
    ("Litre", "l", "LTR", "volume", None, "1", 2),
    ("Heure", "h", "HUR", "time", None, "1", 2),
    ("Jour", "j", "DAY", "time", "Heure", "7", 1),
    ("Mois", "mois", "MON", "time", None, "1", 0),
    ("Kilowattheure", "kWh", "KWH", "energy", None, "1", 1),
)

FAMILIES: Final = (
    ("FOUR", "Fours et cuisson", "goods", None),
    ("PETRIN", "Pétrissage et façonnage", "goods", None),
    ("FROID", "Froid et fermentation", "goods", None),
    ("VITRINE", "Vitrines et agencement", "goods", None),
    ("PETIT", "Petit matériel", "goods", None),
    ("PIECE", "Pièces détachées", "supplies", None),
    ("SERVICE", "Prestations et abonnements", "services", None),
    ("PRESTA", "Prestations techniques", "services", "SERVICE"),
    ("CONTRAT", "Contrats et abonnements", "services", "SERVICE"),
    ("PORT", "Ports et frais", "fees", "SERVICE"),
)

# Name, town, terms, days to deliver, the families it supplies.
SUPPLIERS: Final = (
    ("Fornalux Industrie", "Cholet", "net_45_eom", 28, "FOUR"),
    ("Mécanique du Levain", "Châtellerault", "net_30_eom", 21, "PETRIN"),
    ("Froid Ligérien", "Angers", "net_30", 18, "FROID"),
    ("Vitrines Rivière", "Nantes", "net_45", 25, "VITRINE"),
    ("Comptoir du Fournil", "Tours", "net_30", 5, "PETIT"),
    ("Pièces & Process", "Orléans", "net_30", 4, "PIECE"),
)

# The firms a company pays whatever it sells: name, town, terms, account, what for.
PROVIDERS: Final = (
    ("Foncière des Deux Rives", "Tours", "immediate", "613200", "Loyer"),
    ("Électricité de Touraine", "Tours", "net_15", "606100", "Électricité"),
    ("Réseaux Val de Loire", "Blois", "net_15", "626000", "Téléphonie et internet"),
    ("Cabinet Aubert & Associés", "Tours", "net_30", "622600", "Honoraires comptables"),
    ("Carburants de l’Ouest", "Poitiers", "net_15", "606600", "Carburant des véhicules"),
    ("Assurances Mutuelle Ligne", "Le Mans", "immediate", "616000", "Assurance"),
    ("Transports Girault", "Orléans", "net_30", "624100", "Transport"),
    ("Formation Métiers de Bouche", "Rennes", "net_30", "633300", "Formation"),
    ("Imprimerie des Halles", "Tours", "net_30", "623000", "Impression"),
    ("Bureau Service Centre", "Bourges", "net_30", "606400", "Fournitures de bureau"),
)

# Reference, name, family, sale price, purchase price, kilograms, tracking, reorder level.
PRODUCTS: Final = (
    ("FOU-S3", "Four à sole 3 étages", "FOUR", "23600.00", "12400.00", "1450", "serial", 1),
    ("FOU-S4", "Four à sole 4 étages", "FOUR", "30600.00", "16200.00", "1900", "serial", 1),
    ("FOU-V10", "Four ventilé 10 niveaux", "FOUR", "9300.00", "4820.00", "210", "serial", 2),
    ("FOU-V5", "Four ventilé 5 niveaux", "FOUR", "5350.00", "2760.00", "120", "serial", 2),
    ("FOU-MIX", "Four mixte vapeur", "FOUR", "12250.00", "6350.00", "180", "serial", 1),
    ("PET-S40", "Pétrin spirale 40 litres", "PETRIN", "5000.00", "2480.00", "230", "serial", 2),
    ("PET-S80", "Pétrin spirale 80 litres", "PETRIN", "8450.00", "4300.00", "340", "serial", 1),
    ("BAT-20", "Batteur mélangeur 20 litres", "PETRIN", "2750.00", "1340.00", "95", "serial", 2),
    ("FAC-600", "Façonneuse horizontale", "PETRIN", "6750.00", "3420.00", "260", "serial", 1),
    ("LAM-500", "Laminoir de table", "PETRIN", "4050.00", "2040.00", "110", "serial", 1),
    ("DIV-20", "Diviseuse hydraulique", "PETRIN", "11100.00", "5780.00", "380", "serial", 1),
    ("CHF-20", "Chambre de fermentation", "FROID", "8600.00", "4390.00", "310", "serial", 1),
    ("ARM-600", "Armoire réfrigérée 600 litres", "FROID", "3100.00", "1560.00", "120", "serial", 2),
    ("CEL-10", "Cellule de refroidissement", "FROID", "7050.00", "3610.00", "160", "serial", 1),
    ("TOU-3P", "Tour réfrigéré 3 portes", "FROID", "3700.00", "1870.00", "140", "serial", 2),
    (
        "VIT-150",
        "Vitrine réfrigérée 1,5 mètre",
        "VITRINE",
        "4750.00",
        "2980.00",
        "240",
        "serial",
        1,
    ),
    ("VIT-200", "Vitrine réfrigérée 2 mètres", "VITRINE", "7500.00", "3770.00", "310", "serial", 1),
    ("MEU-PAIN", "Meuble à pain en chêne", "VITRINE", "2350.00", "1120.00", "85", "none", 2),
    ("PAN-OSI", "Panneton osier 1 kg", "PETIT", "18.60", "7.20", "0.4", "none", 40),
    ("LAM-GRI", "Lame de boulanger, lot de 10", "PETIT", "11.90", "3.80", "0.1", "none", 60),
    ("PLA-600", "Plaque perforée 600 × 400", "PETIT", "23.00", "9.60", "1.2", "none", 50),
    ("COU-80", "Coupe-pâte inox", "PETIT", "8.60", "2.70", "0.2", "none", 40),
    ("TOI-LIN", "Toile de lin 60 cm", "PETIT", "15.60", "5.90", "0.3", "none", 40),
    ("BAL-5", "Balance de précision 5 kg", "PETIT", "111.00", "48.00", "1.8", "none", 6),
    ("THE-SON", "Thermomètre à sonde", "PETIT", "42.50", "16.50", "0.2", "none", 10),
    ("ECH-20", "Échelle 20 niveaux", "PETIT", "331.00", "152.00", "18", "none", 4),
    ("RES-3KW", "Résistance 3 kW", "PIECE", "148.00", "61.00", "0.8", "none", 8),
    ("JOI-POR", "Joint de porte de four", "PIECE", "80.00", "28.00", "0.5", "none", 10),
    ("COU-PET", "Courroie de pétrin", "PIECE", "52.00", "17.00", "0.3", "none", 12),
    ("SON-TEM", "Sonde de température", "PIECE", "71.00", "24.00", "0.1", "none", 10),
    ("CAR-CMD", "Carte de commande", "PIECE", "356.00", "158.00", "0.4", "serial", 4),
    ("GAZ-R290", "Fluide R290, bouteille", "PIECE", "120.00", "52.00", "6", "lot", 5),
)

# Code, name, family, price, basis, unit, hours.
SERVICES: Final = (
    ("INST", "Installation et mise en service", "PRESTA", "1250.00", "fixed", "Pièce", "8"),
    ("MO-H", "Main-d’œuvre technicien", "PRESTA", "78.00", "hourly", "Heure", "1"),
    ("DEP", "Déplacement", "PRESTA", "55.00", "fixed", "Pièce", "1"),
    ("PLAN", "Plan d’implantation de fournil", "PRESTA", "890.00", "daily", "Jour", "7"),
    ("CHAN", "Conduite de chantier", "PRESTA", "820.00", "daily", "Jour", "7"),
    ("FORM", "Formation à la conduite du four", "PRESTA", "650.00", "daily", "Jour", "7"),
    ("REPR", "Enlèvement et recyclage", "PRESTA", "420.00", "fixed", "Pièce", "4"),
    ("MAINT", "Contrat d’entretien", "CONTRAT", "95.00", "monthly", "Mois", "2"),
    ("ASTR", "Contrat d’entretien avec astreinte", "CONTRAT", "165.00", "monthly", "Mois", "3"),
    ("SUPER", "Supervision à distance", "CONTRAT", "39.00", "monthly", "Mois", "0"),
    ("CARNET", "Carnet de 10 heures", "CONTRAT", "620.00", "fixed", "Pièce", "10"),
    ("CONS", "Relevé de cuissons", "CONTRAT", "0.85", "per_unit", "Pièce", "0"),
    ("PORT", "Port et emballage", "PORT", "85.00", "fixed", "Pièce", "0"),
)


async def stock_the_shelves(story: Story) -> None:
    """Units, families, suppliers, products and services, with what each is sold for."""
    await _units(story)
    await _families(story)
    await _suppliers(story)
    await _products(story)
    await _services(story)
    await _price_lists(story)


async def _units(story: Story) -> None:
    for derived in (False, True):
        await story.tell(
            "UnitOfMeasure",
            (
                {
                    "name": name,
                    "symbol": symbol,
                    "unece_code": code,
                    "dimension": dimension,
                    "ratio": ratio,
                    "decimal_places": places,
                    "base_unit": base and story.one("UnitOfMeasure", name=base),
                }
                for name, symbol, code, dimension, base, ratio, places in UNITS
                if (base is not None) == derived
            ),
        )


async def _families(story: Story) -> None:
    for derived in (False, True):
        await story.tell(
            "ItemFamily",
            (
                {
                    "code": code,
                    "name": name,
                    "nature": nature,
                    "valuation_method": "weighted_average" if nature != "services" else None,
                    "default_margin_rate": "35",
                    "parent_family": parent and story.one("ItemFamily", code=parent),
                }
                for code, name, nature, parent in FAMILIES
                if (parent is not None) == derived
            ),
        )


async def _suppliers(story: Story) -> None:
    random = story.random
    sold = [(*each[:3], each[3], "607000") for each in SUPPLIERS]
    paid = [(*each[:3], None, each[3]) for each in PROVIDERS]

    def told(
        position: int, name: str, town: str, terms: str, days: int | None, account: str
    ) -> dict[str, object]:
        siren = identity.siren(random)
        return {
            "name": name,
            "siren": siren,
            "siret": identity.siret(siren),
            "vat_number": identity.vat_number(siren),
            "phone": identity.phone(random),
            "email": f"contact@{names.domain_of(name)}",
            "website": f"https://{names.domain_of(name)}",
            "address": names.address(random, town),
            "payment_terms": terms,
            "payment_method": "bank_transfer" if days else "direct_debit",
            "auxiliary_account_number": f"401{position:04d}",
            "our_customer_number": f"C{random.randrange(10**5):05d}",
            "lead_time_days": days,
            "minimum_order_amount": "150.00" if days else None,
            "default_expense_account": story.one("LedgerAccount", account_number=account),
        }

    with story.by(story.cast.accountant):
        made = await story.tell(
            "Supplier",
            (told(position, *each) for position, each in enumerate([*sold, *paid], start=1)),
        )
        await story.tell(
            "ThirdPartyBankAccount",
            (
                {
                    "account_holder": supplier["name"],
                    "iban": identity.iban(random),
                    "bic": "CALIFR2TXXX",
                    "bank_name": "Caisse ligérienne",
                    "currency": "EUR",
                    "verified_on": date(2025, 12, 4),
                    "preferred": True,
                    "supplier": supplier,
                    "owner": story.cast.accounting,
                }
                for supplier in made
            ),
        )


async def _products(story: Story) -> None:
    random = story.random
    tax = story.one("TaxRate", code=NORMAL)
    unit = story.one("UnitOfMeasure", name="Pièce")
    by_family = {family: name for name, _, _, _, family in SUPPLIERS}
    await story.tell(
        "Product",
        (
            {
                "sku": sku,
                "name": name,
                "barcode": _ean13(f"209904{position:06d}"),
                "sale_price": sale,
                "purchase_price": purchase,
                "average_cost": purchase,
                "manufacturer": by_family[family],
                "supplier_reference": f"{sku[:3]}{random.randrange(10**4):04d}",
                "tracking": tracking,
                "weight": weight,
                "warranty_months": 24 if tracking == "serial" else 12,
                "reorder_level": level,
                "item_family": story.one("ItemFamily", code=family),
                "unit_of_measure": unit,
                "sale_tax_rate": tax,
                "purchase_tax_rate": tax,
                "main_supplier": story.one("Supplier", name=by_family[family]),
                "default_location": story.one(
                    "StorageLocation", code="A-PIE" if family in ("PETIT", "PIECE") else "A-MAC"
                ),
            }
            for position, (sku, name, family, sale, purchase, weight, tracking, level) in enumerate(
                PRODUCTS, start=1
            )
        ),
        by_service=True,
    )


def _ean13(digits: str) -> str:
    """Twelve digits and the thirteenth that checks them (GS1 General Specifications §7.9)."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


async def _services(story: Story) -> None:
    carrier = story.one("Supplier", name="Transports Girault")
    tax = story.one("TaxRate", code=NORMAL)
    await story.tell(
        "Service",
        (
            {
                "code": code,
                "name": name,
                "sale_price": price,
                "purchase_price": cents(Decimal(price) * Decimal("0.55")),
                "pricing_basis": basis,
                "default_duration_hours": hours,
                "sold_from": FIRST,
                "item_family": story.one("ItemFamily", code=family),
                "unit_of_measure": story.one("UnitOfMeasure", name=unit),
                "sale_tax_rate": tax,
                "purchase_tax_rate": tax,
                "main_supplier": carrier if code == "PORT" else None,
            }
            for code, name, family, price, basis, unit, hours in SERVICES
        ),
    )


async def _price_lists(story: Story) -> None:
    (public,) = await story.tell(
        "PriceList",
        [
            {
                "name": f"Tarif public {FIRST.year}",
                "code": "PUBLIC",
                "starts_on": FIRST,
                "ends_on": LAST,
                "currency": "EUR",
                "tax_basis": "excl_tax",
            }
        ],
    )
    await story.tell(
        "PriceList",
        [
            {
                "name": name,
                "code": code,
                "starts_on": FIRST,
                "ends_on": LAST,
                "currency": "EUR",
                "tax_basis": basis,
                "default_discount_rate": discount,
                "fallback_price_list": public,
            }
            for name, code, basis, discount in (
                (f"Tarif revendeurs {FIRST.year}", "REVENDEUR", "excl_tax", "12"),
                (f"Tarif collectivités {FIRST.year}", "COLLECT", "excl_tax", "5"),
                ("Tarif magasin", "MAGASIN", "incl_tax", None),
            )
        ],
    )
    await story.tell("PriceListItem", [*_tiers(story), *_group_tiers(story)])


def _tiers(story: Story) -> list[dict[str, object]]:
    """Small equipment is cheaper by the ten and by the fifty, and to resellers."""
    unit = story.one("UnitOfMeasure", name="Pièce")
    return [
        {
            "strategy": "volume",
            "min_quantity": quantity,
            "unit_price": cents(Decimal(product["sale_price"]) * Decimal(share)),
            "price_list": story.one("PriceList", code=code),
            "product": product,
            "unit_of_measure": unit,
        }
        for product in story["Product"]
        if product["item_family"]["code"] == "PETIT"
        for code, quantity, share in (
            ("PUBLIC", 10, "0.95"),
            ("PUBLIC", 50, "0.90"),
            ("REVENDEUR", 10, "0.82"),
        )
    ]


def _group_tiers(story: Story) -> list[dict[str, object]]:
    reseller = story.one("PriceList", code="REVENDEUR")
    families: list[Fiche] = [each for each in story["ItemFamily"] if each["nature"] == "goods"]
    return [
        {
            "strategy": "group_tiered",
            "min_quantity": quantity,
            "discount_rate": discount,
            "group_by": "item_family",
            "price_list": reseller,
            "item_family": family,
        }
        for family in families
        for quantity, discount in ((1, "12"), (5, "15"))
    ]
