"""E-commerce shops."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, links, relation
from db.kinds import CurrencyCode, Url
from db.modules.apps import POINT_OF_SALE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.catalogue.product import Product
    from db.modules.finance.bank_account import BankAccount
    from db.modules.sales.price_list import PriceList
    from db.modules.stock.delivery_method import DeliveryMethod
    from db.modules.stock.storage_site import StorageSite


class EcommerceShopPlatform(Choice):
    """E-commerce shop: platform."""

    PRESTASHOP = "prestashop", "PrestaShop", "PrestaShop"
    WOOCOMMERCE = "woocommerce", "WooCommerce", "WooCommerce"
    SHOPIFY = "shopify", "Shopify", "Shopify"
    MAGENTO = "magento", "Magento", "Magento"
    MARKETPLACE = "marketplace", "Place de marché", "Marketplace"
    OTHER = "other", "Autre", "Other"


class EcommerceShopStatus(Choice):
    """E-commerce shop: status."""

    SETUP = "setup", "En configuration", "In setup"
    ACTIVE = "active", "Active", "Active"
    PAUSED = "paused", "En pause", "Paused"
    CLOSED = "closed", "Fermée", "Closed"


class EcommerceShop(
    Record,
    app=POINT_OF_SALE,
    fr=("Boutique e-commerce", "Boutiques e-commerce"),
    en=("E-commerce shop", "E-commerce shops"),
    prefix="BTQ",
    title="{name}",
):
    name: Mapped[str] = column("Nom de la boutique", "Shop name", quick=True)
    platform: Mapped[EcommerceShopPlatform] = column(
        "Plateforme", "Platform", header=True, key=True, quick=True
    )
    url: Mapped[Url | None] = column(
        "Adresse de la boutique", "Shop URL", header=True, quick=True, unique=True
    )
    status: Mapped[EcommerceShopStatus] = column(
        "Statut", "Status", header=True, key=True, default=EcommerceShopStatus.SETUP
    )
    currency: Mapped[CurrencyCode | None] = column("Devise", "Currency")
    order_prefix: Mapped[str | None] = column("Préfixe des commandes", "Order prefix")
    sync_products: Mapped[bool | None] = column("Synchroniser les produits", "Sync products")
    sync_stock: Mapped[bool | None] = column("Synchroniser les stocks", "Sync stock")
    sync_orders: Mapped[bool | None] = column("Importer les commandes", "Import orders")
    last_synced_at: Mapped[datetime | None] = column(
        "Dernière synchronisation", "Last sync", header=True, key=True, readonly=True
    )
    last_sync_error: Mapped[str | None] = column(
        "Dernière erreur de synchronisation", "Last sync error", readonly=True
    )
    storage_site: Mapped[StorageSite | None] = relation(
        "Site d’expédition", "Shipping site", inverse="ecommerce_shops"
    )
    price_list: Mapped[PriceList | None] = relation(
        "Grille tarifaire", "Price list", inverse="ecommerce_shops"
    )
    delivery_method: Mapped[DeliveryMethod | None] = relation(
        "Mode de livraison par défaut", "Default delivery method", inverse="ecommerce_shops"
    )
    bank_account: Mapped[BankAccount | None] = relation(
        "Compte bancaire d’encaissement", "Collection bank account", inverse="ecommerce_shops"
    )
    products: Mapped[list[Product]] = links(
        "Produits en ligne", "Products online", inverse="ecommerce_shops"
    )
