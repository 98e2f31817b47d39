"""What colleagues say on records: where it helps the next one who opens the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from db import commenting
from db.demo import billing
from db.demo.calendar import TODAY, YEAR, later, working
from db.demo.customers import GROUP, HEADLINE
from db.demo.people import colleague
from db.demo.settlement import SALE_LATE
from db.demo.story import Story
from db.demo.support import OUR_LAST

TALKS: Final = (
    "Le client hésite entre deux modèles, je lui envoie un comparatif.",
    "Très bon contact, décision attendue après les vacances.",
    "A visité le magasin avec son associé. Le four 4 étages l’intéresse.",
    "Demande si la reprise de l’ancien matériel est possible.",
    "La banque demande un devis signé avant de débloquer le prêt.",
)

LOST: Final = {
    "price": "Trop cher d’après lui : concurrent 8 % moins cher, sans l’installation.",
    "competitor": "Parti chez un concurrent qui livre en deux semaines.",
    "no_budget": "Projet reporté, faute de budget cette année.",
    "timing": "Pas le bon moment : les travaux du local ne sont pas finis.",
}

CALLS: Final = (
    "Rappelé, je passe demain à la première heure.",
    "Pièce commandée, livraison prévue sous 48 h.",
    "Le client a redémarré le four lui-même, à surveiller.",
    "Deuxième appel pour le même défaut ce trimestre.",
)

GOODS: Final = (
    "Livré en présence du chef, bon signé sans réserve.",
    "Accès étroit : prévoir le diable électrique la prochaine fois.",
)


async def talk(story: Story) -> None:
    """Scenes around known records first, then the small talk of a year's work."""
    _headline(story)
    await _late(story)
    _group(story)
    _deals(story)
    _service(story)
    _projects(story)
    _house(story)
    await _write(story)


def _headline(story: Story) -> None:
    cast = story.cast
    account = story.one("CustomerAccount", name=HEADLINE)
    story.say(
        account,
        cast.accountant,
        date(YEAR, 11, 3),
        "Rappeler le comptable avant le 15 : la facture de la vitrine est échue, un chèque serait"
        " parti.",
        (cast.salesperson, "J’y passe mercredi, j’en parle à Mme Dupont."),
        (cast.accountant, "Merci. Pas de nouvelle livraison sans règlement."),
    )
    story.say(
        account,
        cast.salesperson,
        date(YEAR, 2, 10),
        "Mme Dupont reprend la boulangerie de ses parents. Préfère être appelée après 14 h.",
    )
    deal = story.one("Deal", account=account, _package=SALE_LATE)
    story.say(
        deal,
        cast.salesperson,
        later(deal["_opened"], 2),
        "Visite faite : la vitrine actuelle ne tient plus le froid. Mètre linéaire : 2,05.",
    )
    late = story.one("CustomerInvoice", account=account, subject=SALE_LATE)
    story.say(
        late,
        cast.manager,
        working(late["due_on"] + timedelta(days=8)),
        "Première relance envoyée par courrier.",
        (cast.auditor, "Please keep a copy of the reminder on file for the year-end review."),
    )
    ticket = story.one("Ticket", account=account, _opened=OUR_LAST[0])
    story.say(
        ticket,
        cast.technician,
        ticket["_opened"],
        "Pétrin acheté ailleurs : ni garantie ni contrat. Cliente prévenue, le déplacement sera"
        " facturé.",
    )


async def _late(story: Story) -> None:
    """Reminders on what is overdue, and what is known of the reason."""
    cast = story.cast
    invoices = billing.validated(story)
    stored = await story.stored(invoices)
    for invoice in invoices:
        owed = stored[invoice.id]["balance_due"]
        if not owed or invoice["due_on"] >= TODAY or invoice["account"]["name"] == HEADLINE:
            continue
        story.say(
            invoice,
            cast.accountant,
            min(working(invoice["due_on"] + timedelta(days=10)), TODAY),
            story.random.choice(
                (
                    "Relancé par téléphone : règlement promis sous huitaine.",
                    "Le client conteste le déplacement, à voir avec le technicien.",
                    "Service comptable injoignable, je renvoie la facture par courriel.",
                )
            ),
        )


def _group(story: Story) -> None:
    cast = story.cast
    story.say(
        story.one("CustomerAccount", name=GROUP),
        cast.salesperson,
        date(YEAR, 5, 12),
        "Accord de principe pour équiper les trois magasins l’an prochain. Voir le siège d’abord.",
        (cast.manager, "Très bien. Prépare une grille de prix pour le groupe."),
    )
    story.say(
        story.one("CustomerAccount", name="Ville de Loches"),
        cast.accountant,
        date(YEAR, 3, 19),
        "Factures à déposer sur le portail public, avec le numéro d’engagement.",
    )


def _deals(story: Story) -> None:
    random, cast = story.random, story.cast
    for deal in story["Deal"]:
        if deal["stage"] == "closed_lost":
            story.say(deal, cast.salesperson, deal["closed_on"], LOST[deal["lost_reason"]])
        elif random.random() < 0.45:
            story.say(deal, cast.salesperson, _by_now(deal["_opened"], 4), random.choice(TALKS))
    for prospect in random.sample(story["Prospect"], 8):
        story.say(
            prospect,
            cast.salesperson,
            working(date(YEAR, random.randint(1, 10), random.randint(1, 28))),
            "Rencontré au salon. Veut un rendez-vous sur place.",
        )


def _by_now(day: date, days: int) -> date:
    return min(later(day, days), TODAY)


def _service(story: Story) -> None:
    random, cast = story.random, story.cast
    for ticket in story["Ticket"]:
        if random.random() < 0.4 and ticket["account"]["name"] != HEADLINE:
            answers = (
                [(cast.salesperson, "Vu avec le client, il est rassuré.")]
                if random.random() < 0.3
                else []
            )
            story.say(ticket, cast.technician, ticket["_opened"], random.choice(CALLS), *answers)
    for note in story["DeliveryNote"]:
        if note["delivered_on"] and random.random() < 0.12:
            story.say(note, cast.technician, note["delivered_on"], random.choice(GOODS))
    for operation in story["MaintenanceOperation"]:
        if operation["result"] == "with_reservations":
            story.say(
                operation,
                cast.technician,
                operation["ended_at"].date(),
                "Ventilation encrassée, devis de remise en état à faire.",
            )
    receipt = next(each for each in story["GoodsReceipt"] if each["reservations"])
    story.say(
        receipt,
        cast.technician,
        receipt["received_on"],
        "Photos de l’emballage prises avant le déballage, à joindre à la réclamation.",
        (cast.accountant, "Réserves notées, je bloque le règlement du port."),
    )


def _projects(story: Story) -> None:
    cast = story.cast
    for project in story["Project"]:
        if project["project_type"] == "customer" and project["starts_on"] <= TODAY:
            story.say(
                project,
                cast.technician,
                _by_now(project["starts_on"], 6),
                "Plan validé avec le client. Attention à l’arrivée d’eau, côté cour.",
            )
    internal = story.one("Project", project_type="internal")
    story.say(
        internal,
        cast.auditor,
        _by_now(internal["starts_on"], 30),
        "Which accredited platform did you choose? I need it for my notes.",
        (cast.accountant, "The one our bank proposed; contract signed in May."),
    )


def _house(story: Story) -> None:
    cast = story.cast
    story.say(
        story.one("Supplier", name="Fornalux Industrie"),
        cast.manager,
        date(YEAR, 6, 4),
        "Hausse de 3 % annoncée au 1er janvier : passer les commandes avant Noël.",
        (cast.technician, "Les délais passent aussi à cinq semaines."),
    )
    story.say(
        colleague(story, "Cherif"),
        cast.manager,
        date(YEAR, 7, 6),
        "Bienvenue ! Badge et casier remis, formation au chariot en septembre.",
    )
    story.say(
        story.one("Product", sku="FOU-V10"),
        cast.technician,
        date(YEAR, 4, 22),
        "Nouvelle version de la carte de commande depuis mars : voir la FAQ E42.",
    )
    story.say(
        story["VatReturn"][-1],
        cast.accountant,
        date(YEAR, 11, 18),
        "Pointée avec le grand livre, rien à corriger.",
        (cast.auditor, "Checked against the ledger: agreed."),
    )


async def _write(story: Story) -> None:
    """Roots first, oldest first; then the answers, each under its root."""
    said = sorted(story.said, key=lambda each: each[1].created_at)
    with story.by(story.cast.manager):
        ids = await commenting.add_many(story.work, [note for _, note, _ in said])
        answers = [
            replace(answer, parent_id=id)
            for id, (_, _, replies) in zip(ids, said, strict=True)
            for answer in replies
        ]
        await commenting.add_many(story.work, answers)
