"""Le moteur : pour chaque élément du barème, un crédit 0, 0,5 ou 1, et le passage qui le justifie.

Une formulation est reconnue quand tous ses mots sont dans une même proposition, dans n'importe quel ordre. Les mots que la question
contient déjà peuvent rester sous-entendus. Rien n'est appris, rien n'est tiré au sort : la même réponse a toujours la même note.
"""

from dataclasses import dataclass, field, replace

from autograde.bareme import BaremeReponse, ContreElement, Element
from autograde.prose.formulations import Formulation, preparer
from autograde.prose.lexique import lexique, racine
from autograde.prose.polarite import mots_nies, propositions
from autograde.prose.ressemblance import ressemblent, s_opposent
from autograde.prose.texte import Mot, lire

FENETRE = 8  # mots entre deux places reconnues dans des propositions voisines d'une même phrase

_DECISIFS = {"moins", "plus", "mieux", "pire", "non", "trop", "peu"}


@dataclass
class Credit:
    """Le sort d'un élément : sa valeur, le passage et la formulation qui le justifient, et ce qu'il faut en dire."""

    valeur: float = 0.0
    passage: str = ""
    motif: str = ""
    places: set[int] = field(default_factory=set)
    formulation: str = ""


@dataclass(frozen=True)
class Texte:
    """Une réponse préparée : ses mots, ce qui est nié, les bornes de ses propositions, ce dont parle chaque proposition.

    ``connus`` : les racines de l'énoncé, qui peuvent rester sous-entendues ; ``stricte`` : rien ne peut l'être, ni venir d'une
    proposition voisine (c'est ainsi qu'on cherche une idée fausse).
    """

    brut: str
    mots: list[Mot]
    nies: list[bool]
    bornes: list[tuple[int, int]]
    ancres: list[frozenset[str]]
    connus: frozenset[str]
    stricte: bool = False
    index: dict[str, tuple[int, ...]] = field(default_factory=dict, compare=False)

    def rangs(self, attendu: str) -> tuple[int, ...]:
        """Les rangs des mots de la réponse qui valent un mot du barème ; cherchés une fois par réponse."""
        if attendu not in self.index:
            self.index[attendu] = tuple(rang for rang, mot in enumerate(self.mots) if ressemblent(mot.forme, attendu))
        return self.index[attendu]

    def passage(self, places: set[int]) -> str:
        """Le bout de la réponse qui va du premier au dernier mot reconnu, propositions entières."""
        propres = {self.mots[rang].proposition for rang in places}
        dedans = [mot for mot in self.mots if mot.proposition in propres]
        return self.brut[min(mot.debut for mot in dedans) : max(mot.fin for mot in dedans)]


def preparer_texte(reponse: str, bareme: BaremeReponse) -> Texte:
    """Découpe une réponse pour la chercher dans ce barème."""
    mots = lire(reponse, lettres_nommees(bareme))
    bornes = propositions(mots)
    connus = frozenset(racine(mot.forme) for mot in lire(bareme.enonce) if mot.forme not in lexique().mots_outils)
    return Texte(reponse, mots, mots_nies(mots), bornes, _ancres_actives(mots, bornes, _poles(bareme, connus)), connus)


def _poles(bareme: BaremeReponse, connus: frozenset[str]) -> set[str]:
    """Ce dont une proposition peut parler tour à tour : les ancres, et les mots de la question que citent les idées fausses."""
    poles = {forme for element in bareme.elements for ancre in element.ancre for forme in _formes_de_l_ancre(ancre)}
    for contre in bareme.contre_elements:
        for formulation in (f for ecrite in contre.formulations for f in preparer(ecrite)):
            poles |= {place[0][0] for place in formulation.places if len(place) == 1 and racine(place[0][0]) in connus}
    return poles if len(poles) > 1 else set()


def lettres_nommees(bareme: BaremeReponse) -> frozenset[str]:
    """Les lettres isolées qui nomment quelque chose dans ce barème (les clients B, C, D)."""
    return frozenset(ancre for element in bareme.elements for ancre in element.ancre if len(ancre) == 1)


def crediter(texte: Texte, element: Element) -> Credit:
    """Le crédit d'un élément dans une réponse préparée."""
    if element.notions:
        return _crediter_des_notions(texte, element)
    trouves = [c for ecrite in element.formulations for f in preparer(ecrite) for c in _chercher(texte, f, element)]
    trouves += [_chercher_un_nombre(texte, nombre.valeur, nombre.tolerance, element) for nombre in element.nombres]
    return _meilleur(trouves)


def contredit(texte: Texte, contre: ContreElement) -> Credit:
    """Le passage qui affirme une idée fausse (valeur 1), ou un crédit nul. Ici, aucun mot ne peut rester sous-entendu."""
    element = Element(id=contre.id, libelle=contre.message, formulations=contre.formulations)
    strict = replace(texte, connus=frozenset(), stricte=True)
    trouve = _meilleur([c for ecrite in contre.formulations for f in preparer(ecrite) for c in _chercher(strict, f, element)])
    return trouve if trouve.valeur == 1 else Credit()


def _crediter_des_notions(texte: Texte, element: Element) -> Credit:
    """n notions sur m : le crédit entier quand il y en a assez, un demi quand il y en a quelques-unes."""
    trouves = []
    for notion in element.notions:
        meilleur = _meilleur([c for ecrite in notion for f in preparer(ecrite) for c in _chercher(texte, f, element)])
        if meilleur.valeur == 1:
            trouves.append(meilleur)
    if not trouves:
        return Credit()
    places = set().union(*(credit.places for credit in trouves))
    formulation = " + ".join(credit.formulation for credit in trouves)
    return Credit(1.0 if len(trouves) >= (element.au_moins or 1) else 0.5, texte.passage(trouves[0].places), "", places, formulation)


def _meilleur(trouves: list[Credit]) -> Credit:
    """Le meilleur crédit ; une même formulation à la fois affirmée et niée n'en a aucun, et le formateur la lit."""
    affirmes = [credit for credit in trouves if credit.valeur > 0]
    nies = [credit for credit in trouves if credit.motif == "nié"]
    dementies = {credit.formulation for credit in affirmes} & {credit.formulation for credit in nies}
    if dementies:
        places = set().union(*(credit.places for credit in trouves if credit.formulation in dementies))
        passage = next(credit.passage for credit in affirmes if credit.formulation in dementies)
        return Credit(0.0, passage, "contredit", places, min(dementies))
    if affirmes:
        return max(affirmes, key=lambda credit: credit.valeur)
    return nies[0] if nies else Credit()


def _chercher(texte: Texte, formulation: Formulation, element: Element) -> list[Credit]:
    """Cherche une formulation dans chaque proposition : ce qui l'affirme le mieux, et ce qui la nie."""
    sous_entendues = [_est_connue(texte, place) for place in formulation.places]
    if all(connue or _est_generale(place) for connue, place in zip(sous_entendues, formulation.places, strict=True)):
        sous_entendues = [False] * len(sous_entendues)  # rien de propre à cette idée ne resterait : tout doit être écrit
    if _sans_espoir(texte, formulation, sous_entendues):
        return []
    trouves = []
    for rang in range(len(texte.bornes)):
        if not element.ancre or _ancree(texte.ancres[rang], element):
            essai = _dans_une_proposition(texte, formulation, sous_entendues, rang, element)
            if essai.valeur or essai.motif:
                trouves.append(essai)
    affirmes = sorted((credit for credit in trouves if credit.valeur), key=lambda credit: -credit.valeur)[:1]
    return affirmes + [credit for credit in trouves if credit.motif][:1]


def _sans_espoir(texte: Texte, formulation: Formulation, sous_entendues: list[bool]) -> bool:
    """Trop de mots de la formulation ne sont nulle part dans la réponse : inutile de chercher proposition par proposition."""
    if any(texte.nies):
        return False  # un mot peut y être par son contraire nié
    exigees = [place for place, facultative in zip(formulation.places, sous_entendues, strict=True) if not facultative]
    absentes = [place for place in exigees if not any(all(map(texte.rangs, variante)) for variante in place)]
    absentes = [place for place in absentes if not any(_dont_on_parle(texte, place, rang) for rang in range(len(texte.bornes)))]
    return len(absentes) > 1 or len(absentes) == len(exigees)


def _dans_une_proposition(texte: Texte, formulation: Formulation, sous_entendues, proposition: int, element: Element) -> Credit:
    bornes = texte.bornes[proposition]
    trouvees, manquantes, ordre, retournee = set(), [], [], False
    for place, facultative in zip(formulation.places, sous_entendues, strict=True):
        rang, inverse = _trouver(texte, place, bornes)
        if rang is None and _dont_on_parle(texte, place, proposition):
            continue
        if rang is None and not facultative:
            manquantes.append(place)
        elif rang is not None:
            trouvees |= rang
            ordre.append(rang)
            retournee |= inverse
    if formulation.ordonnee and not _dans_l_ordre(ordre):
        return Credit()
    exigees = sum(not facultative for facultative in sous_entendues)
    if not trouvees or len(manquantes) > 1 or len(manquantes) == exigees:
        return Credit()
    if manquantes and (texte.stricte or not _dans_la_phrase(texte, manquantes[0], trouvees, bornes)):
        # Un comparatif absent change le sens : « le client rapporte moins » n'est pas à moitié dit par « le client rapporte ».
        valeur = 0.5 if exigees >= 3 and not texte.stricte and manquantes[0][0][0] not in _DECISIFS else 0.0
    else:
        valeur = 1.0
    if not valeur:
        return Credit()
    niee = any(texte.nies[rang] for rang in trouvees) != retournee
    attendue_niee = formulation.niee != (element.sens == "nie")
    if niee != attendue_niee and (element.sens != "libre" or formulation.niee):
        return Credit(0.0, texte.passage(trouvees), "nié", trouvees, formulation.texte) if valeur == 1 else Credit()
    return Credit(valeur, texte.passage(trouvees), "", trouvees, formulation.texte)


def _dont_on_parle(texte: Texte, place, proposition: int) -> bool:
    """La place est ce dont la proposition parle, nommé plus haut : « Le client B achète peu. Mais il est rentable. »"""
    return any(mot in texte.ancres[proposition] for variante in place if len(variante) == 1 for mot in variante)


def _dans_l_ordre(ordre: list[set[int]]) -> bool:
    """« rapporte plus que ne coûte » n'est pas « coûte plus que ne rapporte » : dans une comparaison, l'ordre compte."""
    return all(min(avant) <= min(apres) for avant, apres in zip(ordre, ordre[1:], strict=False))


def _trouver(texte: Texte, place, bornes) -> tuple[set[int] | None, bool]:
    """Les rangs des mots qui remplissent une place, et si c'est par le mot contraire."""
    for variante in place:
        rangs = set()
        for attendu in variante:
            rang = next((r for r in texte.rangs(attendu) if bornes[0] <= r < bornes[1]), None)
            if rang is None:
                break
            rangs.add(rang)
        else:
            return rangs, False
    nies = [rang for rang in range(*bornes) if texte.nies[rang]]
    for variante in place:
        rang = next((r for r in nies if len(variante) == 1 and s_opposent(texte.mots[r].forme, variante[0])), None)
        if rang is not None:
            return {rang}, True
    return None, False


def _dans_la_phrase(texte: Texte, place, trouvees: set[int], bornes) -> bool:
    """La place manquante est-elle tout près, dans la même phrase, et affirmée comme le reste ?"""
    phrase = texte.mots[min(trouvees)].phrase
    for debut, fin in texte.bornes:
        if texte.mots[debut].phrase == phrase and (debut, fin) != bornes:
            rangs, inverse = _trouver(texte, place, (debut, fin))
            if rangs and not inverse and min(abs(a - b) for a in rangs for b in trouvees) <= FENETRE:
                return any(texte.nies[r] for r in rangs) == any(texte.nies[r] for r in trouvees)
    return False


def _chercher_un_nombre(texte: Texte, valeur: float, tolerance: float, element: Element) -> Credit:
    for rang, mot in enumerate(texte.mots):
        if not mot.forme[0].isdigit():
            continue
        lu = float("".join(mot.forme.split()).replace(",", ".").rstrip("."))
        if abs(lu - valeur) <= tolerance + 1e-9 and not texte.nies[rang]:
            proposition = next(i for i, (debut, fin) in enumerate(texte.bornes) if debut <= rang < fin)
            if not element.ancre or _ancree(texte.ancres[proposition], element):
                return Credit(1.0, texte.passage({rang}), "", {rang}, f"nombre {valeur:g}")
    return Credit()


def _est_connue(texte: Texte, place) -> bool:
    """La question contient déjà ce mot : il peut rester sous-entendu dans la réponse."""
    return any(all(racine(mot) in texte.connus for mot in variante) for variante in place)


def _est_generale(place) -> bool:
    """« client », « faire », « encore », « 1 » : trop courant pour reconnaître une idée à lui seul."""
    return any(all(_est_courant(mot) for mot in variante) for variante in place)


def _est_courant(mot: str) -> bool:
    return mot.isdigit() or mot in lexique().mots_outils or racine(mot) in lexique().mots_generaux


def _formes_de_l_ancre(ancre: str) -> tuple[str, ...]:
    return (
        (ancre,) if len(ancre) == 1 else tuple(mot for formulation in preparer(ancre) for place in formulation.places for mot in place[0])
    )


def _ancres_actives(mots: list[Mot], bornes, toutes: set[str]) -> list[frozenset[str]]:
    """L'ancre dont parle chaque proposition : celle qu'elle nomme, sinon la dernière nommée."""
    actives, courante = [], frozenset()
    for debut, fin in bornes:
        nommees = frozenset(ancre for ancre in toutes for rang in range(debut, fin) if ressemblent(mots[rang].forme, ancre))
        courante = nommees or courante
        actives.append(courante)
    return actives


def _ancree(actives: frozenset[str], element: Element) -> bool:
    return any(forme in actives for ancre in element.ancre for forme in _formes_de_l_ancre(ancre))
