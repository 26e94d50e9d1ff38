"""L'écho : ce que le stagiaire voit sous sa cellule quand il clique sur ▶. Du HTML échappé, lisible dans les deux thèmes."""

from markupsafe import Markup

from grc_helpers.couleurs import BLEU, ENCRE, GRIS, VERMILLON
from grc_helpers.reponses.controles import SUITE_ATTENDUE
from grc_helpers.reponses.types import TYPES
from grc_helpers.reponses.types.contrat import Cellule, Controle

STYLE = Markup(f"""<style>
.grc-echo{{border-left:4px solid {BLEU};padding:.4em .9em;margin:.3em 0;max-width:60em;font-size:1em;line-height:1.5;
 color:var(--jp-content-font-color1,{ENCRE});font-family:var(--jp-content-font-family,sans-serif)}}
.grc-echo.grc-a-reprendre{{border-left-color:{VERMILLON}}}
.grc-echo p{{margin:.2em 0}}.grc-echo ul{{margin:.2em 0 .2em 1.2em;padding:0}}
.grc-echo .grc-texte{{white-space:pre-wrap;overflow-wrap:anywhere}}
.grc-echo table{{border-collapse:collapse;margin:.4em 0}}
.grc-echo th,.grc-echo td{{border:1px solid var(--jp-border-color1,{GRIS});padding:.25em .7em;text-align:right}}
.grc-echo th{{text-align:left;font-weight:600}}.grc-echo td.grc-vide{{font-style:italic}}
</style>""")


def echo(cellule: Cellule, controle: Controle) -> Markup:
    """La page affichée sous une cellule de réponse."""
    corps = TYPES[cellule.type].montrer(cellule)
    remarques = Markup("").join(Markup("<p>%s</p>") % remarque for remarque in controle.remarques)
    return _cadre(
        verdict(controle) + corps + _liste(controle.a_reprendre) + remarques,
        bien=controle.recevable,
    )


def etat(controle: Controle | None) -> Markup:
    """La ligne affichée par ``verifier`` ; ``controle`` vaut None si la cellule de réponse n'a pas été exécutée."""
    if controle is None:
        return _cadre(
            Markup(
                "<p>Pas encore de réponse lue. Écrivez-la dans la cellule au-dessus, cliquez sur ▶ à côté d'elle, puis revenez ici.</p>"
            ),
            bien=False,
        )
    return _cadre(verdict(controle) + _liste(controle.a_reprendre), bien=controle.recevable)


def message(texte: str, bien: bool = True) -> Markup:
    """Un message simple, dans le même cadre."""
    return _cadre(Markup("<p>%s</p>") % texte, bien)


def verdict(controle: Controle) -> Markup:
    """Une phrase : la réponse est bien reçue, incomplète ou vide."""
    if controle.vide:
        texte = f"À compléter. {SUITE_ATTENDUE}"
    elif controle.recevable:
        # Pas de ✔ : il est gardé pour « juste », dans l'entraînement.
        texte = "● Bien reçu : cette réponse se lit. La correction dira si elle est juste. Vous pouvez encore la changer."
    elif controle.a_reprendre:
        texte = "À reprendre avant de rendre :"
    else:
        texte = f"Réponse commencée : {controle.remplies} sur {controle.attendues}."
    return Markup("<p><strong>%s</strong></p>") % texte


def _cadre(contenu: Markup, bien: bool) -> Markup:
    suite = "" if bien else " grc-a-reprendre"
    return STYLE + Markup('<div class="grc-echo%s" lang="fr">%s</div>') % (suite, contenu)


def _liste(messages: list[str]) -> Markup:
    lignes = Markup("").join(Markup("<li>%s</li>") % message for message in messages)
    return Markup("<ul>%s</ul>") % lignes if lignes else Markup("")
