"""Customer instances."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Url
from db.modules.apps import SUPPORT
from db.record import Record

if TYPE_CHECKING:
    from db.modules.catalogue.product import Product
    from db.modules.sales.contact import Contact
    from db.modules.sales.customer_account import CustomerAccount
    from db.modules.support.service_contract import ServiceContract


class CustomerInstanceEnvironment(Choice):
    """Customer instance: environment."""

    PRODUCTION = "production", "Production", "Production"
    STAGING = "staging", "Recette", "Staging"
    TRAINING = "training", "Formation", "Training"
    DEMO = "demo", "Démonstration", "Demo"
    DEVELOPMENT = "development", "Développement", "Development"


class CustomerInstanceStatus(Choice):
    """Customer instance: status."""

    TO_CREATE = "to_create", "À créer", "To create"
    ACTIVE = "active", "Active", "Active"
    SUSPENDED = "suspended", "Suspendue", "Suspended"
    CLOSED = "closed", "Fermée", "Closed"


class CustomerInstanceHosting(Choice):
    """Customer instance: hosting."""

    SHARED = "shared", "Mutualisé", "Shared"
    DEDICATED = "dedicated", "Dédié", "Dedicated"
    ON_PREMISE = "on_premise", "Chez le client", "On premise"


class CustomerInstance(
    Record,
    app=SUPPORT,
    fr=("Instance client", "Instances client"),
    en=("Customer instance", "Customer instances"),
    prefix="INS",
    title="{name}",
):
    name: Mapped[str] = column("Nom de l’instance", "Instance name", quick=True)
    url: Mapped[Url | None] = column("Adresse", "URL", header=True, quick=True, unique=True)
    environment: Mapped[CustomerInstanceEnvironment | None] = column(
        "Environnement", "Environment", header=True, key=True, quick=True
    )
    status: Mapped[CustomerInstanceStatus] = column(
        "Statut", "Status", header=True, key=True, default=CustomerInstanceStatus.TO_CREATE
    )
    software_version: Mapped[str | None] = column("Version", "Version", header=True, key=True)
    hosting: Mapped[CustomerInstanceHosting | None] = column("Hébergement", "Hosting", key=True)
    user_count: Mapped[int | None] = column("Nombre d’utilisateurs", "Number of users", key=True)
    licence_count: Mapped[int | None] = column("Nombre de licences", "Number of licences", key=True)
    activated_on: Mapped[date | None] = column("Mise en service le", "Activated on", key=True)
    expires_on: Mapped[date | None] = column("Expire le", "Expires on", key=True)
    last_updated_on: Mapped[date | None] = column("Dernière mise à jour", "Last upgrade")
    account: Mapped[CustomerAccount] = relation(
        "Compte client", "Customer account", inverse="customer_instances", rollup=True
    )
    contact: Mapped[Contact | None] = relation(
        "Contact technique", "Technical contact", inverse="customer_instances"
    )
    product: Mapped[Product | None] = relation("Produit", "Product", inverse="customer_instances")
    service_contract: Mapped[ServiceContract | None] = relation(
        "Contrat de service", "Service contract", inverse="customer_instances", rollup=True
    )
