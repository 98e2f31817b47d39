"""The applications of the suite, in the order of its menu."""

from __future__ import annotations

from typing import Final

from db.declare import App

SALES: Final = App("sales", "Ventes", "Sales")
MARKETING: Final = App("marketing", "Marketing", "Marketing")
CATALOGUE: Final = App("catalogue", "Catalogue", "Catalogue")
PURCHASING: Final = App("purchasing", "Achats", "Purchasing")
FINANCE: Final = App("finance", "Finances", "Finance")
STOCK: Final = App("stock", "Gestion des stocks", "Inventory management")
PROJECTS: Final = App("projects", "Gestion de projet", "Project management")
HR: Final = App("hr", "Ressources humaines", "Human resources")
SUPPORT: Final = App("support", "Support client", "Customer support")
MAINTENANCE: Final = App("maintenance", "Maintenance", "Maintenance")
POINT_OF_SALE: Final = App("point_of_sale", "Points de vente", "Points of sale")
