"""Les seuils qu'une classe a donnés à ses questions : ``decisions/seuils-<devoir>.yml``, à côté des décisions dont ils se déduisent.

Le seuil d'une question est la probabilité à partir de laquelle une note proposée y est « sûre » (``notation/recalage.py``). Sans ligne, la
question garde celui qui est livré.
"""

from pathlib import Path

from pydantic import TypeAdapter

from autograde.fichiers.ecriture import ecrire_en_entier
from autograde.fichiers.yaml_valide import lire_yaml_valide

_SEUILS = TypeAdapter(dict[str, float])
_ENTETE = "# Le seuil de chaque question, déduit des décisions du formateur : supprimer une ligne rend à la question celui qui est livré.\n"


def fichier_des_seuils(decisions: Path, devoir: str) -> Path:
    """``decisions`` : le dossier des décisions de la classe."""
    return decisions / f"seuils-{devoir}.yml"


def lire_les_seuils(chemin: Path) -> dict[str, float]:
    """Le seuil des questions recalées d'un devoir. Lève ``ErreurFormateur`` si le fichier est mal écrit."""
    return lire_yaml_valide(chemin, _SEUILS) if chemin.is_file() else {}


def garder_le_seuil(chemin: Path, question: str, seuil: float | None) -> None:
    """Écrit le seuil d'une question ; None : elle reprend celui qui est livré. Rien ne s'écrit si rien ne change."""
    from filelock import FileLock  # ici : corriger lit les seuils et n'en écrit pas

    chemin.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(chemin.with_name(f".{chemin.name}.verrou")):
        anciens = lire_les_seuils(chemin)
        autres = {nom: valeur for nom, valeur in anciens.items() if nom != question}
        seuils = autres if seuil is None else autres | {question: round(seuil, 4)}
        if seuils != anciens:
            lignes = [f"{nom}: {valeur}\n" for nom, valeur in sorted(seuils.items())]
            ecrire_en_entier(chemin, _ENTETE + ("".join(lignes) or "{}\n"))
