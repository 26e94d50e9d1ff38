"""Lire et contrôler un fichier d'exercices (``<seance>.toml``, à côté de ce module).

Tout défaut lève ``FichierIncorrect`` avec un message pour l'auteur : quel fichier, quel exercice, quoi corriger.
"""

import re
import tomllib
from collections.abc import Callable
from importlib.resources import files

from grc_helpers.entrainement.champs import (
    FichierIncorrect,
    elements,
    est_nombre,
    formule,
    oui_non,
    refuser_les_cles_inconnues,
    refuser_les_doublons,
    refuser_les_longs,
    texte_de,
)
from grc_helpers.entrainement.exercices import (
    Choix,
    Exercice,
    LigneACompleter,
    NombreATirer,
    Option,
    Serie,
)
from grc_helpers.entrainement.formules import FormuleIncorrecte
from grc_helpers.francais.textes import noms_cites

# Assez de tirages pour voir passer les chiffres malheureux d'un énoncé de quelques nombres.
TIRAGES_ESSAYES = 60
COMMUNS = {"sorte", "titre", "question", "indices"}


def seances_avec_exercices() -> list[str]:
    """Les séances qui ont un fichier d'exercices."""
    return sorted(
        f.name.removesuffix(".toml")
        for f in files("grc_helpers.entrainement").iterdir()
        if f.name.endswith(".toml")
    )


def noms(seance: str) -> list[str]:
    """Les exercices d'une séance, dans l'ordre du fichier."""
    return list(_tables(_texte(seance), f"{seance}.toml"))


def titres(seance: str) -> dict[str, str]:
    """Le titre de chaque exercice d'une séance, par nom ; rien n'est contrôlé. Lève ``FichierIncorrect`` si le fichier ne se lit pas."""
    tables = _tables(_texte(seance), f"{seance}.toml")
    return {nom: str(table.get("titre", "")) for nom, table in tables.items()}


def charger(seance: str, nom: str) -> Exercice:
    """L'exercice ``nom`` de la ``seance``, contrôlé. Un défaut ailleurs dans le fichier ne l'empêche pas de servir."""
    return lire(_texte(seance), nom, f"{seance}.toml")


def lire(texte: str, nom: str, fichier: str = "exercices.toml") -> Exercice:
    """L'exercice ``nom`` écrit dans ce ``texte`` TOML. Lève ``FichierIncorrect``."""
    tables = _tables(texte, fichier)
    if nom not in tables:
        raise FichierIncorrect(
            f"{fichier} : il n'y a pas d'exercice « {nom} ». Exercices écrits : {', '.join(tables) or 'aucun'}."
        )
    try:
        return _exercice(nom, tables[nom])
    except (FichierIncorrect, FormuleIncorrecte) as erreur:
        raise FichierIncorrect(f"{fichier}, exercice « {nom} » : {erreur}") from None


def _texte(seance: str) -> str:
    if seance not in seances_avec_exercices():
        raise FichierIncorrect(
            f"Il n'y a pas de fichier « {seance}.toml » dans grc_helpers/entrainement."
        )
    return files("grc_helpers.entrainement").joinpath(f"{seance}.toml").read_text(encoding="utf-8")


def _tables(texte: str, fichier: str) -> dict[str, dict]:
    try:
        tables = tomllib.loads(texte)
    except tomllib.TOMLDecodeError as erreur:
        place = re.search(r"line (\d+), column (\d+)", str(erreur))
        ou = f"ligne {place[1]}, colonne {place[2]}" if place else "à la fin"
        raise FichierIncorrect(
            f"{fichier}, {ou} : écriture incorrecte. Vérifiez les guillemets, les crochets et le signe « = »."
        ) from None
    egares = [nom for nom, contenu in tables.items() if not isinstance(contenu, dict)]
    if egares:
        raise FichierIncorrect(
            f"{fichier} : « {egares[0]} » est écrit avant le premier [exercice]."
        )
    return tables


def _exercice(nom: str, table: dict) -> Exercice:
    sorte = texte_de(table, "sorte")
    if sorte not in _SORTES:
        raise FichierIncorrect(
            f"sorte inconnue « {sorte} ». Sortes possibles : {', '.join(_SORTES)}."
        )
    construire, cles = _SORTES[sorte]
    refuser_les_cles_inconnues(table, COMMUNS | cles)
    indices = table.get("indices")
    if (
        not isinstance(indices, list)
        or len(indices) != 3
        or not all(isinstance(i, str) and i.strip() for i in indices)
    ):
        raise FichierIncorrect(
            'il faut trois indices : indices = ["où regarder", "comment commencer", "presque la réponse"].'
        )
    communs = {
        "nom": nom,
        "titre": texte_de(table, "titre"),
        "question": texte_de(table, "question"),
        "indices": tuple(indices),
    }
    return construire(communs, table)


def _choix(communs: dict, table: dict) -> Choix:
    multiple = table["sorte"] == "choix_multiple"
    options = tuple(
        Option(texte_de(o, "texte", ou), oui_non(o, "juste", ou), texte_de(o, "explication", ou))
        for ou, o in elements(table, "options", {"texte", "juste", "explication"})
    )
    justes = sum(option.juste for option in options)
    if not multiple and justes != 1:
        raise FichierIncorrect(
            f'un choix a une seule option juste, pas {justes}. Pour plusieurs : sorte = "choix_multiple".'
        )
    if not justes:
        raise FichierIncorrect("aucune option n'est juste.")
    refuser_les_doublons([option.texte for option in options], "option")
    return Choix(**communs, options=options, multiple=multiple)


def _vrai_faux(communs: dict, table: dict) -> Serie:
    lignes = tuple(
        LigneACompleter(
            texte_de(a, "texte", ou),
            "Vrai" if oui_non(a, "vrai", ou) else "Faux",
            texte_de(a, "explication", ou),
        )
        for ou, a in elements(table, "affirmations", {"texte", "vrai", "explication"}, au_moins=1)
    )
    return Serie(**communs, lignes=lignes, possibilites=("Vrai", "Faux"))


def _association(communs: dict, table: dict) -> Serie:
    familles = table.get("familles")
    if (
        not isinstance(familles, list)
        or len(familles) < 2
        or not all(isinstance(f, str) and f.strip() for f in familles)
    ):
        raise FichierIncorrect(
            'il faut au moins deux familles : familles = ["Front office", "Back office"].'
        )
    refuser_les_longs(familles)
    lignes = tuple(
        LigneACompleter(
            texte_de(e, "texte", ou), texte_de(e, "famille", ou), texte_de(e, "explication", ou)
        )
        for ou, e in elements(table, "elements", {"texte", "famille", "explication"})
    )
    for ligne in lignes:
        if ligne.attendu not in familles:
            raise FichierIncorrect(
                f"l'élément « {ligne.texte} » va dans « {ligne.attendu} », qui n'est pas une des familles."
            )
    refuser_les_doublons([ligne.texte for ligne in lignes], "élément")
    return Serie(**communs, lignes=lignes, possibilites=tuple(familles), melange="lignes")


def _ordre(communs: dict, table: dict) -> Serie:
    blocs = elements(table, "etapes", {"texte", "explication"}, au_moins=3)
    etapes = [
        (texte_de(etape, "texte", ou), texte_de(etape, "explication", ou)) for ou, etape in blocs
    ]
    textes = [texte for texte, _ in etapes]
    refuser_les_longs(textes)
    refuser_les_doublons(textes, "étape")
    lignes = tuple(
        LigneACompleter(f"{rang}{'re' if rang == 1 else 'e'} place", texte, pourquoi)
        for rang, (texte, pourquoi) in enumerate(etapes, 1)
    )
    return Serie(
        **communs,
        lignes=lignes,
        possibilites=tuple(textes),
        melange="possibilites",
        sans_repetition=True,
    )


def _nombre(communs: dict, table: dict) -> NombreATirer:
    erreurs = tuple(
        (formule(e, "valeur", ou), texte_de(e, "explication", ou))
        for ou, e in elements(table, "erreurs", {"valeur", "explication"}, 0)
    )
    exercice = NombreATirer(
        **communs,
        unite=texte_de(table, "unite") if "unite" in table else "",
        reponse=formule(table, "reponse"),
        tolerance=_tolerance(table),
        explication=texte_de(table, "explication"),
        tirage={
            nom: _valeurs_possibles(nom, valeurs)
            for nom, valeurs in table.get("tirage", {}).items()
        },
        calculs={nom: formule(table["calculs"], nom) for nom in table.get("calculs", {})},
        erreurs=erreurs,
    )
    _refuser_les_trous_inconnus(exercice)
    for graine in range(1, TIRAGES_ESSAYES + 1):
        _essayer(exercice, graine)
    return exercice


def _essayer(exercice: NombreATirer, graine: int) -> None:
    nombre = exercice.tirer(graine)
    for erreur in nombre.erreurs:
        if nombre.proche(erreur.valeur, nombre.attendu):
            raise FichierIncorrect(
                f"avec les chiffres {exercice.valeurs(graine)}, la bonne réponse et l'erreur « {erreur.explication} » donnent le même "
                "nombre. Retirez ces chiffres du tirage, ou réduisez la tolérance."
            )


def _valeurs_possibles(nom: str, valeurs) -> tuple[float, ...]:
    if (
        not isinstance(valeurs, list)
        or not valeurs
        or not all(est_nombre(valeur) for valeur in valeurs)
    ):
        raise FichierIncorrect(
            f"tirage de « {nom} » : écrivez les valeurs possibles entre crochets, comme [10, 20, 25]."
        )
    return tuple(valeurs)


def _tolerance(table: dict) -> float:
    tolerance = table.get("tolerance", 0.01)
    if not est_nombre(tolerance) or tolerance < 0:
        raise FichierIncorrect(
            "« tolerance » est un nombre, dans l'unité de la réponse (0.5 accepte un écart d'une demi-unité)."
        )
    return float(tolerance)


def _refuser_les_trous_inconnus(exercice: NombreATirer) -> None:
    connus = {*exercice.tirage, *exercice.calculs}
    textes = [
        exercice.question,
        exercice.explication,
        *exercice.indices,
        *(texte for _, texte in exercice.erreurs),
    ]
    inconnus = sorted(set().union(*map(noms_cites, textes)) - connus)
    if inconnus:
        raise FichierIncorrect(
            f"« {{{inconnus[0]}}} » n'est ni dans le tirage ni dans les calculs."
        )


_SORTES: dict[str, tuple[Callable[[dict, dict], Exercice], set[str]]] = {
    "choix": (_choix, {"options"}),
    "choix_multiple": (_choix, {"options"}),
    "vrai_faux": (_vrai_faux, {"affirmations"}),
    "association": (_association, {"familles", "elements"}),
    "ordre": (_ordre, {"etapes"}),
    "nombre": (
        _nombre,
        {"unite", "reponse", "tolerance", "explication", "tirage", "calculs", "erreurs"},
    ),
}
