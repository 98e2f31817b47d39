"""What people are told, in French and in English, by key.

Placeholders are named; `{label}` is the field as the viewer reads it. French spacing is put in by
the program: the table is written with plain spaces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from babel import Locale, numbers

LONGEST = 80
"""Characters of a value that a message repeats before it is cut."""


def french(text: str) -> str:
    """`text` with the no-break spaces of French typography: narrow before ; ! ? and wide before
    : and inside « ».
    """
    text = re.sub(" (?=[;!?])", "\u202f", text)
    return re.sub(" (?=[:»])|(?<=«) ", "\u00a0", text)


WORDS: dict[str, tuple[str, str]] = {
    "yes": ("Oui", "Yes"),
    "no": ("Non", "No"),
    # Lists
    "copy_of": ("{name} (copie)", "{name} (copy)"),
    "column_twice": (
        "{label} : « {value} » y est deux fois ; gardez-en une.",
        "{label}: “{value}” is there twice; keep one of them.",
    ),
    "list_is_fixed": (
        "La liste « {name} » existe toujours et ne change pas ; dupliquez-la pour en faire une "
        "autre.",
        "The list “{name}” is always there and never changes; duplicate it to make another.",
    ),
    "several_lists": (
        "{argument} : plusieurs listes s’appellent « {name} » ; donnez l’identifiant de l’une : "
        "{accepted}.",
        "{argument}: several lists are called “{name}”; give the id of one of them: {accepted}.",
    ),
    "other_module": (
        "{argument} : la liste « {name} » n’est pas une liste de : {module}.",
        "{argument}: the list “{name}” is not one of: {module}.",
    ),
    # A field's value
    "still_used": (
        "{label} : il sert encore ; retirez-le d’abord de là où il sert.",
        "{label}: it is still in use; take it from where it is used first.",
    ),
    "still_owns": (
        "{label} : {count} fiches lui appartiennent encore ; dites à qui elles vont.",
        "{label}: it still owns {count} records; say who gets them.",
    ),
    "too_many_of": (
        "{label} : il y en a {maximum} au plus.",
        "{label}: there may be at most {maximum}.",
    ),
    "in_itself": (
        "{label} : cela ferait une boucle : {value}.",
        "{label}: this would close a circle: {value}.",
    ),
    "too_many_with_one": (
        "{label} : on en partage {maximum} au plus avec une même personne, équipe ou rôle.",
        "{label}: at most {maximum} are shared with one user, team or role.",
    ),
    "too_many_shared": (
        "{label} : on en partage {maximum} au plus avec une même personne ou équipe ; une règle de "
        "partage fait mieux.",
        "{label}: at most {maximum} are shared with one user or team; a sharing rule does it "
        "better.",
    ),
    "not_oneself": (
        "{label} : un administrateur ne peut pas se retirer ses propres droits.",
        "{label}: administrators can't take their own rights away.",
    ),
    "required": ("{label} est obligatoire.", "{label} is required."),
    "read_only": (
        "{label} : cette valeur est calculée, elle ne peut pas être saisie.",
        "{label} is computed and cannot be entered.",
    ),
    "fixed_custom": (
        "{label} : le nom et le type ne changent plus ; créez un autre champ.",
        "{label}: its name and type can't be changed any more; create another field.",
    ),
    "not_a_name": (
        "{label} : donnez un identifiant, comme loyaltyLevel, de {maximum} caractères au plus.",
        "{label}: give an identifier, such as loyaltyLevel, of at most {maximum} characters.",
    ),
    "not_a_value": (
        "{label} : « {value} » ; donnez des majuscules, comme GOLD, {maximum} caractères au plus.",
        "{label}: “{value}”; give capitals, such as GOLD, at most {maximum} characters.",
    ),
    "not_indexable": (
        "{label} : les valeurs de ces types ne s’indexent pas : {accepted}.",
        "{label}: values of these types are not indexed: {accepted}.",
    ),
    "not_searchable": (
        "{label} : la recherche ne porte que sur des textes d’une ligne : {accepted}.",
        "{label}: only texts of one line are searched: {accepted}.",
    ),
    "too_many_custom": (
        "{label} : un module en a {maximum} au plus.",
        "{label}: a module has at most {maximum}.",
    ),
    "layout_changed": (
        "{label} : une autre a été enregistrée entre-temps (version {version}).",
        "{label}: another one was saved meanwhile (version {version}).",
    ),
    "required_and_readonly": (
        "{label} ne peut pas être à la fois obligatoire et en lecture seule.",
        "{label} can't be both required and read-only.",
    ),
    "hidden_field": (
        "{argument} : votre profil ne permet pas de lire {name}.",
        "{argument}: your profile does not let you read {name}.",
    ),
    "read_only_here": (
        "{label} : votre société ne laisse pas saisir cette valeur.",
        "{label} may not be entered in your company.",
    ),
    "not_custom": (
        "Les champs personnalisés se donnent comme une liste de noms et de valeurs.",
        "Custom fields are given as a list of names and values.",
    ),
    "written_by_action": (
        "{label} : seule une action peut changer cette valeur ({accepted}).",
        "{label} may only be changed by an action ({accepted}).",
    ),
    "not_unique": (
        "{label} : « {value} » est déjà pris ; cette valeur doit être unique.",
        "{label}: “{value}” is already taken; this value must be unique.",
    ),
    "not_a_choice": (
        "{label} : « {value} » n’est pas dans la liste. Valeurs possibles : {accepted}.",
        "{label}: “{value}” is not in the list. Possible values: {accepted}.",
    ),
    "no_such_target": (
        "{label} : il n’y a pas de fiche {id} à relier ; donnez l’identifiant d’une fiche que vous "
        "pouvez voir.",
        "{label}: there is no record {id} to link to; give the id of a record you may see.",
    ),
    "not_a_party": (
        "« {id} » n’est ni une personne, ni une équipe, ni un rôle de la société.",
        "“{id}” is neither a person, nor a team, nor a role of the company.",
    ),
    "not_an_owner": (
        "Propriétaire : « {id} » n’est ni une personne ni une équipe.",
        "Owner: “{id}” is neither a person nor a team.",
    ),
    "not_a_list": (
        "{label} doit être une liste d’au plus {maximum} éléments.",
        "{label} must be a list of at most {maximum} items.",
    ),
    "too_many": (
        "{argument} : au plus {maximum} à la fois.",
        "{argument}: at most {maximum} at once.",
    ),
    "too_many_words": (
        "{argument} : au plus {maximum} mots.",
        "{argument}: at most {maximum} words.",
    ),
    "not_both": (
        "{labels} : choisissez l’un ou l’autre, pas les deux.",
        "{labels}: choose one or the other, not both.",
    ),
    "id_or_new": (
        "{label} : donnez l’identifiant d’une fiche ou une nouvelle fiche, pas les deux.",
        "{label}: give the id of a record or a new one, not both.",
    ),
    "new_too_deep": (
        "Une nouvelle fiche peut en contenir d’autres sur {maximum} niveaux au plus ; créez "
        "d’abord les autres.",
        "A new record may hold others up to {maximum} levels deep; create the others first.",
    ),
    "rows_refused": (
        "Fiches refusées : {count} sur {total} ; aucune n’a été modifiée.",
        "Refused: {count} of {total} records; none was changed.",
    ),
    "not_a_color": (
        "{label} doit être une couleur, par exemple #1f6feb.",
        "{label} must be a colour, such as #1f6feb.",
    ),
    "too_many_tags": (
        "Cette fiche porte déjà beaucoup d’étiquettes ; au plus {maximum}.",
        "This record has many tags already; {maximum} at most.",
    ),
    "tag_on_too_many": (
        "Cette étiquette est sur plus de {maximum} fiches ; retirez-la d’abord de certaines.",
        "This tag is on more than {maximum} records; take it off some of them first.",
    ),
    "tag_used_by_others": (
        "D’autres personnes ont mis cette étiquette sur des fiches ; elle reste partagée.",
        "Others have put this tag on records; it stays shared.",
    ),
    "tag_on_others_records": (
        "Cette étiquette est sur des fiches que vous ne pouvez pas modifier ; retirez-la de "
        "celles-ci avant de la partager.",
        "This tag is on records that you may not edit; take it off those before you share it.",
    ),
    "not_a_line": (
        "{label} : chaque élément doit être un objet, avec les champs d’une ligne.",
        "{label}: each item must be an object, with the fields of a line.",
    ),
    "line_is_source": (
        "{label} : une ligne que vous retirez est l’origine d’une ligne d’un autre document ; "
        "gardez-la, avec son identifiant.",
        "{label}: a line you remove is the source of another document's line; keep it, with its "
        "id.",
    ),
    "too_large_to_store": (
        "Une valeur, ou un total qui en découle, est trop grande pour être enregistrée.",
        "A value, or a total that follows from one, is too large to be stored.",
    ),
    "target_gone": (
        "Une fiche reliée vient de disparaître ; relisez la fiche, puis recommencez.",
        "A linked record has just gone; read the record again, then retry.",
    ),
    "unknown_field": (
        "« {name} » n’est pas un champ. Champs possibles : {accepted}.",
        "“{name}” is not a field. Possible fields: {accepted}.",
    ),
    "not_text": ("{label} doit être un texte.", "{label} must be text."),
    "too_long": (
        "{label} doit tenir en {maximum} caractères.",
        "{label} must be at most {maximum} characters long.",
    ),
    "bad_character": (
        "{label} contient un caractère qui ne peut pas être enregistré (nul ou demi-codet) ; "
        "retirez-le.",
        "{label} holds a character that cannot be stored (NUL or half a surrogate pair); "
        "remove it.",
    ),
    "not_one_line": (
        "{label} doit tenir sur une ligne, sans tabulation ni caractère de commande.",
        "{label} must be on one line, without tabs or control characters.",
    ),
    "not_an_email": (
        "{label} doit être une adresse électronique, par exemple prenom.nom@exemple.fr.",
        "{label} must be an e-mail address, such as first.last@example.com.",
    ),
    "not_a_url": (
        "{label} doit être une adresse commençant par https:// ou http://, par exemple "
        "https://www.exemple.fr.",
        "{label} must be an address starting with https:// or http://, such as "
        "https://www.example.com.",
    ),
    "not_an_iban": (
        "{label} doit être un IBAN dont la clé est juste, par exemple "
        "FR76 3000 6000 0112 3456 7890 189.",
        "{label} must be an IBAN with right check digits, such as "
        "FR76 3000 6000 0112 3456 7890 189.",
    ),
    "not_a_bic": (
        "{label} doit être un BIC de 8 ou 11 caractères, par exemple AGRIFRPP.",
        "{label} must be a BIC of 8 or 11 characters, such as AGRIFRPP.",
    ),
    "not_a_siren": (
        "{label} doit être un numéro SIREN : 9 chiffres dont la clé est juste.",
        "{label} must be a SIREN number: 9 digits with a right check digit.",
    ),
    "not_a_siret": (
        "{label} doit être un numéro SIRET : 14 chiffres dont la clé est juste.",
        "{label} must be a SIRET number: 14 digits with a right check digit.",
    ),
    "not_a_vat_number": (
        "{label} doit être un numéro de TVA avec les deux lettres du pays et une clé juste, par "
        "exemple FR40303265045.",
        "{label} must be a VAT number with the two letters of its country and right check digits, "
        "such as FR40303265045.",
    ),
    "not_a_currency": (
        "{label} doit être un code de devise de trois lettres (ISO 4217), par exemple EUR.",
        "{label} must be a currency code of three letters (ISO 4217), such as EUR.",
    ),
    "not_a_number": (
        "{label} doit être un nombre écrit avec un point, par exemple 1234.56.",
        "{label} must be a number written with a point, such as 1234.56.",
    ),
    "not_an_integer": ("{label} doit être un nombre entier.", "{label} must be a whole number."),
    "out_of_range": (
        "{label} doit être compris entre {minimum} et {maximum}.",
        "{label} must be between {minimum} and {maximum}.",
    ),
    "too_many_decimals": (
        "{label} accepte au plus {places} décimales ; arrondissez la valeur.",
        "{label} takes at most {places} decimals; round the value.",
    ),
    "not_a_boolean": ("{label} doit être vrai ou faux.", "{label} must be true or false."),
    "not_a_date": (
        "{label} doit être une date de la forme AAAA-MM-JJ, par exemple 2026-03-31.",
        "{label} must be a date of the form YYYY-MM-DD, such as 2026-03-31.",
    ),
    "not_a_datetime": (
        "{label} doit être une date et une heure avec leur décalage, par exemple "
        "2026-03-31T14:05:00+02:00.",
        "{label} must be a date and a time with their offset, such as 2026-03-31T14:05:00+02:00.",
    ),
    "no_such_date": (
        "{label} doit être un jour et une heure qui existent, entre les années 0001 et 9999.",
        "{label} must be a day and a time that exist, between the years 0001 and 9999.",
    ),
    "not_an_address": (
        "{label} doit être un objet, par exemple "
        '{{"street": "12 rue de la Paix", "postalCode": "75002", "city": "Paris"}}.',
        "{label} must be an object, such as "
        '{{"street": "12 rue de la Paix", "postalCode": "75002", "city": "Paris"}}.',
    ),
    "unknown_key": (
        "{label} : « {name} » est inconnu. Clés possibles : {accepted}.",
        "{label}: “{name}” is unknown. Possible keys: {accepted}.",
    ),
    "not_json": (
        "{label} doit être une valeur JSON, sans NaN ni infini.",
        "{label} must be a JSON value, without NaN or infinity.",
    ),
    "json_too_deep": (
        "{label} doit avoir au plus {maximum} niveaux d’imbrication.",
        "{label} must have at most {maximum} levels of nesting.",
    ),
    "json_too_large": (
        "{label} doit tenir en {maximum} octets.",
        "{label} must fit in {maximum} bytes.",
    ),
    # Records
    "not_found": (
        "{kind} {id} : il n’existe aucune fiche de ce nom que vous puissiez voir.",
        "{kind} {id}: there is no such record that you may see.",
    ),
    "invalid_input": (
        "Rien n’a été enregistré. Valeurs à corriger : {count}.",
        "Nothing was saved. Values to correct: {count}.",
    ),
    "conflict": (
        "Quelqu’un d’autre a changé entre-temps : {fields}. Relisez la fiche, puis recommencez.",
        "Someone else has meanwhile changed: {fields}. Read the record again, then retry.",
    ),
    "field_conflict": (
        "{label} a changé entre-temps : c’était « {original} », c’est maintenant « {stored} », "
        "vous donnez « {yours} ». Choisissez, puis recommencez avec la version actuelle.",
        "{label} has meanwhile changed: it was “{original}”, it is now “{stored}”, you give "
        "“{yours}”. Choose, then retry with the current version.",
    ),
    "locked": (
        "{record} est verrouillé : seuls les commentaires, documents, activités et étiquettes "
        "peuvent encore changer.",
        "{record} is locked: only its comments, documents, activities and tags may still change.",
    ),
    # Accounting documents
    "no_items": (
        "{label} : il faut au moins une ligne d’article pour valider.",
        "{label}: at least one item line is needed to validate.",
    ),
    "wrong_status": (
        "{record} est au statut « {status} » ; cette action demande : {accepted}.",
        "{record} has the status “{status}”; this action takes: {accepted}.",
    ),
    "too_few": (
        "{label} : il en faut au moins {minimum}.",
        "{label}: at least {minimum} needed.",
    ),
    "one_of": (
        "{labels} : donnez l’un ou l’autre, supérieur à zéro.",
        "{labels}: give one or the other, more than zero.",
    ),
    "unbalanced": (
        "{label} : les débits font {debit} et les crédits {credit} ; il faut deux totaux égaux.",
        "{label}: debits make {debit} and credits {credit}; both totals must be the same.",
    ),
    "inactive": (
        "{label} : {record} n’est plus actif ; choisissez-en un autre ou réactivez-le.",
        "{label}: {record} is no longer active; choose another or make it active again.",
    ),
    "no_third_party": (
        "{label} : {record} n’est pas un compte de tiers ; seule une ligne d’un compte de classe 4 "
        "nomme un tiers.",
        "{label}: {record} is no third-party account; only a line on an account of class 4 names "
        "a third party.",
    ),
    "outside_fiscal_year": (
        "{label} : le {day} n’est pas dans l’exercice « {year} ».",
        "{label}: {day} is not in the fiscal year “{year}”.",
    ),
    "before_the_original": (
        "{label} : {record} est du {day} ; choisissez ce jour ou un jour suivant.",
        "{label}: {record} is of {day}; choose that day or a later one.",
    ),
    "still_allocated": (
        "{record} : un paiement lui est affecté ({other}) ; annulez d’abord cette affectation.",
        "{record}: a payment is allocated to it ({other}); cancel that allocation first.",
    ),
    "not_to_the_cent": (
        "{record} : ce qu’il en reste ne peut être crédité au centime près, à cause des avoirs qui "
        "lui sont affectés ; annulez d’abord ces affectations.",
        "{record}: what is left of it cannot be credited to the cent, for the credit notes "
        "allocated to it; cancel those allocations first.",
    ),
    "wrong_expense": (
        "{record} : le montant doit être supérieur à zéro, et la TVA comprise entre zéro et lui.",
        "{record}: the amount must be more than zero, and the VAT between zero and it.",
    ),
    "by_another": (
        "{record} : personne n’approuve ni ne refuse ses propres frais ; un autre doit le faire.",
        "{record}: nobody approves or refuses their own expenses; someone else must.",
    ),
    "not_positive": (
        "{label} doit être supérieur à zéro.",
        "{label} must be more than zero.",
    ),
    "fiscal_year_closed": (
        "{label} : le {day} est dans l’exercice « {year} », qui n’est plus ouvert ; choisissez une "
        "date d’un exercice ouvert.",
        "{label}: {day} is in the fiscal year “{year}”, which is no longer open; choose a date in "
        "an open one.",
    ),
    "books_locked": (
        "{label} : le {day} est verrouillé ; choisissez une date après le {until}.",
        "{label}: {day} is locked; choose a date after {until}.",
    ),
    "before_the_last": (
        "{label} : {last} est déjà du {day}, et les numéros suivent l’ordre des dates ; choisissez "
        "le {day} ou une date suivante.",
        "{label}: {last} is already of {day}, and numbers follow the order of dates; choose {day} "
        "or a later date.",
    ),
    "not_validated": (
        "{record} n’est pas validé, ou ne l’est plus : il ne peut pas être affecté.",
        "{record} is not validated, or no longer: it cannot be allocated.",
    ),
    "not_approved": (
        "{record} n’a pas le bon à payer ; donnez-le avant d’affecter un paiement.",
        "{record} is not approved for payment; approve it before allocating a payment.",
    ),
    "other_party": (
        "{record} et {other} ne sont pas du même tiers ; {label} doit être le même.",
        "{record} and {other} are not of the same party; {label} must be the same.",
    ),
    "other_currency": (
        "{record} et {other} ne sont pas dans la même devise.",
        "{record} and {other} are not in the same currency.",
    ),
    "same_side": (
        "{record} et {other} vont dans le même sens et ne se soldent pas l’un par l’autre.",
        "{record} and {other} go the same way and do not settle each other.",
    ),
    "nothing_left": (
        "{record} : il ne reste rien à affecter.",
        "{record}: nothing is left to allocate.",
    ),
    "too_much": (
        "{label} : il reste au plus {maximum} à affecter entre {record} et {other}.",
        "{label}: at most {maximum} is left to allocate between {record} and {other}.",
    ),
    # Conversions
    "not_convertible": (
        "{record} ne peut pas être converti : annulé ou refusé, rien n’en est repris ; en "
        "brouillon, un document comptable doit d’abord être validé.",
        "{record} cannot be converted: nothing is taken from what is cancelled or refused, and an "
        "accounting document that is a draft must be validated first.",
    ),
    "nothing_to_convert": (
        "{record} : il ne reste rien à convertir en {target}.",
        "{record}: nothing is left to convert into {target}.",
    ),
    "not_a_line_to_convert": (
        "La ligne {id} n’est pas une ligne de ce document qui puisse être convertie.",
        "Line {id} is not a line of this document that can be converted.",
    ),
    "line_converted": (
        "« {line} » est déjà entièrement convertie.",
        "“{line}” is already converted entirely.",
    ),
    "more_than_left": (
        "« {line} » : il reste {left} à convertir ; demandez-en au plus autant, ou confirmez par "
        "allowExcess.",
        "“{line}”: {left} is left to convert; ask for at most that, or confirm by allowExcess.",
    ),
    "wrong_quantity": (
        "« {line} » : donnez une quantité qui ne soit pas nulle, du même signe que celle de la "
        "ligne.",
        "“{line}”: give a quantity that is not zero, of the same sign as the line’s.",
    ),
    "already_converted": (
        "{record} est déjà converti et ne peut pas l’être une seconde fois.",
        "{record} is already converted and cannot be converted again.",
    ),
    # Access
    "unauthenticated": (
        "Connectez-vous : cette requête demande un jeton (Authorization: Bearer …).",
        "Sign in: this request needs a token (Authorization: Bearer …).",
    ),
    "bad_token": (
        "Ce jeton n’est pas valable, ou ne l’est plus ; connectez-vous pour en recevoir un autre.",
        "This token is not valid, or no longer; sign in to receive another.",
    ),
    "bad_password": (
        "Adresse ou mot de passe inexact ; vérifiez les deux.",
        "Wrong address or password; check both.",
    ),
    "rate_limited": (
        "Trop d’échecs de connexion ; recommencez dans {seconds} s.",
        "Too many failures to sign in; try again in {seconds} s.",
    ),
    "rate_of_user": (
        "Vous avez demandé trop en une minute ; recommencez dans {seconds} s, avec des pages plus "
        "petites.",
        "You have asked for too much in a minute; try again in {seconds} s, with smaller pages.",
    ),
    "rate_of_address": (
        "Votre adresse a demandé trop en une minute ; recommencez dans {seconds} s.",
        "Your address has asked for too much in a minute; try again in {seconds} s.",
    ),
    "key_reads_only": (
        "Cette clé d’API ne permet que la lecture ; prenez-en une de portée WRITE.",
        "This API key may only read; use one with the scope WRITE.",
    ),
    "key_may_not": (
        "Une clé d’API ne le permet pas ; connectez-vous en personne.",
        "An API key may not do this; sign in yourself.",
    ),
    "password_too_short": (
        "{label} : donnez au moins {minimum} caractères ; une phrase convient.",
        "{label}: use at least {minimum} characters; a sentence will do.",
    ),
    "password_is_email": (
        "{label} : ce ne peut être votre adresse ; choisissez-en un autre.",
        "{label} may not be your address; choose another.",
    ),
    "password_is_common": (
        "{label} : il est des premiers qu’on essaie ; choisissez-en un autre.",
        "{label}: it is among the first that people try; choose another.",
    ),
    "wrong_password": (
        "{label} : ce n’est pas le mot de passe actuel.",
        "{label} is not the present one.",
    ),
    "not_in_future": (
        "{label} : donnez un moment à venir.",
        "{label} must be in the future.",
    ),
    "too_many_keys": (
        "Une personne a {maximum} clés d’API au plus ; révoquez-en une.",
        "A person has at most {maximum} API keys; revoke one.",
    ),
    "forbidden": (
        "Votre profil ne permet pas cette action : {subject}. Un administrateur peut l’accorder.",
        "Your profile does not allow this action: {subject}. An administrator can grant it.",
    ),
    "forbidden_read": (
        "Votre profil ne permet pas de lire : {subject}. Un administrateur peut l’accorder.",
        "Your profile does not allow reading: {subject}. An administrator can grant it.",
    ),
    "forbidden_create": (
        "Votre profil ne permet pas de créer : {subject}. Un administrateur peut l’accorder.",
        "Your profile does not allow creating: {subject}. An administrator can grant it.",
    ),
    "forbidden_edit": (
        "Votre profil ne permet pas de modifier : {subject}. Un administrateur peut l’accorder.",
        "Your profile does not allow editing: {subject}. An administrator can grant it.",
    ),
    "forbidden_delete": (
        "Votre profil ne permet pas de supprimer : {subject}. Un administrateur peut l’accorder.",
        "Your profile does not allow deleting: {subject}. An administrator can grant it.",
    ),
    "forbidden_export": (
        "Votre profil ne permet pas d’exporter : {subject}. Un administrateur peut l’accorder.",
        "Your profile does not allow exporting: {subject}. An administrator can grant it.",
    ),
    "forbidden_comment": (
        "Votre profil ne permet pas de commenter : {subject}. Un administrateur peut l’accorder.",
        "Your profile does not allow commenting on: {subject}. An administrator can grant it.",
    ),
    # Requests
    "bad_user_input": (
        "{argument} : cette valeur n’est pas acceptée. Attendu : {accepted}.",
        "{argument}: this value is not accepted. Expected: {accepted}.",
    ),
    "no_such_tab": (
        "{argument} : la fiche « {module} » n’a pas ici d’onglet « {name} ». Onglets possibles : "
        "{names}.",
        "{argument}: “{module}” has no tab “{name}” here. Possible tabs: {names}.",
    ),
    "tab_of_relation": (
        "« {tab} » : une fiche « {module} » n’y figure que par son champ « {label} » ; c’est ce "
        "champ ({argument}) qu’il faut changer, par {accepted}.",
        "“{tab}”: a record “{module}” stands in it by its field “{label}” only; it is that field "
        "({argument}) which has to be changed, with {accepted}.",
    ),
    "bad_id": (
        "{argument} : « {value} » n’est pas un identifiant ; donnez un id tel que le service l’a "
        "rendu.",
        "{argument}: “{value}” is not an id; give an id as the service returned it.",
    ),
    "subscription_over_http": (
        "{argument} : un abonnement passe par un WebSocket ou par des événements ; ouvrez-en un à "
        "cette même adresse, sous-protocole graphql-transport-ws, ou demandez « Accept: "
        "text/event-stream ».",
        "{argument}: a subscription needs a WebSocket or a stream of events; open one at this same "
        "address, subprotocol graphql-transport-ws, or ask with “Accept: text/event-stream”.",
    ),
    "bad_cursor": (
        "{argument} : ce curseur ne vient pas de cette liste ; donnez celui d’une page lue avec le "
        "même filtre et le même ordre.",
        "{argument}: this cursor is not from this list; give one from a page read with the same "
        "filter and order.",
    ),
    "bad_page": (
        "{argument} doit être compris entre {minimum} et {maximum}.",
        "{argument} must be between {minimum} and {maximum}.",
    ),
    "bad_page_direction": (
        "{argument} ne va pas avec les autres arguments : first avec after, ou last avec before.",
        "{argument} does not go with the other arguments: first with after, or last with before.",
    ),
    "bad_filter": (
        "{argument} : ce filtre n’est pas accepté. Attendu : {accepted}.",
        "{argument}: this filter is not accepted. Expected: {accepted}.",
    ),
    "bad_filter_name": (
        "{argument} : « {name} » ne peut pas être filtré ici. Noms possibles : {accepted}.",
        "{argument}: “{name}” cannot be filtered here. Possible names: {accepted}.",
    ),
    "not_a_key": (
        "{argument} : « {name} » n’est pas un champ clé (isKey) ; seuls les champs clés font des "
        "groupes : {accepted}.",
        "{argument}: “{name}” is not a key field (isKey); only key fields make groups: {accepted}.",
    ),
    "bad_group_name": (
        "{argument} : « {name} » ne convient pas ici. Noms possibles : {accepted}.",
        "{argument}: “{name}” does not go here. Possible names: {accepted}.",
    ),
    "not_dated": (
        "{argument} : « {name} » n’est pas une date ; seules les dates ont des périodes "
        "({accepted}).",
        "{argument}: “{name}” is not a date; only dates have periods ({accepted}).",
    ),
    "group_of_group": (
        "{argument} : un groupe n’a pas de sous-groupes ; donnez toutes les clés ensemble, dans "
        "« by ».",
        "{argument}: a group has no groups; give all keys together, in “by”.",
    ),
    "filter_too_deep": (
        "{argument} : au plus {maximum} niveaux sont acceptés.",
        "{argument}: at most {maximum} levels are accepted.",
    ),
    "filter_too_large": (
        "{argument} : au plus {maximum} valeurs sont acceptées.",
        "{argument}: at most {maximum} values are accepted.",
    ),
    "unknown_document": (
        "Aucun document n’est connu sous « {id} » ; donnez-en le texte, ou faites-le charger.",
        "No document is known as “{id}”; send its text, or have it loaded.",
    ),
    # Clients compare these with what Apollo's servers say, word by word.
    "automatic_unknown": ("PersistedQueryNotFound", "PersistedQueryNotFound"),
    "automatic_unsupported": ("PersistedQueryNotSupported", "PersistedQueryNotSupported"),
    "trusted_only": (
        "Seuls les documents chargés d’avance sont exécutés ici ; envoyez leur identifiant.",
        "Only documents loaded beforehand are executed here; send their id.",
    ),
    "document_and_query": (
        "{argument} : ce texte n’est pas celui de l’identifiant donné ; envoyez l’un ou l’autre.",
        "{argument}: this is not the text of the id given; send the one or the other.",
    ),
    "hash_of_another": (
        "{argument} : ce n’est pas l’empreinte SHA-256 du texte donné ; calculez-la de nouveau.",
        "{argument}: this is not the SHA-256 of the text given; compute it again.",
    ),
    "query_too_complex": (
        "Cette requête demande {requested} éléments, le maximum est {maximum} ; demandez des pages "
        "plus petites ou moins de niveaux.",
        "This query asks for {requested} items, the most is {maximum}; ask for smaller pages or "
        "fewer levels.",
    ),
    "query_values": (
        "Cette requête demande {requested} valeurs, le maximum est {maximum} ; demandez des pages "
        "plus petites ou moins de champs.",
        "This query asks for {requested} values, the most is {maximum}; ask for smaller pages or "
        "fewer fields.",
    ),
    "query_depth": (
        "Ce document a {requested} niveaux de champs, le maximum est {maximum} ; demandez "
        "moins de niveaux, en plusieurs requêtes s’il le faut.",
        "This document nests fields {requested} levels deep, the most is {maximum}; ask for "
        "fewer levels, in several requests if need be.",
    ),
    "query_fields": (
        "Ce document demande {requested} champs, fragments compris, le maximum est {maximum} "
        "; partagez-le en plusieurs requêtes.",
        "This document asks for {requested} fields, fragments included, the most is "
        "{maximum}; split it into several requests.",
    ),
    "query_aliases": (
        "Ce document a {requested} alias, le maximum est {maximum} ; partagez-le, ou demandez"
        " une liste plutôt que le même champ plusieurs fois.",
        "This document has {requested} aliases, the most is {maximum}; split it, or ask for a"
        " list in place of one field many times.",
    ),
    "query_directives": (
        "Ce document a {requested} directives, le maximum est {maximum} ; retirez-en.",
        "This document has {requested} directives, the most is {maximum}; remove some.",
    ),
    "query_fragments": (
        "Les fragments de ce document sont imbriqués sur {requested} niveaux, le maximum est "
        "{maximum} ; écrivez-les à plat.",
        "The fragments of this document are nested {requested} levels deep, the most is "
        "{maximum}; write them flat.",
    ),
    "query_mutations": (
        "Ce document a {requested} mutations, le maximum est {maximum} ; envoyez-en "
        "plusieurs, ou prenez une mutation de plusieurs fiches.",
        "This document has {requested} mutations, the most is {maximum}; send several, or use"
        " a mutation of many records.",
    ),
    "query_tokens": (
        "Ce document est trop long : plus de {maximum} mots et signes ; donnez les valeurs en"
        " variables, ou partagez-le.",
        "This document is too long: more than {maximum} words and signs; give values as "
        "variables, or split it.",
    ),
    "socket_operations": (
        "Ce WebSocket porte déjà {maximum} opérations ; terminez-en, ou ouvrez-en un autre.",
        "This WebSocket carries {maximum} operations already; complete some, or open another.",
    ),
    "body_too_large": (
        "La demande dépasse {maximum} octets ; partagez-la en plusieurs.",
        "The request is larger than {maximum} bytes; split it into several.",
    ),
    "body_too_slow": (
        "Le corps de la demande n’est pas arrivé en {seconds} s ; envoyez-la de nouveau.",
        "The body of the request did not arrive within {seconds} s; send it again.",
    ),
    "bad_json": (
        "{argument} : ce n’est pas du JSON en UTF-8 (ligne {line}, colonne {column}).",
        "{argument}: this is no JSON in UTF-8 (line {line}, column {column}).",
    ),
    "request_too_deep": (
        "{argument} : listes et objets y sont imbriqués sur plus de {maximum} niveaux.",
        "{argument}: lists and objects are nested in more than {maximum} levels.",
    ),
    "json_twice": (
        "{argument} : la clé « {name} » y est deux fois dans un même objet ; gardez-en une.",
        "{argument}: the key “{name}” is there twice in one object; keep one of them.",
    ),
    "json_number": (
        "{argument} : le nombre {value} est trop grand ; au-delà de 64 bits, envoyez du texte.",
        "{argument}: the number {value} is too large; beyond 64 bits, send text.",
    ),
    "method_not_allowed": (
        "La méthode {method} n’est pas acceptée ici ; utilisez {accepted}.",
        "The method {method} is not accepted here; use {accepted}.",
    ),
    "mutation_by_get": (
        "Une mutation ne passe pas par GET ; envoyez-la par POST.",
        "A mutation cannot be sent by GET; send it by POST.",
    ),
    "not_acceptable": (
        "{argument} : aucun de ces formats de réponse n’existe ici ; acceptez {accepted}.",
        "{argument}: none of these forms of answer exists here; accept {accepted}.",
    ),
    "body_not_json": (
        "{argument} : le corps doit être en {accepted} ; annoncez-le dans cet en-tête.",
        "{argument}: the body has to be {accepted}; say so in this header.",
    ),
    "no_batches": (
        "{argument} : une seule opération par demande, non une liste ; envoyez-les une à une,"
        " par HTTP/1.1 persistant ou par un WebSocket.",
        "{argument}: one operation a request, not a list; send them one by one, over a kept "
        "connection or a WebSocket.",
    ),
    "bad_parameter": (
        "{argument} doit être : {accepted}.",
        "{argument} must be {accepted}.",
    ),
    "no_query": (
        "{argument} : donnez le document GraphQL à exécuter.",
        "{argument}: give the GraphQL document to execute.",
    ),
    "which_operation": (
        "{argument} : le document n’a pas l’opération demandée, ou en a plusieurs ; nommez "
        "l’une d’elles.",
        "{argument}: the document lacks the operation asked for, or has several; name one of them.",
    ),
    "introspection_off": (
        "Le schéma n’est montré qu’aux administrateurs ; il est aussi dans schema.graphql.",
        "The schema is shown to administrators only; it is in schema.graphql too.",
    ),
    "bad_key": (
        "{argument} : donnez de 1 à {maximum} caractères, sans caractère de commande.",
        "{argument}: give 1 to {maximum} characters, without control characters.",
    ),
    "idempotency_mismatch": (
        "La clé d’idempotence « {idempotency_key} » a déjà servi à une autre demande ; prenez une "
        "clé nouvelle.",
        "The idempotency key “{idempotency_key}” was already used for another request; take a new "
        "key.",
    ),
    "timeout": (
        "La requête a duré plus de {seconds} s et a été arrêtée ; resserrez le filtre ou demandez "
        "une page plus petite.",
        "The query took over {seconds} s and was stopped; narrow the filter or ask for a smaller "
        "page.",
    ),
    "unavailable": (
        "Le service est occupé ; recommencez dans {seconds} s.",
        "The service is busy; try again in {seconds} s.",
    ),
    "internal": (
        "Une erreur interne est survenue ; donnez la référence {reference} à l’administrateur.",
        "An internal error occurred; give the reference {reference} to the administrator.",
    ),
}

MESSAGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {key: (french(fr), en) for key, (fr, en) in WORDS.items()}
)
"""Every message by key: French, English."""


def message(key: str, language: str, /, **params: object) -> str:
    """The text of `key` in French for "fr" (or "fr-CA"), else in English, with `params` filled in.

    A param that has labels (`.fr`, `.en`) is said in that language, numbers are written its way,
    lists are joined by commas. KeyError for an unknown key or a missing param.
    """
    text = MESSAGES[key][0 if is_french(language) else 1]
    return text.format_map({name: shown(value, language) for name, value in params.items()})


def shown(value: object, language: str) -> str:
    """`value` as a message says it: short, and made of characters that can be sent."""
    words = getattr(value, "label", value)  # a Choice says its label
    label = getattr(words, "fr" if is_french(language) else "en", None)
    if isinstance(label, str):
        return label
    match value:
        case None:
            return "–"
        case bool():
            return message("yes" if value else "no", language)
        case int() | Decimal():
            return numbers.format_decimal(
                value, locale=locale(language), decimal_quantization=False
            )
        case str():
            # Half a surrogate pair would break the answer it is quoted in.
            whole = str.__str__(value).encode(errors="replace").decode()
            return whole if len(whole) <= LONGEST else whole[: LONGEST - 1] + "…"
        case Sequence():
            return ", ".join(shown(item, language) for item in value)
        case _:
            return shown(str(value), language)


def is_french(language: str) -> bool:
    return language[:2].lower() == "fr"


def locale(language: str) -> Locale:
    """Babel's locale for French or English; English for whatever is neither."""
    return parsed("fr" if is_french(language) else "en")


@cache
def parsed(identifier: str) -> Locale:
    return Locale.parse(identifier)
