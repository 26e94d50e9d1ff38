"""« Rendre ma copie » : relire le fichier enregistré, dire ce qui manque, écrire le seul fichier à déposer, donner un reçu.

Le fichier de travail n'est jamais modifié : la copie à rendre est écrite à côté, dans ``a_rendre/``.
"""

import os
import re
import unicodedata
from datetime import datetime
from pathlib import Path

from markupsafe import Markup

from grc_helpers.poste.reparation import reparer
from grc_helpers.poste.sauvegardes import Sauvegardes, ecrire, sans_sorties
from grc_helpers.reponses import echo
from grc_helpers.reponses.notebook import numero
from grc_helpers.reponses.recu import Remise, inscrire_la_remise, lire_la_remise
from grc_helpers.seances.avancement import REPONDUE, Avancement, mesurer_l_avancement
from grc_helpers.seances.seances import lire_le_notebook

DOSSIER = "a_rendre"
_RECU = Markup("""
<div class="grc-echo grc-recu">
<p><a href="{dossier}/{fichier}" download="{fichier}"><strong>Télécharger {fichier}</strong></a></p>
<p>Déposez ce seul fichier là où le formateur l'a demandé. Il est aussi dans le dossier <strong>{dossier}</strong>.</p>
<p><strong>Votre reçu</strong> (photographiez-le, ou notez le code) :</p>
<table><tbody>{lignes}</tbody></table>
<p>Si vous modifiez vos réponses ensuite, préparez un nouveau fichier : le code changera.</p>
</div>
""")


class CopieIntrouvable(Exception):
    """Le fichier enregistré manque ou ne se lit pas ; le message dit quoi faire."""


def lire_la_copie_enregistree(devoir: str) -> tuple[Path, dict]:
    """Le fichier enregistré et son contenu. Lève ``CopieIntrouvable``."""
    fichier = fichier_du_devoir(devoir)
    if fichier is None:
        raise CopieIntrouvable(
            f"Je ne trouve pas le fichier enregistré de « {devoir} ». Faites Fichier > Enregistrer, puis relancez cette cellule."
        )
    notebook = lire_le_notebook(fichier)
    if notebook is None:
        raise CopieIntrouvable(
            "Le fichier enregistré est illisible. Faites Fichier > Enregistrer, puis relancez cette cellule. "
            "Si cela continue, appelez le formateur."
        )
    return fichier, notebook


def fichier_du_devoir(devoir: str) -> Path | None:
    """Le notebook ouvert (Jupyter donne son chemin au noyau), sinon celui du dossier qui porte le nom du devoir."""
    session = Path(os.environ.get("JPY_SESSION_NAME", ""))
    for candidat in (session, Path.cwd() / session.name, Path.cwd() / f"{devoir}.ipynb"):
        if candidat.suffix == ".ipynb" and candidat.is_file():
            return candidat
    return None


def origine_connue(fichier: Path) -> dict | None:
    """La version distribuée de ce notebook, si le poste l'a retenue."""
    cours = fichier.resolve().parent.parent
    return Sauvegardes(cours).origine(f"{fichier.parent.name}/{fichier.name}")


def preparer_la_remise(
    devoir: str, nom: str, groupe: str, maintenant: datetime | None = None
) -> tuple[Path, Remise, Avancement]:
    """Écrit le fichier à rendre d'après le fichier enregistré. Lève ``CopieIntrouvable``, ou ``OSError`` si le disque est plein."""
    fichier, notebook = lire_la_copie_enregistree(devoir)
    date = (maintenant or datetime.now()).replace(microsecond=0).isoformat()
    origine = origine_connue(fichier)
    propre = sans_sorties(reparer(notebook, origine).notebook)
    rendu, remise = inscrire_la_remise(
        propre, Remise(devoir, " ".join(nom.split()), " ".join(groupe.split()), date)
    )
    chemin = fichier.parent / DOSSIER / nom_du_fichier(remise)
    ecrire(chemin, rendu)
    return chemin, remise, mesurer_l_avancement(notebook, origine)


def nom_du_fichier(remise: Remise) -> str:
    """Un nom que Moodle et Windows acceptent : ni accent, ni espace.

    >>> nom_du_fichier(Remise("s2_tp1_ltv", "Léa N'Guyen-Petit", "Com. 2", "2026-11-24T10:42:05"))
    'Lea_N_Guyen_Petit-Com_2-s2_tp1_ltv.ipynb'
    """
    simples = [
        unicodedata.normalize("NFKD", mot.replace("’", "'")).encode("ascii", "ignore").decode()
        for mot in (remise.nom, remise.groupe)
    ]
    mots = [re.sub(r"[^A-Za-z0-9]+", "_", mot).strip("_")[:60] for mot in simples]
    return "-".join([*filter(None, mots), remise.devoir]) + ".ipynb"


def derniere_remise(fichier: Path) -> Remise | None:
    """La remise la plus récente faite depuis ce dossier de cours : elle évite de retaper son nom."""
    rendus = [
        *fichier.parent.glob(f"{DOSSIER}/*.ipynb"),
        *fichier.parent.parent.glob(f"*/{DOSSIER}/*.ipynb"),
    ]
    remises = filter(None, (lire_la_remise(lire_le_notebook(rendu) or {}) for rendu in rendus))
    return max(remises, key=lambda remise: remise.date, default=None)


def bilan(fichier: Path, notebook: dict) -> Markup:
    """Ce qui est répondu dans le fichier enregistré, question par question, et ce qui y est abîmé."""
    origine = origine_connue(fichier)
    avancement = mesurer_l_avancement(notebook, origine)
    restes = {
        identifiant: etat for identifiant, etat in avancement.etats.items() if etat != REPONDUE
    }
    heure = datetime.fromtimestamp(fichier.stat().st_mtime).strftime("%d/%m/%Y à %H:%M")
    a_faire = [f"Question {numero(identifiant)} : {etat}" for identifiant, etat in restes.items()]
    a_faire += reparer(notebook, origine).messages
    suite = Markup(
        '<div class="grc-echo grc-a-reprendre"><p>Il reste à faire :</p><ul>{}</ul>'
        "<p>Vous pouvez rendre quand même.</p></div>"
    ).format(Markup("").join(map(Markup("<li>{}</li>").format, a_faire)))
    fait = echo.message(
        f"{avancement.texte} dans le fichier enregistré le {heure}.", bien=not a_faire
    )
    return fait + suite if a_faire else fait


def recu_en_html(chemin: Path, remise: Remise, avancement: Avancement) -> Markup:
    """Le reçu, et le lien qui télécharge le fichier à rendre."""
    lignes = Markup("").join(
        Markup('<tr><th scope="row">{}</th><td style="text-align:left">{}</td></tr>').format(*ligne)
        for ligne in [
            ("Nom", remise.nom),
            ("Groupe", remise.groupe),
            ("Devoir", remise.devoir),
            ("Date", remise.date_lisible),
            ("Code", remise.code),
        ]
    )
    pret = echo.message(f"Votre fichier à rendre est prêt : {avancement.texte}.")
    return pret + _RECU.format(fichier=chemin.name, dossier=DOSSIER, lignes=lignes)
