"""Ce que chaque geste a fait, en une phrase."""

from grc_helpers.exploration.fichier import Colonne, Fichier
from grc_helpers.exploration.gestes import (
    Calcul,
    Croisement,
    Filtre,
    Operation,
    Tri,
    ecrire_mesure,
    ecrire_valeur,
)
from grc_helpers.francais.nombres import ecrire_nombre, sans_accents
from grc_helpers.francais.typographie import insecables

# Une phrase cite les premiers groupes ; le tableau les donne tous.
GROUPES_CITES = 3
VOYELLES = "aeiouyh"
ENSEMBLE = "Ensemble"
NOMS: dict[Operation, str] = {
    "total": "total",
    "moyenne": "moyenne",
    "minimum": "le plus petit",
    "maximum": "le plus grand",
}


def combien(fichier: Fichier, nombre: int) -> str:
    """« 1 client », « 600 clients ».

    >>> from grc_helpers.exploration.fichier import decrire
    >>> combien(decrire("clients_fleur_d_atlas"), 1)
    '1\\xa0client'
    """
    return f"{ecrire_nombre(nombre)}\u00a0{fichier.ligne if nombre < 2 else fichier.lignes}"


def dans_une_phrase(titre: str) -> str:
    """Le titre d'une colonne, sans sa majuscule, sauf un sigle.

    >>> dans_une_phrase("Quartier"), dans_une_phrase("CA")
    ('quartier', 'CA')
    """
    return titre if titre[:2].isupper() else titre[:1].lower() + titre[1:]


def condition(filtre: Filtre) -> str:
    """« quartier = Port », « achats ≥ 3 »."""
    valeur = ecrire_valeur(filtre.colonne, filtre.valeur)
    if filtre.colonne.genre == "date":
        signe = {"≥": "à partir du", "≤": "jusqu'au", "=": "le"}[filtre.signe]
    else:
        signe = filtre.signe
        valeur = f"«\u00a0{valeur}\u00a0»" if signe == "contient" else valeur
    return f"{dans_une_phrase(filtre.colonne.titre)} {signe}\u00a0{valeur}"


def filtrage(fichier: Fichier, filtres: tuple[Filtre, ...], gardees: int, en_tout: int) -> str:
    """Combien de lignes restent, et pourquoi.

    >>> from grc_helpers.exploration.fichier import decrire
    >>> f = decrire("clients_fleur_d_atlas")
    >>> port = Filtre(f.colonnes[3], "=", "Port")
    >>> filtrage(f, (port,), 180, 600).replace("\\u00a0", " ")
    '180 clients sur 600 gardés : quartier = Port.'
    """
    if not filtres:
        return f"{combien(fichier, en_tout)}, sans aucun filtre."
    accord = ("ée" if fichier.feminin else "é") + ("s" if gardees > 1 else "")
    criteres = " et ".join(map(condition, filtres))
    return insecables(
        f"{combien(fichier, gardees)} sur {ecrire_nombre(en_tout)} gard{accord} : {criteres}."
    )


def rien_a_garder(fichier: Fichier, filtre: Filtre, gardees: int) -> str:
    """Le filtre ne garderait rien : il n'est pas posé."""
    aucun = f"{'Aucune' if fichier.feminin else 'Aucun'} {fichier.ligne}"
    parmi = f"parmi les {combien(fichier, gardees)} à l'écran"
    return insecables(
        f"{aucun} {parmi} : {condition(filtre)}. Le filtre n'est pas posé ; changez la valeur, ou annulez un geste."
    )


def tri(geste: Tri, premiere: str) -> str:
    """Dans quel ordre sont les lignes, et laquelle vient en tête (``premiere``, sa valeur).

    >>> tri(Tri(Colonne("ca", "CA", "nombre", "€"), False), "900 €").replace("\\u00a0", " ")
    'Lignes rangées par CA, du plus grand au plus petit ; en tête : 900 €.'
    """
    nom = dans_une_phrase(geste.colonne.titre)
    return insecables(f"Lignes rangées par {nom}, {sens(geste)} ; en tête : {premiere}.")


def sens(geste: Tri) -> str:
    bas, haut = bouts(geste.colonne)
    return f"{bas} {haut}" if geste.croissant else f"{_de(haut)} {_a(bas)}"


def bouts(colonne: Colonne) -> tuple[str, str]:
    """Les deux bouts d'un ordre croissant."""
    if colonne.genre == "nombre":
        return "du plus petit", "au plus grand"
    if colonne.genre == "date":
        return "du plus ancien", "au plus récent"
    return "de A", "à Z"


def _de(haut: str) -> str:
    return haut.replace("au ", "du ", 1).replace("à Z", "de Z")


def _a(bas: str) -> str:
    return bas.replace("du ", "au ", 1).replace("de A", "à A")


def quoi(fichier: Fichier, operation: Operation, mesure: Colonne | None) -> str:
    """Ce que l'on calcule.

    >>> from grc_helpers.exploration.fichier import decrire
    >>> fichier = decrire("clients_fleur_d_atlas")
    >>> quoi(fichier, "nombre", None), quoi(fichier, "total", Colonne("ca", "CA", "nombre"))
    ('Nombre de clients', 'CA (total)')
    """
    if operation == "nombre" or mesure is None:
        return f"Nombre {de(fichier.lignes)}"
    return f"{mesure.titre} ({NOMS[operation]})"


def de(nom: str) -> str:
    """« de clients », « d'appels »."""
    return f"d'{nom}" if sans_accents(nom)[:1] in VOYELLES else f"de {nom}"


def ecrire_resultat(operation: Operation, mesure: Colonne | None, valeur: float) -> str:
    """Une valeur calculée et son unité ; deux décimales au plus."""
    if mesure is None or operation == "nombre":
        return ecrire_nombre(valeur)
    return ecrire_mesure(valeur, mesure)


def groupement(
    fichier: Fichier, calcul: Calcul, valeurs: dict[str, float], ensemble: float, ranges: bool
) -> str:
    """Ce qui est calculé, par quoi, ce qu'il en ressort."""
    titre = quoi(fichier, calcul.operation, calcul.mesure)
    tout = ecrire_resultat(calcul.operation, calcul.mesure, ensemble)
    if calcul.groupe is None:
        return insecables(f"{titre} : {tout}.")
    ordre = "" if ranges else ", du plus grand au plus petit"
    rangees = sorted(valeurs.items(), key=lambda paire: -paire[1])[:GROUPES_CITES]
    cites = " ; ".join(
        f"{nom}, {ecrire_resultat(calcul.operation, calcul.mesure, valeur)}"
        for nom, valeur in rangees
    )
    devant = "en tête, " if len(valeurs) > GROUPES_CITES else ""
    return insecables(
        f"{titre}, par {dans_une_phrase(calcul.groupe.titre)}{ordre} : {devant}{cites}. Ensemble : {tout}."
    )


def croisement(fichier: Fichier, geste: Croisement, ensemble: float) -> str:
    """Ce que dit chaque case, et l'ensemble."""
    titre = quoi(fichier, geste.operation, geste.mesure)
    par = f"{dans_une_phrase(geste.en_lignes.titre)} (en lignes) et {dans_une_phrase(geste.en_colonnes.titre)} (en colonnes)"
    return insecables(
        f"{titre}, par {par}. Ensemble : {ecrire_resultat(geste.operation, geste.mesure, ensemble)}."
    )
