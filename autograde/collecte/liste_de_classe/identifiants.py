"""L'identifiant de chacun : le nom de ses dossiers, et de sa ligne au carnet. Il ne change plus."""

from dataclasses import astuple, replace

from autograde.collecte.liste_de_classe.cles import peut_identifier
from autograde.collecte.liste_de_classe.noms import mots
from autograde.collecte.liste_de_classe.stagiaire import Stagiaire, nom_de_dossier


def donner_des_identifiants(
    neufs: list[Stagiaire], comptes: list[bool], pris: set[str]
) -> list[Stagiaire]:
    """Les mêmes, avec chacun un identifiant qui n'est pas dans ``pris`` (en minuscules) ; ``comptes`` : si le leur est à eux seuls.

    On les donne dans l'ordre des noms, pas des lignes : la même liste, rangée autrement, donne les mêmes.

    >>> deux = [Stagiaire(prenom="Ali", nom="Alami", groupe="B"), Stagiaire(prenom="Ali", nom="Alami", groupe="A")]
    >>> [un.identifiant for un in donner_des_identifiants(deux, [False, False], set())]
    ['alami_ali_2', 'alami_ali']
    """
    donnes: dict[int, str] = {}
    for rang in sorted(range(len(neufs)), key=lambda rang: astuple(neufs[rang])):
        donnes[rang] = _libre(neufs[rang], comptes[rang], pris)
        pris = pris | {donnes[rang].casefold()}
    return [replace(neuf, identifiant=donnes[rang]) for rang, neuf in enumerate(neufs)]


def _libre(stagiaire: Stagiaire, compte: bool, pris: set[str]) -> str:
    """Celui que la liste donne, s'il est à lui seul ; sinon « nom_prenom », et de quoi distinguer deux homonymes."""
    nom = "_".join(mots(f"{stagiaire.nom} {stagiaire.prenom}")) or stagiaire.compte
    cles = [
        cle
        for champ, cle in (("numero", stagiaire.numero), ("courriel", stagiaire.compte))
        if peut_identifier(champ, getattr(stagiaire, champ))
    ]
    precis = [f"{nom}_{cle}" for cle in (*cles, stagiaire.participant) if cle]
    suite = [f"{nom}_{rang}" for rang in range(2, len(pris) + 3)]
    return next(
        libre
        for candidat in [*([stagiaire.identifiant] if compte else []), nom, *precis, *suite]
        if (libre := nom_de_dossier(candidat)).casefold() not in pris
    )
