"""Noter des réponses rédigées en français, de façon transparente : chaque demi-point montre les mots qui le justifient.

La carte : ce que traverse une réponse, dans l'ordre, et ce qui le fait.

    repli.suivre                              une seule forme, lignes et mots recollés ; les passages cités restent ceux qui sont écrits
    gardes.refuser                            vide, liste de mots, recopie de la question : rien n'est lu
    texte.sans_points_de_titre                le point de « M. Alaoui » n'achève pas la phrase
    texte.couper                              des phrases en propositions : « mais », « parce que », « et il »
    texte.deplier                             les mots, et le langage de message : « pck » devient « parce que »
    texte.ecarter_ce_qui_est_dedit            « il part, enfin non » : ce qui est repris aussitôt est écarté
    texte.mettre_les_expressions              « voir ailleurs » devient « partir concurrence ailleurs »
    preparation.preparer_texte                la réponse prête à être cherchée, en quatre temps :
    poles.couper_entre_les_poles              de quoi parle chaque proposition : du client B ou du C
    polarite.negateurs                        ce qui est nié, et par quel mot : « ne pas », « sans », « inutile »
    refus.portees_des_refus                   ce qu'un verbe nie : « éviter de vendre »
    diminutions.portees_des_diminutions       ce qu'un mot retire : « peu », « rarement », « recule »
    moteur.crediter                           les formulations de chaque élément, proposition par proposition
    sens.est_retournee                        les bons mots, mais à l'envers : « la part de marché augmente »
    roles.joue_par_un_autre                   les bons mots, mais d'un autre : « c'est le client qui écoute »
    evaluation.annuler_par_les_idees_fausses  une idée fausse affirmée annule des éléments
    evaluation.ce_qui_fait_douter             une réponse qui se contredit ne vaut que la moitié
    evaluation.ponderer                       la note, de 0 à 1
    obligatoires.plafond                      ce qu'elle ne dépasse pas quand l'essentiel manque
    recopie.recopie_du_cours                  une leçon recollée se relit ; une définition apprise, non
    evaluation.hors_du_cadre                  la réponse est-elle à l'époque et dans le cadre demandés ?
    evaluation.motif_impose                   faut-il que le formateur la lise, quoi qu'il en soit ?
    certitude.estimer                         sinon, la probabilité que la note soit juste, écrite dans ``certitude.yml``
    signes.relever                            ce qui fait douter de chaque élément
    preuves.prouver                           comment chaque mot d'une formulation a été reconnu

Ce que ces étapes emploient partout :

    lexique.lexique                           le français et le métier, écrits dans ``lexique.yml``
    ressemblance.ressemblent                  deux mots se valent : famille, son, faute de frappe, synonyme
    formulations.preparer                     une formulation du barème, en places et en variantes
    vocabulaire.vocabulaire                   les mots du barème, et lesquels vaut chaque mot écrit ; une fois pour une classe
    bareme.BaremeRedige                       ce qu'un barème dit d'une réponse rédigée : éléments, idées fausses
    credit.Credit                             le sort d'un élément : sa valeur, le passage qui le justifie
    nombres_cites.chercher_un_nombre          les nombres qu'un élément attend, dits de ce qu'ils mesurent
    accusation.surement_affirmee              une idée fausse : la dira-t-on au stagiaire, ou seulement au formateur ?
    passages.trouver_passage                  le passage que le formateur cite, retrouvé dans la réponse

Une lettre passe d'abord par ``lettre/`` ; son texte suit ensuite la même route :

    lettre.lignes.masquer_les_trous           ce qu'un modèle laissait à remplir est effacé
    lettre.lecture.lire_lettre                où sont l'en-tête, le corps et ce qui le suit
    lettre.appel.trouver_l_appel              « Madame, Monsieur, »
    lettre.politesse.trouver_la_politesse     « Veuillez agréer… »
    lettre.gardes.refuser_la_lettre           une lettre racontée, en anglais ou sans lecteur ne vaut rien
    lettre.ton.maladresses                    ce qui est agressif ou familier
    lettre.parties.crediter_les_parties       le crédit de chaque partie demandée
    lettre.adresses.lire_les_adresses         à qui est chaque adresse de l'en-tête
    lettre.coordonnees.est_une_adresse        une rue, un téléphone, un courriel
    lettre.ponderer_la_lettre                 la note de la lettre, forme et texte
    lettre.vocabulaire.vocabulaire            le vocabulaire des lettres, écrit dans ``vocabulaire.yml``

Pourquoi une réponse ne mérite aucun crédit, en toutes lettres : ``motifs``. En ligne de commande, pour un fichier de réponses :
``__main__.main``.
"""

from autograde.prose.bareme import BaremeLettre, BaremeRedige
from autograde.prose.credit import Credit
from autograde.prose.evaluation import Evaluation
from autograde.prose.evaluation import evaluer as evaluer_la_prose
from autograde.prose.evaluation import ponderer as ponderer_la_prose


def evaluer(reponse: str, bareme: BaremeRedige, contexte: str = "") -> Evaluation:
    """Évalue une réponse rédigée, prose ou lettre. ``contexte`` : le texte du cas, dont la recopie ne vaut pas réponse."""
    if isinstance(bareme, BaremeLettre):
        from autograde.prose.lettre import evaluer_lettre  # peu de devoirs ont une lettre

        return evaluer_lettre(reponse, bareme, contexte)
    return evaluer_la_prose(reponse, bareme, contexte)


def ponderer(bareme: BaremeRedige, credits: dict[str, Credit]) -> float:
    """La note, de 0 à 1, que valent ces crédits."""
    if isinstance(bareme, BaremeLettre):
        from autograde.prose.lettre import ponderer_la_lettre

        return ponderer_la_lettre(bareme, credits)
    return ponderer_la_prose(bareme, credits)


__all__ = ["Evaluation", "evaluer", "ponderer"]
