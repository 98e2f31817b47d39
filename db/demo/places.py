"""Where things are kept and how they travel: sites, locations, delivery methods, workplaces."""

from __future__ import annotations

from typing import Final

from db.demo import identity, names
from db.demo.cast import SIREN
from db.demo.story import Story

# Name, code, type, town, sells to whoever comes in.
SITES: Final = (
    ("Entrepôt de Saint-Avertin", "TOURS", "warehouse", "Saint-Avertin", False),
    ("Agence de Nantes", "NANTES", "branch", "Nantes", True),
    ("Magasin des Halles", "HALLES", "shop", "Tours", True),
    ("Fourgon atelier", "FOURGON", "vehicle", "Saint-Avertin", False),
)

# Site, code, name, type, place, order of picking.
LOCATIONS: Final = (
    ("TOURS", "FOURN", "Fournisseurs", "suppliers", None, None),
    ("TOURS", "CLIEN", "Clients", "customers", None, None),
    ("TOURS", "TRANSIT", "En transit", "in_transit", None, None),
    ("TOURS", "ECART", "Écarts d’inventaire", "adjustment", None, None),
    ("TOURS", "A-MAC", "Allée machines", "internal", "A-01", 10),
    ("TOURS", "A-PIE", "Allée pièces et petit matériel", "internal", "A-02", 20),
    ("TOURS", "A-RES", "Machines réservées", "reserved", "A-03", 30),
    ("NANTES", "N-STK", "Réserve de Nantes", "internal", "N-01", 10),
    ("HALLES", "H-RAY", "Rayons du magasin", "internal", "H-01", 10),
    ("HALLES", "H-RES", "Réserve du magasin", "internal", "H-02", 20),
    ("FOURGON", "F-TIR", "Tiroirs du fourgon", "internal", "F-01", 10),
)

WORKPLACES: Final = (
    ("Siège de Saint-Avertin", "SIEGE", "head_office", "TOURS", 24),
    ("Agence de Nantes", "NANTES", "branch", "NANTES", 6),
    ("Magasin des Halles", "HALLES", "branch", "HALLES", 4),
    ("Chez les clients", "CLIENTS", "customer_site", None, None),
)


async def build(story: Story) -> None:
    """Storage sites with their locations, and the workplaces beside them."""
    random = story.random
    await story.tell(
        "StorageSite",
        (
            {
                "name": name,
                "code": code,
                "site_type": type_,
                "region": "Pays de la Loire" if town == "Nantes" else "Centre-Val de Loire",
                "holds_stock": True,
                "sells_on_site": sells,
                "default_site": code == "TOURS",
                "address": names.address(random, town),
                "phone": identity.phone(random),
                "email": f"{code.lower()}@bellefournee.example",
                "map_url": f"https://carte.example/{code.lower()}",
            }
            for name, code, type_, town, sells in SITES
        ),
    )
    await story.tell(
        "StorageLocation",
        (
            {
                "name": name,
                "code": code,
                "location_type": type_,
                "virtual_storage": type_ not in ("internal", "reserved"),
                "barcode": f"LOC-{code}",
                "position_code": place,
                "picking_order": order,
                "max_weight": 4000 if code == "A-MAC" else None,
                "storage_site": story.one("StorageSite", code=site),
            }
            for site, code, name, type_, place, order in LOCATIONS
        ),
    )
    await story.tell(
        "Workplace",
        (
            {
                "name": name,
                "code": code,
                "workplace_type": type_,
                "siret": site and identity.siret(SIREN, position),
                "address": site and story.one("StorageSite", code=site)["address"],
                "phone": identity.phone(random),
                "email": f"{code.lower()}@bellefournee.example",
                "capacity": capacity,
                "storage_site": site and story.one("StorageSite", code=site),
            }
            for position, (name, code, type_, site, capacity) in enumerate(WORKPLACES, start=1)
        ),
    )


async def arrange_deliveries(story: Story) -> None:
    """How goods reach a customer, who carries them and what is billed for it."""
    carrier = story.one("Supplier", name="Transports Girault")
    billed = story.one("Service", code="PORT")
    await story.tell(
        "DeliveryMethod",
        [
            {
                "name": "Transporteur",
                "code": "TRANSP",
                "method_type": "carrier",
                "lead_time_days": 3,
                "base_cost": "85.00",
                "free_from_amount": "1500.00",
                "max_weight": 2500,
                "tracking_url_template": "https://girault.example/suivi/{number}",
                "carrier": carrier,
                "billing_service": billed,
            },
            {
                "name": "Livraison par nos monteurs",
                "code": "MONTEURS",
                "method_type": "own_fleet",
                "lead_time_days": 7,
                "base_cost": "0.00",
            },
            {
                "name": "Retrait au magasin",
                "code": "RETRAIT",
                "method_type": "pickup",
                "lead_time_days": 0,
                "base_cost": "0.00",
            },
        ],
    )
