"""Les blocs du rapport, en HTML : une phrase, un graphique ou un tableau. Tout texte venu d'une copie y est inerte."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from autograde.rapport.anonymat import Noms
from autograde.rapport.donnees import Rapport
from autograde.rapport.erreurs import CAUSE_INCONNUE, erreurs_frequentes, phrase_des_erreurs
from autograde.rapport.figures import (
    BARRES_MAXIMUM,
    description_de_reussite,
    description_des_notes,
    figure_de_reussite,
    figure_des_notes,
)
from autograde.rapport.remises import etats_de_remise, phrase_des_remises
from autograde.rapport.repartition import repartir
from autograde.rapport.ressemblances import (
    PassageRendu,
    Ressemblance,
    phrase_des_ressemblances,
    ressemblances,
)
from autograde.rapport.reussite import (
    Reussite,
    par_devoir,
    par_element,
    par_element_partout,
    par_question,
    phrase_des_elements,
    phrase_des_questions,
)
from autograde.rapport.typographie import lier
from grc_helpers.figures.accessible import figure_html, tableau_html
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.simulateurs.commun import zone_defilante

LIGNES_MAXIMUM = 15
VALEURS_MAXIMUM = 4
LONGUEUR_MAXIMALE = 70  # caractères montrés d'une réponse fausse
RESSEMBLANCES_MAXIMUM = 20


def bloc_des_notes(rapports: Sequence[Rapport]) -> Markup:
    """La répartition des notes, ou des moyennes s'il y a plusieurs devoirs."""
    repartition = repartir(rapports)
    if not repartition.notes:
        return _phrase(repartition.phrase)
    lignes = [
        [f"de {ecrire_nombre(debut)} à {ecrire_nombre(fin)}", str(combien)]
        for debut, fin, combien in repartition.tranches
    ]
    sorte = "Notes" if len(rapports) == 1 else "Moyennes"
    tableau = tableau_html(
        ["Tranche", "Copies"], lignes, f"{sorte} sur {ecrire_nombre(repartition.maximum)}"
    )
    debut = "" if len(rapports) == 1 else "Moyenne de chaque stagiaire sur ce qu'il a rendu. "
    return figure_html(
        figure_des_notes(repartition),
        description_des_notes(repartition),
        lier(debut + repartition.phrase),
        tableau,
    )


def bloc_des_questions(rapports: Sequence[Rapport]) -> Markup:
    """La réussite par question ; par devoir s'il y en a plusieurs."""
    if len(rapports) == 1:
        reussites = par_question(rapports[0])
        return _reussites(reussites, phrase_des_questions(reussites), "Question")
    reussites = par_devoir(rapports)
    return _reussites(reussites, phrase_des_questions(reussites, "TP"), "TP")


def bloc_des_elements(rapports: Sequence[Rapport], question: str = "") -> Markup:
    """La réussite par élément d'une question ; sans question, les éléments les moins réussis de toutes."""
    reussites = par_element(rapports[0], question) if question else par_element_partout(rapports)
    return _reussites(reussites, phrase_des_elements(reussites), "Élément")


def _reussites(reussites: list[Reussite], phrase: str, sorte: str) -> Markup:
    if not reussites:
        return _phrase(phrase)
    lignes = [[r.libelle, r.pourcent, str(r.manques), str(r.copies)] for r in reussites]
    tableau = tableau_html(
        [sorte, "Réussite", "Copies à zéro", "Copies comptées"],
        lignes,
        "Du moins réussi au mieux réussi",
    )
    if len(reussites) > BARRES_MAXIMUM:
        phrase += f" Le graphique montre les {BARRES_MAXIMUM} moins réussis sur {len(reussites)}."
    return figure_html(
        figure_de_reussite(reussites), description_de_reussite(reussites), lier(phrase), tableau
    )


def bloc_des_erreurs(rapports: Sequence[Rapport], noms: Noms) -> Markup:
    """Les réponses fausses qui reviennent, et leur cause probable."""
    erreurs = [
        replace(e, valeurs=tuple(_court(noms.dans(valeur)) for valeur in e.valeurs))
        for e in erreurs_frequentes(rapports)
    ]
    phrase = phrase_des_erreurs(erreurs, sum(len(rapport.lisibles) for rapport in rapports))
    if not erreurs:
        return _phrase(phrase)
    lignes = [
        [e.lieu, _valeurs(e.valeurs), str(e.copies), e.cause] for e in erreurs[:LIGNES_MAXIMUM]
    ]
    legende = (
        f"Les {LIGNES_MAXIMUM} plus fréquentes, sur {len(erreurs)}"
        if len(erreurs) > LIGNES_MAXIMUM
        else "De la plus à la moins fréquente"
    )
    causes = sum(e.cause == CAUSE_INCONNUE for e in erreurs[:LIGNES_MAXIMUM])
    aide = Markup(
        "<p>« Cause inconnue » : le barème n'a pas d'erreur typique pour cette valeur.</p>"
        if causes
        else ""
    )
    tableau = tableau_html(
        ["Question", "Ce qui est écrit", "Copies", "Cause probable"], lignes, legende
    )
    return _phrase(phrase) + zone_defilante("Erreurs fréquentes", tableau) + aide


def _court(texte: str) -> str:
    return texte if len(texte) <= LONGUEUR_MAXIMALE else texte[: LONGUEUR_MAXIMALE - 1] + "…"


def _valeurs(valeurs: Sequence[str]) -> str:
    debut, autres = " ; ".join(valeurs[:VALEURS_MAXIMUM]), len(valeurs) - VALEURS_MAXIMUM
    return debut if autres <= 0 else f"{debut} ; et {autres} autre{'s' * (autres > 1)}"


def bloc_des_remises(rapports: Sequence[Rapport], noms: Noms) -> Markup:
    """Qui n'a pas de note définitive, et pourquoi."""
    etats = etats_de_remise(rapports)
    phrase = _phrase(phrase_des_remises(etats))
    if not etats:
        return phrase
    plusieurs = len(rapports) > 1
    lignes = [
        [noms.de(e.stagiaire), *([e.devoir] if plusieurs else []), e.etat, noms.dans(e.detail)]
        for e in etats
    ]
    entetes = ["Stagiaire", *(["TP"] if plusieurs else []), "État", "Détail"]
    tableau = tableau_html(entetes, lignes, "Sans note définitive")
    return phrase + zone_defilante("Remises", tableau)


def bloc_des_ressemblances(rapports: Sequence[Rapport], noms: Noms) -> Markup:
    """Les passages, deux par deux."""
    trouvees = ressemblances(rapports)
    montrees = Markup("").join(
        _ressemblance(ressemblance, noms) for ressemblance in trouvees[:RESSEMBLANCES_MAXIMUM]
    )
    reste = len(trouvees) - RESSEMBLANCES_MAXIMUM
    suite = (
        Markup("<p>Les {} plus proches sont montrées, sur {}.</p>").format(
            RESSEMBLANCES_MAXIMUM, len(trouvees)
        )
        if reste > 0
        else ""
    )
    return _phrase(phrase_des_ressemblances(trouvees)) + montrees + suite


def _ressemblance(ressemblance: Ressemblance, noms: Noms) -> Markup:
    commun = (
        "texte identique"
        if ressemblance.part == 1
        else f"{round(100 * ressemblance.part)}\u00a0% de mots communs"
    )
    return Markup(
        '<section class="grc-ressemblance"><h4>{lieu} · {commun}</h4>'
        '<div class="grc-cotes">{gauche}{droite}</div></section>'
    ).format(
        lieu=ressemblance.lieu,
        commun=commun,
        gauche=_cote(ressemblance.gauche, noms),
        droite=_cote(ressemblance.droite, noms),
    )


def _cote(passage: PassageRendu, noms: Noms) -> Markup:
    auteurs = ", ".join(sorted(noms.de(stagiaire) for stagiaire in passage.stagiaires))
    # Tout surligner ne montrerait rien.
    tout_est_commun = all(commun for _, commun in passage.morceaux)
    surligne, tel_quel = Markup("<mark>{}</mark>"), Markup("{}")
    texte = Markup("").join(
        (surligne if commun and not tout_est_commun else tel_quel).format(noms.dans(morceau))
        for morceau, commun in passage.morceaux
    )
    return Markup("<div><p><strong>{}</strong></p><blockquote>{}</blockquote></div>").format(
        auteurs, texte
    )


def _phrase(phrase: str) -> Markup:
    return Markup('<p class="grc-phrase">{}</p>').format(lier(phrase))
