"""Names the demo draws from: people, streets and towns. All invented, or as common as bread."""

from __future__ import annotations

import unicodedata
from random import Random
from typing import Final


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WOMEN: Final = words(
    "Agathe Alice Anaïs Béatrice Camille Céline Delphine Émilie Estelle Fanny Florence Gaëlle"
    " Isabelle Jeanne Juliette Laure Lucie Maëlle Margaux Nathalie Océane Pauline Sandrine Solène"
)

MEN: Final = words(
    "Adrien Alexandre Bastien Benoît Cédric Christophe Damien Didier Étienne Fabrice François"
    " Guillaume Jérôme Laurent Loïc Mathieu Maxime Nicolas Olivier Pascal Romain Sébastien Xavier"
)

FAMILIES: Final = words(
    "Aubert Barbier Baron Bertin Besnard Blanchard Boucher Bouvier Brunet Carpentier Charpentier"
    " Chevalier Clément Colin Cordier Daniel Delmas Deschamps Dumas Fabre Fournier Gaillard Garnier"
    " Gauthier Guérin Hamon Hubert Jacquet Joly Lacroix Lebrun Lefort Lemoine Maillard Marty"
    " Masson Mouton Noël Olivier Pichon Prévost Rey Robin Rolland Roussel Royer Sauvage Tessier"
    " Vasseur Vidal"
)

STREETS: Final = (
    "rue de la République",
    "rue des Halles",
    "place du Marché",
    "avenue de Grammont",
    "rue du Commerce",
    "quai de la Loire",
    "rue Jean-Jaurès",
    "boulevard Heurteloup",
    "rue des Tanneurs",
    "impasse du Moulin",
    "rue Colbert",
    "route de Chinon",
    "allée des Tilleuls",
    "rue Nationale",
    "place de la Gare",
    "chemin des Vignes",
    "rue Victor-Hugo",
    "rue de la Scellerie",
)

TOWNS: Final = {
    "Tours": "37000",
    "Amboise": "37400",
    "Chinon": "37500",
    "Loches": "37600",
    "Joué-lès-Tours": "37300",
    "Saint-Avertin": "37550",
    "Orléans": "45000",
    "Gien": "45500",
    "Blois": "41000",
    "Vendôme": "41100",
    "Romorantin": "41200",
    "Angers": "49000",
    "Saumur": "49400",
    "Cholet": "49300",
    "Nantes": "44000",
    "Le Mans": "72000",
    "Laval": "53000",
    "Poitiers": "86000",
    "Châtellerault": "86100",
    "Bourges": "18000",
    "Châteauroux": "36000",
    "Chartres": "28000",
    "Rennes": "35000",
}


def ascii_of(text: str) -> str:
    """The text as addresses of the Internet write it: `Élodie L’Hôte` gives `elodie-l-hote`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    apart = "".join(each if each.isalnum() else " " for each in plain.replace("’", " ").lower())
    return "-".join(apart.split())


def domain_of(company: str) -> str:
    """The domain of a company; `.example` belongs to nobody (RFC 2606)."""
    return f"{ascii_of(company)}.example"


def address(random: Random, town: str | None = None) -> dict[str, str]:
    city = town or random.choice(list(TOWNS))
    street = f"{random.randint(1, 140)} {random.choice(STREETS)}"
    return {"street": street, "postal_code": TOWNS[city], "city": city, "country": "FR"}


def person(random: Random) -> dict[str, str]:
    """A salutation, a first and a last name."""
    salutation, first_names = random.choice((("ms", WOMEN), ("mr", MEN)))
    return {
        "salutation": salutation,
        "first_name": random.choice(first_names),
        "last_name": random.choice(FAMILIES),
    }
