"""Lire et contrôler un dialogue (``<nom>.toml``, à côté de ce module).

Tout défaut lève ``FichierIncorrect`` avec un message pour l'auteur : quel fichier, quelle scène, quoi corriger.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from grc_helpers.entrainement.champs import (
    FichierIncorrect,
    elements,
    est_nombre,
    refuser_les_cles_inconnues,
    refuser_les_doublons,
    texte_de,
)

CHOIX_AU_MOINS, CHOIX_AU_PLUS = 2, 4
JAUGES = ("calme", "confiance")
_DU_DIALOGUE = {"titre", "moyen", "situation", "monnaie", "depart", "scenes", *JAUGES}
_DE_LA_SCENE = {"qui", "dit", "choix", "bilan"}
_DU_CHOIX = {"texte", "regle", "pourquoi", "suite", "cout", *JAUGES}


@dataclass(frozen=True)
class Choix:
    """Une réponse possible : ce qu'elle change aux jauges (en points), ce qu'elle coûte, la règle qu'elle suit ou qu'elle oublie."""

    texte: str
    regle: str
    pourquoi: str
    suite: str
    calme: float = 0
    confiance: float = 0
    cout: float = 0


@dataclass(frozen=True)
class Scene:
    """Ce que dit le client, et les réponses possibles ; une fin n'en a pas, et porte son ``bilan``."""

    qui: str
    dit: str
    choix: tuple[Choix, ...] = ()
    bilan: str = ""


@dataclass(frozen=True)
class Dialogue:
    """Un dialogue entier. ``calme`` et ``confiance`` : les jauges au départ, de 0 à 100."""

    titre: str
    moyen: str
    situation: str
    monnaie: str
    depart: str
    calme: float
    confiance: float
    scenes: dict[str, Scene]

    def chemins(self) -> Iterator[tuple[int, ...]]:
        """Toutes les façons de le jouer : le rang du choix fait à chaque scène, du départ à une fin."""
        en_cours: list[tuple[str, tuple[int, ...]]] = [(self.depart, ())]
        while en_cours:
            nom, rangs = en_cours.pop()
            choix = self.scenes[nom].choix
            if not choix:
                yield rangs
            en_cours += [(c.suite, (*rangs, rang)) for rang, c in enumerate(choix)]


def noms() -> list[str]:
    """Les dialogues écrits, par ordre alphabétique."""
    return sorted(
        f.name.removesuffix(".toml")
        for f in files("grc_helpers.dialogues").iterdir()
        if f.name.endswith(".toml")
    )


def charger(nom: str) -> Dialogue:
    """Le dialogue de ce nom. Lève ``FichierIncorrect`` s'il n'existe pas ou s'il est mal écrit."""
    if nom not in noms():
        raise FichierIncorrect(
            f"Il n'y a pas de dialogue « {nom} ». Dialogues écrits : {', '.join(noms())}."
        )
    texte = files("grc_helpers.dialogues").joinpath(f"{nom}.toml").read_text(encoding="utf-8")
    return lire(texte, f"{nom}.toml")


def lire(texte: str, fichier: str = "dialogue.toml") -> Dialogue:
    """Le dialogue écrit dans ce ``texte`` TOML. Lève ``FichierIncorrect``."""
    try:
        table = tomllib.loads(texte)
    except tomllib.TOMLDecodeError:
        raise FichierIncorrect(
            f"{fichier} : écriture incorrecte. Vérifiez les guillemets, les crochets et le signe « = »."
        ) from None
    try:
        return _dialogue(table)
    except FichierIncorrect as defaut:
        raise FichierIncorrect(f"{fichier} : {defaut}") from None


def _dialogue(table: dict) -> Dialogue:
    refuser_les_cles_inconnues(table, _DU_DIALOGUE)
    tables = table.get("scenes")
    if not isinstance(tables, dict) or not all(isinstance(t, dict) for t in tables.values()):
        raise FichierIncorrect("il manque les scènes. Écrivez un bloc [scenes.nom] par scène.")
    dialogue = Dialogue(
        titre=texte_de(table, "titre"),
        moyen=texte_de(table, "moyen"),
        situation=texte_de(table, "situation"),
        monnaie=texte_de(table, "monnaie"),
        depart=texte_de(table, "depart"),
        calme=_nombre(table, "calme", "", 0, 100),
        confiance=_nombre(table, "confiance", "", 0, 100),
        scenes={nom: _scene(nom, t) for nom, t in tables.items()},
    )
    _refuser_une_impasse(dialogue)
    return dialogue


def _scene(nom: str, table: dict) -> Scene:
    ou = f"scène « {nom} », "
    refuser_les_cles_inconnues(table, _DE_LA_SCENE, ou)
    qui, dit = texte_de(table, "qui", ou), texte_de(table, "dit", ou)
    if "bilan" in table and "choix" in table:
        raise FichierIncorrect(
            f"{ou}une fin (« bilan ») n'a pas de choix : gardez l'un ou l'autre."
        )
    if "bilan" in table:
        return Scene(qui, dit, bilan=texte_de(table, "bilan", ou))
    blocs = elements(table, "choix", _DU_CHOIX, CHOIX_AU_MOINS)
    if len(blocs) > CHOIX_AU_PLUS:
        raise FichierIncorrect(f"{ou}{CHOIX_AU_PLUS} choix au plus.")
    choix = tuple(_choix(bloc, f"{ou}{rang}") for rang, bloc in blocs)
    refuser_les_doublons([c.texte for c in choix], f"{ou}choix")
    return Scene(qui, dit, choix)


def _choix(table: dict, ou: str) -> Choix:
    return Choix(
        texte=texte_de(table, "texte", ou),
        regle=texte_de(table, "regle", ou),
        pourquoi=texte_de(table, "pourquoi", ou),
        suite=texte_de(table, "suite", ou),
        calme=_nombre(table, "calme", ou, -100, 100, 0),
        confiance=_nombre(table, "confiance", ou, -100, 100, 0),
        cout=_nombre(table, "cout", ou, 0, 1_000_000, 0),
    )


def _nombre(
    table: dict, cle: str, ou: str, bas: float, haut: float, sinon: float | None = None
) -> float:
    valeur = table.get(cle, sinon)
    if not isinstance(valeur, int | float) or not est_nombre(valeur) or not bas <= valeur <= haut:
        raise FichierIncorrect(f"{ou}écrivez « {cle} » : un nombre de {bas} à {haut}.")
    return valeur


def _refuser_une_impasse(dialogue: Dialogue) -> None:
    """Toute suite existe, aucune scène ne revient sur elle-même, toutes se jouent : un dialogue finit toujours."""
    connues, sures, jouees = dialogue.scenes, set(), set()

    def suivre(nom: str, avant: tuple[str, ...]) -> None:
        if nom not in connues:
            source = f"scène « {avant[-1]} », " if avant else ""
            raise FichierIncorrect(f"{source}la suite « {nom} » n'est pas une scène.")
        if nom in avant:
            raise FichierIncorrect(
                f"scène « {nom} » : on y revient sans fin. Menez vers une autre scène."
            )
        jouees.add(nom)
        if nom not in sures:
            for choix in connues[nom].choix:
                suivre(choix.suite, (*avant, nom))
            sures.add(nom)

    suivre(dialogue.depart, ())
    if oubliees := sorted(set(connues) - jouees):
        raise FichierIncorrect(f"scène « {oubliees[0]} » : aucun choix n'y mène.")
