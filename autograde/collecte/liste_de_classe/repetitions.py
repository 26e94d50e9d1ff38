"""Une liste lue, avant de la réunir à une autre : une ligne par personne, et rien à la place d'une clé que l'on n'a pas."""

from dataclasses import replace

from autograde.collecte.liste_de_classe.cles import CHAMPS, Cles, est_remplie, forme_comparee
from autograde.collecte.liste_de_classe.noms import lettres
from autograde.collecte.liste_de_classe.stagiaire import Stagiaire


def une_ligne_par_personne(lus: list[Stagiaire]) -> tuple[list[Stagiaire], list[str]]:
    """Les personnes de ces lignes, et ce qu'il faut en dire.

    Une ligne répétée (même nom et même clé, à lui seul) n'est qu'une personne ; deux homonymes restent deux.

    >>> lea = Stagiaire(prenom="Léa", nom="Petit")
    >>> len(une_ligne_par_personne([lea, lea])[0]), len(une_ligne_par_personne([replace(lea, courriel="l@i.ma")] * 2)[0])
    (2, 1)
    """
    lus = [_sans_remplissage(lu) for lu in lus]
    cles = Cles(lus)
    partagees = cles.partagees()
    personnes: list[Stagiaire] = []
    remarques: list[str] = []
    places: dict[tuple[str, tuple[str, str]], int] = {}
    for rang, lu in enumerate(lus):
        marques = [(lettres(lu.noms), cle) for cle in cles.de(rang) if cle not in partagees]
        deja = next((places[marque] for marque in marques if marque in places), None)
        if deja is None or _se_contredisent(personnes[deja], lu):
            deja = len(personnes)
            personnes.append(lu)
        else:
            personnes[deja] = replace(lu, **personnes[deja].renseigne)
            remarques.append(f"{lu.nom_complet} : deux lignes, même clé ; une seule personne.")
        places.update(dict.fromkeys(marques, deja))
    return personnes, remarques


def _se_contredisent(un: Stagiaire, autre: Stagiaire) -> bool:
    """Vrai si une de leurs clés dit que ce sont deux personnes."""
    formes = (
        [forme_comparee(champ, getattr(personne, champ)) for personne in (un, autre)]
        for champ in CHAMPS
    )
    return any(ici and la and ici != la for ici, la in formes)


def _sans_remplissage(lu: Stagiaire) -> Stagiaire:
    """Sans « - », « NULL » ni « néant » à la place d'une clé."""
    vides = {champ: "" for champ in CHAMPS if not est_remplie(getattr(lu, champ))}
    return replace(lu, **vides)
