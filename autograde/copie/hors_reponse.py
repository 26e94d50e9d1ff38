"""Tout ce qu'une copie contient de plus que le cours : chaque morceau entre dans une réponse, ou va au formateur avec sa question.

Ce qui est entre l'énoncé d'une question et son contrôle, quand la cellule prévue est vide, est la réponse. Ce qui est ailleurs n'est
pas noté : un motif le cite, et il est gardé « à côté » pour être montré en entier.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from autograde.copie.reperage import Place, Plan, Role, est_un_essai_libre
from grc_helpers.reponses.cellule import (
    au_dessus_de_la_magie,
    lire_cellule,
    sans_diese,
    sans_reperes,
)
from grc_helpers.reponses.libelles import ajout, citer_tout
from grc_helpers.reponses.notebook import (
    TAILLE_MAXIMALE,
    Question,
    Reponse,
    ReponsesLues,
    identifiant,
    source,
)
from grc_helpers.reponses.types import TYPES
from grc_helpers.reponses.types.contrat import Cellule, sans_espaces

LUE_AILLEURS = "La cellule prévue est vide ; la réponse est lue dans une cellule ajoutée."
LUE_AUSSI = "Une cellule ajoutée à côté de la réponse est lue avec elle"
COUPEE = "La cellule de réponse a été coupée en deux ; les deux parties sont lues ensemble."
_LIEUX = {
    Role.AJOUT: "dans une cellule ajoutée",
    Role.SUITE: "dans une cellule ajoutée",
    Role.ENONCE: "dans l'énoncé",
    Role.CONTROLE: "dans la cellule de contrôle",
    Role.COURS: "dans un texte du cours",
    Role.REPONSE: "en commentaire au-dessus de la réponse",
}
# Ce que demandent Colab ou un Jupyter ordinaire pour que le cours s'ouvre.
_INSTALLEURS = {"!pip", "!pip3", "%pip", "!git", "!wget"}
_REGLAGES = {"%load_ext", "%reload_ext", "%matplotlib", "%cd"}


@dataclass(frozen=True)
class Morceau:
    """Un texte écrit hors d'une cellule de réponse : sa cellule, sa place et ce qui y est écrit de plus que dans le cours."""

    rang: int
    place: Place
    texte: str


@dataclass
class Lecture:
    """Les cellules de la copie où chaque réponse est entière, et ce qu'il faut en dire question par question.

    ``retrouvees`` : les cellules qui avaient tout perdu sauf leur place.
    """

    cellules: list[dict]
    signalements: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    a_cote: list[tuple[str, Morceau]] = field(default_factory=list)
    retrouvees: list[str] = field(default_factory=list)

    def reporter(self, lues: ReponsesLues) -> None:
        """Ajoute aux réponses lues les signalements, et les textes gardés à côté."""
        for nom, messages in self.signalements.items():
            for message in messages:
                lues.signaler(nom, message)
        par_lieu: dict[tuple[str, str], list[str]] = {}
        for nom, morceau in self.a_cote:
            par_lieu.setdefault((nom, _LIEUX[morceau.place.role]), []).append(morceau.texte)
            lues.mettre_a_cote(nom, morceau.texte)
        for (nom, lieu), textes in par_lieu.items():
            lues.signaler(nom, f"Écrit {lieu}, et pas lu comme réponse : {citer_tout(textes)}.")


def lire_tout(
    copie: Sequence[dict], places: Sequence[Place], plan: Plan, retenus: Mapping[str, str]
) -> Lecture:
    """Range chaque texte ajouté d'une copie : dans la réponse de sa question, ou à côté.

    ``retenus`` : ceux que le poste a trouvés dans des cellules verrouillées, par identifiant nbgrader.
    """
    lecture = Lecture(list(copie))
    morceaux = list(_morceaux(copie, places, plan))
    morceaux += [
        Morceau(len(copie), plan.place(plan.par_identifiant[nom]), texte)
        for nom, texte in retenus.items()
        if nom in plan.par_identifiant
    ]
    ailleurs = [morceau for morceau in morceaux if not _proche(morceau)]
    vides = []
    for nom, question in plan.questions.items():
        siens = [m for m in morceaux if m.place.question == nom and _proche(m)]
        rangs = [
            rang
            for rang, place in enumerate(places)
            if place.role is Role.REPONSE and place.question == nom
        ]
        _marquer(lecture, question, rangs)
        if _lire_une_question(lecture, question, rangs, siens):
            vides.append(nom)
    for morceau in ailleurs:
        for nom in _destinataires(morceau.place, list(plan.questions), vides, plan):
            lecture.a_cote.append((nom, morceau))
    lues = {morceau.rang for morceau in morceaux if morceau.place.role is Role.SUITE}
    for rang in lues:  # la seconde partie d'une réponse est dans la première : elle ne répond pas une deuxième fois
        lecture.cellules[rang] = lecture.cellules[rang] | {"metadata": {}, "source": ""}
    return lecture


def _proche(morceau: Morceau) -> bool:
    return morceau.place.interieur and morceau.place.role in (Role.AJOUT, Role.SUITE)


def _morceaux(copie: Sequence[dict], places: Sequence[Place], plan: Plan) -> Iterable[Morceau]:
    """Ce que chaque cellule dit de plus que le cours, sauf les réponses elles-mêmes."""
    for rang, (cellule, place) in enumerate(zip(copie, places, strict=True)):
        texte = source(cellule)[:TAILLE_MAXIMALE]
        if place.role is Role.REPONSE:
            question = plan.questions.get(place.question)
            dit = au_dessus_de_la_magie(texte) if question else ""
            # Au-dessus d'une prose, ou d'une cellule vide, le commentaire est déjà lu.
            lue = lire_cellule(texte, question.vierge) if question and dit else None
            dit = "" if lue and sans_espaces(dit) in sans_espaces(lue.corps) else dit
        elif place.role in (Role.AJOUT, Role.SUITE):
            dit = _texte_ajoute(cellule, texte)
        elif place.modele and texte == source(place.modele):
            dit = ""
        else:
            dit = ajout(texte, source(place.modele or {}))
        if dit.strip():
            yield Morceau(rang, place, dit)


def _texte_ajoute(cellule: dict, texte: str) -> str:
    """Ce qu'une cellule ajoutée donne à lire : ni magie d'une question inconnue, ni commande pour la machine."""
    texte = sans_diese(sans_reperes(texte))
    lue = lire_cellule(texte)
    if lue:
        return lue.corps
    if cellule.get("cell_type") != "code":
        return texte
    return "\n".join(ligne for ligne in texte.split("\n") if not _est_une_commande(ligne))


def _est_une_commande(ligne: str) -> bool:
    """« !pip install … », « %load_ext … », « import … » : rien qui s'adresse au formateur.

    >>> _est_une_commande("!pip install grc_helpers"), _est_une_commande("% de clients perdus : 25")
    (True, False)
    """
    mots = ligne.split()
    if not mots:
        return False
    importe = mots[0] == "import" and (len(mots) == 2 or (len(mots) == 4 and mots[2] == "as"))
    importe_de = mots[0] == "from" and mots[2:3] == ["import"] and len(mots) == 4
    reglage = mots[0] in _REGLAGES and len(mots) == 2
    return mots[0] in _INSTALLEURS or reglage or importe or importe_de


def _marquer(lecture: Lecture, question: Question, rangs: Sequence[int]) -> None:
    """Rend son nom à une réponse qui n'a plus que son ``id`` pour se faire reconnaître."""
    for rang in rangs:
        cellule = lecture.cellules[rang]
        if identifiant(cellule) != question.identifiant and lire_cellule(source(cellule)) is None:
            lecture.cellules[rang] = cellule | {"metadata": _metadonnees(question)}
            lecture.retrouvees.append(question.identifiant)


def _metadonnees(question: Question) -> dict:
    return {"nbgrader": {"grade_id": question.identifiant, "solution": True}}


def _lire_une_question(
    lecture: Lecture, question: Question, rangs: Sequence[int], morceaux: Sequence[Morceau]
) -> bool:
    """Donne à une question sa réponse entière. Renvoie vrai si, tout bien lu, rien n'y répond."""
    lues = {rang: _lue(lecture.cellules[rang], question.vierge) for rang in rangs}
    remplies = [rang for rang, lue in lues.items() if not Reponse(question, lue).vide]
    utiles = _sans_repetition(morceaux, question, [lue.corps for lue in lues.values()])
    if not utiles:
        return not remplies
    if remplies:
        _completer(lecture, question, remplies[-1], lues[remplies[-1]], utiles)
    else:
        _repondre_ailleurs(lecture, question, lues, utiles)
    return False


def _lue(cellule: dict, vierge: Cellule) -> Cellule:
    lue = lire_cellule(source(cellule), vierge)
    assert lue is not None, "avec son modèle, une cellule se lit toujours"
    return lue


def _sans_repetition(
    morceaux: Iterable[Morceau], question: Question, deja: Iterable[str]
) -> list[Morceau]:
    """Les morceaux qui disent autre chose que la cellule distribuée, que la réponse et que les morceaux d'avant."""
    morceaux = list(morceaux)
    connus = set(map(sans_espaces, deja)) if morceaux else set()
    utiles = []
    for morceau in morceaux:
        serre = sans_espaces(morceau.texte)
        if serre in connus or Reponse(question, _avec(question, morceau.texte)).vide:
            continue
        connus.add(serre)
        utiles.append(morceau)
    return utiles


def _avec(question: Question, corps: str) -> Cellule:
    return replace(question.vierge, corps=corps)


def _repondre_ailleurs(
    lecture: Lecture, question: Question, lues: Mapping[int, Cellule], morceaux: Sequence[Morceau]
) -> None:
    """La cellule prévue est vide, ou perdue : ce qui est écrit à sa place est la réponse."""
    coupee = any(morceau.place.role is Role.SUITE for morceau in morceaux)
    debut = [lue.corps for lue in lues.values()] if coupee else []
    _ecrire(lecture, question, list(lues), [*debut, *(morceau.texte for morceau in morceaux)])
    if coupee:
        lecture.signalements[question.identifiant].append(COUPEE)
    elif lues or len(morceaux) > 1:
        lecture.signalements[question.identifiant].append(LUE_AILLEURS)
    else:
        lecture.retrouvees.append(question.identifiant)


def _completer(
    lecture: Lecture, question: Question, rang: int, lue: Cellule, morceaux: Sequence[Morceau]
) -> None:
    """La cellule prévue est remplie : une suite la complète, un autre texte reste à côté, sauf dans une prose, où tout compte."""
    nom = question.identifiant
    suites = [m for m in morceaux if m.place.role is Role.SUITE]
    if TYPES[question.type].phrases:
        ajouts = [m for m in morceaux if m not in suites]
    else:
        suites, ajouts = _avec_les_moities(question, rang, lue, suites, morceaux), []
    lecture.a_cote += [(nom, m) for m in morceaux if m not in suites and m not in ajouts]
    if suites:
        lecture.signalements[nom].append(COUPEE)
    if ajouts:
        cites = citer_tout([m.texte for m in ajouts])
        lecture.signalements[nom].append(f"{LUE_AUSSI} : {cites}.")
    if suites or ajouts:
        parties = sorted([(rang, lue.corps), *((m.rang, m.texte) for m in (*suites, *ajouts))])
        _ecrire(lecture, question, [rang], [texte for _, texte in parties])


def _avec_les_moities(
    question: Question,
    rang: int,
    lue: Cellule,
    suites: Sequence[Morceau],
    morceaux: Sequence[Morceau],
) -> list[Morceau]:
    """Les suites, et la cellule qui vient juste après si elle remplit d'autres cases : une seconde moitié, que rien d'autre ne marque."""
    genre, vierge = TYPES[question.type], question.vierge.corps
    trouvees, haut, dernier = list(suites), lue.corps, rang
    for morceau in morceaux:
        if morceau in suites or morceau.rang != dernier + 1:
            continue
        remplies, autres = genre.pieces(haut, vierge), genre.pieces(morceau.texte, vierge)
        if remplies is not None and autres and not remplies & autres:
            trouvees.append(morceau)
            haut, dernier = f"{haut}\n{morceau.texte}", morceau.rang
    return trouvees


def _ecrire(
    lecture: Lecture, question: Question, rangs: Sequence[int], textes: Iterable[str]
) -> None:
    """Met la réponse entière dans sa cellule ; dans une cellule de plus si elle a disparu."""
    ecrite = {"source": _avec(question, "\n".join(filter(str.strip, textes))).source}
    if rangs:
        lecture.cellules[rangs[-1]] = lecture.cellules[rangs[-1]] | ecrite
    else:
        lecture.cellules.append({"cell_type": "code", "metadata": _metadonnees(question)} | ecrite)


def _destinataires(
    place: Place, questions: Sequence[str], vides: Sequence[str], plan: Plan
) -> list[str]:
    """Les questions auxquelles un texte écrit hors de toute réponse peut répondre."""
    nom = place.question
    if not questions:
        return []
    if place.role is Role.COURS and place.modele and est_un_essai_libre(place.modele, plan):
        return [nom] if nom in vides else []
    if not nom:
        return [questions[0]]
    if place.role not in (Role.AJOUT, Role.COURS):
        return [nom]
    suivantes = questions[questions.index(nom) + 1 :]
    if suivantes:  # entre deux questions : peut-être écrit au-dessus de la seconde
        return [nom, *(suivante for suivante in suivantes[:1] if suivante in vides)]
    if nom in vides:
        return [nom]
    return [vides[-1] if vides else nom]
