"""Changer ``bareme.yml`` sans en toucher une autre ligne.

ruamel.yaml dit où commence et où finit chaque formulation ; seul ce morceau du texte est changé. Commentaires, décalages et
guillemets de l'auteur restent ainsi exactement les siens, quel que soit son style.
"""

import json
import tempfile
from pathlib import Path

from ruamel.yaml import YAML, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from autograde.apprentissage.changement import Changement
from autograde.baremes.lecture import charger_bareme
from autograde.baremes.types.redige import Redigee
from autograde.erreurs import ErreurFormateur
from autograde.fichiers.ecriture import ecrire_en_entier

# Qu'une autre version de YAML, ou un lecteur pressé, prendrait pour vrai ou faux.
_AMBIGUS = {"oui", "non", "yes", "no", "on", "off", "y", "n"}


def ecrire_au_bareme(chemin: Path, changement: Changement) -> None:
    """Écrit le changement dans le fichier, après avoir vérifié que le texte obtenu dit bien cela et rien d'autre."""
    attendu = charger_bareme(chemin)
    bareme = attendu[changement.question]
    # Un changement porte sur les formulations d'une prose ou d'une lettre.
    assert isinstance(bareme, Redigee)
    attendu[changement.question] = changement.appliquer(bareme)
    ancien = chemin.read_bytes().decode("utf-8")
    try:
        texte = changer_le_texte(ancien, changement)
        fidele = _relire(texte) == attendu
    except (ErreurFormateur, YAMLError, StopIteration):
        fidele = False
    if not fidele:
        raise ErreurFormateur(
            f"Ce barème est écrit d'une façon que je ne sais pas changer sans risque ; rien n'est modifié. À faire à la main dans "
            f"{chemin.parent.name}/{chemin.name}, question {changement.question}, élément « {changement.element} » : {changement.texte}."
        )
    ecrire_en_entier(chemin, texte)


def _relire(texte: str) -> dict:
    """Le barème que dit ce texte, lu par le même chemin que tous les barèmes."""
    with tempfile.TemporaryDirectory() as dossier:
        chemin = Path(dossier) / "bareme.yml"
        chemin.write_text(texte, encoding="utf-8", newline="")
        return charger_bareme(chemin)


def changer_le_texte(texte: str, changement: Changement) -> str:
    """Le texte du barème, changé.

    >>> texte = "q1:\\n  type: prose\\n  elements:\\n    - {id: prix, libelle: le prix, formulations: [trop cher]}  # à revoir\\n"
    >>> print(changer_le_texte(texte, Changement("q1", "prix", "hors prix")).splitlines()[-1])
        - {id: prix, libelle: le prix, formulations: [trop cher, hors prix]}  # à revoir
    """
    if changement.ajoute:
        texte = _ajouter(texte, _element(texte, changement), changement)
    if changement.retire:
        listes = _listes(_element(texte, changement))
        liste = next(
            liste
            for liste in listes
            if any(item.value == changement.retire for item in liste.value)
        )
        texte = _retirer(texte, liste, changement.retire)
    return texte


def _element(texte: str, changement: Changement) -> MappingNode:
    question = _valeur(YAML().compose(texte), changement.question)
    return next(
        element
        for element in _valeur(question, "elements").value
        if _valeur(element, "id").value == changement.element
    )


def _valeur(noeud: Node, cle: str) -> Node:
    return next(valeur for nom, valeur in noeud.value if nom.value == cle)


def _listes(element: MappingNode) -> list[SequenceNode]:
    cles = {nom.value: valeur for nom, valeur in element.value}
    return [cles[nom] for nom in ("formulations",) if nom in cles] + (
        list(cles["notions"].value) if "notions" in cles else []
    )


def _ajouter(texte: str, element: MappingNode, changement: Changement) -> str:
    formulation = _scalaire(changement.ajoute)
    if changement.notion is not None:
        return _a_la_suite(texte, _valeur(element, "notions").value[changement.notion], formulation)
    if any(nom.value == "formulations" and valeur.value for nom, valeur in element.value):
        formulations = _valeur(element, "formulations")
        assert isinstance(formulations, SequenceNode)
        return _a_la_suite(texte, formulations, formulation)
    # L'élément n'avait pas de formulations : elles se mettent devant sa deuxième rubrique (il en a toujours deux).
    debut = element.value[1][0].start_mark
    suite = ", " if element.flow_style else _fin_de_ligne(texte) + " " * debut.column
    return texte[: debut.index] + f"formulations: [{formulation}]" + suite + texte[debut.index :]


def _a_la_suite(texte: str, liste: SequenceNode, formulation: str) -> str:
    fin = liste.value[-1].end_mark.index
    if liste.flow_style:
        return texte[:fin] + ", " + formulation + texte[fin:]
    ligne = " " * liste.start_mark.column + "- " + formulation
    fin = _bout_de_ligne(texte, fin)
    return texte[:fin] + _fin_de_ligne(texte) + ligne + texte[fin:]


def _retirer(texte: str, liste: SequenceNode, ecrite: str) -> str:
    rang = next(rang for rang, item in enumerate(liste.value) if item.value == ecrite)
    item: ScalarNode = liste.value[rang]
    if not liste.flow_style:
        debut = texte.rfind("\n", 0, item.start_mark.index) + 1
        return (
            texte[:debut]
            + texte[_bout_de_ligne(texte, item.end_mark.index) + len(_fin_de_ligne(texte)) :]
        )
    if rang:
        return texte[: liste.value[rang - 1].end_mark.index] + texte[item.end_mark.index :]
    return texte[: item.start_mark.index] + texte[liste.value[1].start_mark.index :]


def _fin_de_ligne(texte: str) -> str:
    return "\r\n" if "\r\n" in texte else "\n"


def _bout_de_ligne(texte: str, depuis: int) -> int:
    """L'endroit où finit la ligne, avant son retour à la ligne."""
    fin = texte.find(_fin_de_ligne(texte), depuis)
    return len(texte) if fin < 0 else fin


def _scalaire(texte: str) -> str:
    """Le texte tel qu'on l'écrit en YAML, entre guillemets seulement s'il le faut.

    >>> _scalaire("hors prix"), _scalaire("non"), _scalaire("prix: élevé")
    ('hors prix', '"non"', '"prix: élevé"')
    """
    simple = not set(texte) & set(",[]{}:#&*!|>'\"%@`\\") and texte[:1] not in ("-", "?")
    try:
        simple = simple and YAML(typ="safe").load(texte) == texte and texte.lower() not in _AMBIGUS
    except YAMLError:
        simple = False
    return texte if simple else json.dumps(texte, ensure_ascii=False)
