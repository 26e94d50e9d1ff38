"""« Rendre ma copie » depuis le notebook ouvert : retrouver le fichier enregistré, dire ce qui y manque, montrer le reçu."""

import os
from datetime import datetime
from pathlib import Path

from markupsafe import Markup

from grc_helpers.noyau.lues import absentes_du_fichier
from grc_helpers.poste import remise
from grc_helpers.poste.remise import DOSSIER
from grc_helpers.reponses import echo
from grc_helpers.reponses.notebook import numero
from grc_helpers.reponses.recu import Remise
from grc_helpers.seances.avancement import Avancement, mesurer_l_avancement
from grc_helpers.seances.seances import lire_le_notebook

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
    """Le fichier enregistré manque, ne se lit pas, ou n'a pas la dernière réponse ; le message dit quoi faire."""


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
    if absentes := absentes_du_fichier(fichier, notebook):
        raise CopieIntrouvable(
            f"Le fichier enregistré n'a pas encore votre réponse à la question {', '.join(map(numero, absentes))}. "
            "Faites Fichier > Enregistrer, puis relancez cette cellule."
        )
    return fichier, notebook


def fichier_du_devoir(devoir: str) -> Path | None:
    """Le notebook ouvert (Jupyter donne son chemin au noyau), sinon celui du dossier qui porte le nom du devoir."""
    session = Path(os.environ.get("JPY_SESSION_NAME", ""))
    for candidat in (session, Path.cwd() / session.name, Path.cwd() / f"{devoir}.ipynb"):
        if candidat.suffix == ".ipynb" and candidat.is_file():
            return candidat
    return None


def preparer_la_remise(
    devoir: str, nom: str, groupe: str, maintenant: datetime | None = None
) -> tuple[Path, Remise, Avancement]:
    """Écrit le fichier à rendre d'après le fichier enregistré. Lève ``CopieIntrouvable``, ou ``OSError`` si le disque est plein."""
    fichier, notebook = lire_la_copie_enregistree(devoir)
    return remise.preparer_la_remise(fichier, notebook, devoir, nom, groupe, maintenant)


def bilan(fichier: Path, notebook: dict) -> Markup:
    """Ce qui est répondu dans le fichier enregistré, question par question, et ce qui y est abîmé."""
    avancement = mesurer_l_avancement(notebook, remise.origine_connue(fichier))
    reste = remise.a_faire(fichier, notebook)
    heure = datetime.fromtimestamp(fichier.stat().st_mtime).strftime("%d/%m/%Y à %H:%M")
    suite = Markup(
        '<div class="grc-echo grc-a-reprendre"><p>Il reste à faire :</p><ul>{}</ul>'
        "<p>Vous pouvez rendre quand même.</p></div>"
    ).format(Markup("").join(map(Markup("<li>{}</li>").format, reste)))
    fait = echo.message(
        f"{avancement.texte} dans le fichier enregistré le {heure}.", bien=not reste
    )
    return fait + suite if reste else fait


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
