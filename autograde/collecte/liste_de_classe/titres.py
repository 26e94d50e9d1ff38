"""Les titres des colonnes d'une liste de classe : exports de Moodle, de logiciels de scolarité, listes faites à la main.

Un titre est reconnu par ses mots, une fois ôté ce qui ne change pas son sens (« Prénom de l'élève », « Nom(s) * ») ; il faut que tous
ceux qui restent soient connus : « Nom du père » n'est le nom d'aucun stagiaire.
"""

from autograde.collecte.liste_de_classe.cles import est_remplie, peut_identifier
from autograde.collecte.liste_de_classe.noms import colle, mots

# Les titres possibles de chaque champ, sans accent ; le premier l'emporte sur les suivants.
_TITRES = {
    "prenom": (
        "prenom, prenoms, first name, firstname, given name, givenname, forename, premier prenom, 1er prenom, prenom 1, "
        "prenom usuel, prenom usage"
    ),
    "nom": (
        "nom famille, nom, noms, last name, lastname, surname, family name, familyname, nom patronymique, nom usuel, nom usage, "
        "nom naissance, nom jeune fille"
    ),
    "complet": (
        "nom complet, full name, fullname, nom prenom, nom prenoms, noms prenoms, noms prenom, prenom nom, prenoms nom, prenoms noms, "
        "name, user, utilisateur, identite, nomcomplet, nomprenom, prenomnom"
    ),
    "courriel": (
        "adresse courriel, courriel, email, email address, adresse email, mail, adresse mail, mel, adresse mel, adresse electronique, "
        "courrier electronique, adresse messagerie, messagerie"
    ),
    "identifiant": (
        "nom utilisateur, nomdutilisateur, username, user name, login, identifiant connexion, identifiant moodle, compte, "
        "compte utilisateur"
    ),
    "numero": (
        "numero identification, idnumber, id number, matricule, numero matricule, cef, code cef, cne, code cne, code massar, massar, "
        "ine, numero ine, numero inscription, code inscription, numero dossier, code, id, numero, num, n"
    ),
    "groupe": "groupe, groupes, group, groups, classe, classes, section, sections, division, nom groupe, nom classe, classe groupe",
}
_CHAMPS = {
    titre: (champ, rang)
    for champ, titres in _TITRES.items()
    for rang, titre in enumerate(titres.split(", "))
}
# Ce que disent ces titres se voit aux valeurs : un nom, un compte, un numéro, ou « Participant 1043 ».
_IDENTIFIANTS = ("identifiant", "identifiants", "identifier")
_PERSONNES = frozenset(
    mots(
        "eleve eleves apprenant apprenante apprenants stagiaire stagiaires etudiant etudiante etudiants candidat candidate candidats "
        "apprenti apprentie apprentis participant participante participants inscrit inscrite inscrits student students"
    )
)
_SANS_EFFET = frozenset(
    mots(
        "a d de des du e es est et l la le les ou quel quelle s un une votre the of institutionnel institutionnelle personnel personnelle "
        "perso scolaire academique professionnel professionnelle principal principale obligatoire officiel officielle unique "
        "national nationale"
    )
)
_NOTES = frozenset(mots("note notes moyenne moyennes total points bareme score grade resultat"))
_MOTS_D_UN_TITRE = 12
A_VOIR = "à voir"


def champ_du_titre(titre: str) -> tuple[str, int] | None:
    """Le champ que ce titre annonce, et son rang parmi les titres du même champ ; None s'il n'annonce rien que l'on sache.

    >>> [champ_du_titre(titre)[0] for titre in ("Premier prénom*", "Prénom de l'élève", "Nom et prénom(s)", "Élève", "E-mail")]
    ['prenom', 'prenom', 'complet', 'à voir', 'courriel']
    >>> [champ_du_titre(titre) for titre in ("Nom du père", "Courriel parent", "Deuxième prénom", "N° d'ordre", "")]
    [None, None, None, None, None]
    """
    lus = mots(titre[:200])
    if not lus or len(lus) > _MOTS_D_UN_TITRE:
        return None
    entier = " ".join(mot for mot in lus if mot not in _SANS_EFFET)
    utile = " ".join(mot for mot in entier.split() if mot not in _PERSONNES)
    if entier in _IDENTIFIANTS or utile in _IDENTIFIANTS or (entier and not utile):
        return A_VOIR, 0
    return _CHAMPS.get(entier) or _CHAMPS.get(utile)


def colonnes(titres: list[str]) -> dict[str, list[int]]:
    """Les colonnes de chaque champ reconnu, la meilleure d'abord.

    >>> colonnes(["Nom d'usage", "Nom de famille", "Prénom", "Note"])
    {'nom': [1, 0], 'prenom': [2]}
    """
    trouvees: dict[str, list[tuple[int, int]]] = {}
    for place, titre in enumerate(titres):
        if reconnu := champ_du_titre(titre):
            champ, rang = reconnu
            trouvees.setdefault(champ, []).append((rang, place))
    return {champ: [place for _, place in sorted(rangs)] for champ, rangs in trouvees.items()}


def sens_des_valeurs(titre: str, valeurs: list[str]) -> str:
    """Ce que contient une colonne « Élève », « Stagiaire » ou « Identifiant » : le champ, d'après ce qui y est écrit.

    >>> sens_des_valeurs("Élève", ["ALAMI Yasmine"]), sens_des_valeurs("stagiaire", ["y.alami", "s_bennani"])
    ('complet', 'identifiant')
    >>> sens_des_valeurs("Identifiant", ["Participant 12"]), sens_des_valeurs("Identifiant", ["1", "2"])
    ('participant', 'numero')
    """
    remplies = [valeur for valeur in valeurs if est_remplie(valeur)]
    if any(mots(valeur)[0] in ("participant", "participante") for valeur in remplies):
        return "participant"
    if remplies and all(colle(valeur).isdecimal() for valeur in remplies):
        return "participant" if colle(titre) == "participant" else "numero"
    comptes = all(" " not in valeur.strip() for valeur in remplies) and any(
        valeur == valeur.lower() and peut_identifier("identifiant", valeur) for valeur in remplies
    )
    if comptes or colle(titre) in _IDENTIFIANTS or "identifiant" in mots(titre):
        return "identifiant"
    return "complet"


def est_une_note(titre: str) -> bool:
    """Vrai si la colonne porte des notes.

    >>> est_une_note("Note sur 20"), est_une_note("Total du cours (Brut)"), est_une_note("Notes de cours de l'élève"), est_une_note("Nom")
    (True, True, True, False)
    """
    return bool(_NOTES & set(mots(titre[:200])))
