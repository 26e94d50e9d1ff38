"""Lire les champs d'une table d'exercice, un par un : ce qui manque ou n'a pas la forme attendue se dit à l'auteur."""

# Une liste déroulante plus large que la page ne se lit pas.
LONGUEUR_EN_LISTE = 80


class FichierIncorrect(ValueError):
    """Un fichier d'exercices mal écrit, ou un exercice introuvable ; le message s'adresse à l'auteur."""


def formule(table: dict, cle: str, ou: str = "") -> str:
    """Une formule entre guillemets ; un nombre nu est accepté."""
    return str(table[cle]) if est_nombre(table.get(cle)) else texte_de(table, cle, ou)


def elements(table: dict, cle: str, connues: set[str], au_moins: int = 2) -> list[tuple[str, dict]]:
    """Les sous-tables ``[[exercice.cle]]``, chacune avec de quoi la nommer dans un message."""
    trouves = table.get(cle, [])
    if (
        not isinstance(trouves, list)
        or len(trouves) < au_moins
        or not all(isinstance(element, dict) for element in trouves)
    ):
        raise FichierIncorrect(f"il faut au moins {au_moins} blocs [[….{cle}]].")
    for rang, element in enumerate(trouves, 1):
        refuser_les_cles_inconnues(element, connues, f"{cle}, n° {rang} : ")
    return [(f"{cle}, n° {rang} : ", element) for rang, element in enumerate(trouves, 1)]


def texte_de(table: dict, cle: str, ou: str = "") -> str:
    valeur = table.get(cle)
    if not isinstance(valeur, str) or not valeur.strip():
        raise FichierIncorrect(f'{ou}il manque « {cle} ». Écrivez {cle} = "…".')
    return valeur.strip()


def oui_non(table: dict, cle: str, ou: str) -> bool:
    if not isinstance(table.get(cle), bool):
        raise FichierIncorrect(f"{ou}écrivez {cle} = true (oui) ou {cle} = false (non).")
    return table[cle]


def est_nombre(valeur) -> bool:
    return isinstance(valeur, int | float) and not isinstance(valeur, bool)


def refuser_les_cles_inconnues(table: dict, connues: set[str], ou: str = "") -> None:
    inconnues = sorted(set(table) - connues)
    if inconnues:
        raise FichierIncorrect(
            f"{ou}« {inconnues[0]} » n'est pas attendu ici. Attendus : {', '.join(sorted(connues))}."
        )


def refuser_les_doublons(textes: list[str], quoi: str) -> None:
    doublons = sorted({texte for texte in textes if textes.count(texte) > 1})
    if doublons:
        raise FichierIncorrect(f"deux fois le même texte ({quoi}) : « {doublons[0]} ».")


def refuser_les_longs(textes: list[str]) -> None:
    longs = [texte for texte in textes if len(texte) > LONGUEUR_EN_LISTE]
    if longs:
        raise FichierIncorrect(
            f"« {longs[0]} » est trop long pour une liste ({LONGUEUR_EN_LISTE} signes au plus)."
        )
