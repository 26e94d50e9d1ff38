"""Le moteur : pour chaque élément du barème, un crédit 0, 0,5 ou 1, et le passage qui le justifie.

Une formulation est reconnue quand tous ses mots sont dans une même proposition, dans n'importe quel ordre. Les mots que la question
contient déjà peuvent rester sous-entendus. Rien n'est appris, rien n'est tiré au sort : la même réponse a toujours la même note.
"""

from dataclasses import replace
from functools import lru_cache
from itertools import islice, pairwise

from autograde.prose.bareme import ContreElement, Element
from autograde.prose.credit import Credit
from autograde.prose.formulations import Formulation, Place, preparer
from autograde.prose.lexique import grammaire, lexique, racine
from autograde.prose.nombres_cites import chercher_un_nombre
from autograde.prose.poles import est_ancree
from autograde.prose.preparation import Occurrence, Texte
from autograde.prose.sens import absence_niee, dit_non, est_retournee
from autograde.prose.texte import aplatir

FENETRE = 8  # mots entre deux places reconnues dans des propositions voisines d'une même phrase
PRES = 6  # mots entre un comparatif et ce qu'il compare


def crediter(texte: Texte, element: Element) -> Credit:
    """Le crédit d'un élément dans une réponse préparée."""
    trouves = [
        c
        for ecrite in element.formulations
        for f in preparer(ecrite)
        for c in _chercher(texte, f, element)
    ]
    if not element.au_moins:
        trouves += [chercher_un_nombre(texte, nombre, element) for nombre in element.nombres]
    credit = _meilleur([*trouves, *_des_notions(texte, element)])
    if credit.valeur and element.sens == "affirme" and est_retournee(texte, element, credit.places):
        return replace(credit, valeur=0.0, motif="retourné")
    return credit


def contredit(texte: Texte, contre: ContreElement) -> Credit:
    """Le passage qui affirme une idée fausse (valeur 1), ou un crédit nul."""
    return affirme(texte, contre.formulations, contre.message)


def affirme(texte: Texte, formulations: list[str], libelle: str = "") -> Credit:
    """Le passage qui affirme une de ces formulations (valeur 1), ou un crédit nul."""
    return next(iter(affirmations(texte, formulations, libelle)), Credit())


def affirmations(texte: Texte, formulations: list[str], libelle: str = "") -> list[Credit]:
    """Tous les passages qui affirment une de ces formulations, le meilleur d'abord ; aucun si elle est à la fois affirmée et niée.

    Ici, aucun mot ne peut rester sous-entendu."""
    element = Element(id="idee", libelle=libelle, formulations=formulations)
    strict = replace(texte, connus=frozenset(), stricte=True)
    trouves = [
        c
        for ecrite in formulations
        for f in preparer(ecrite)
        for c in _chercher(strict, f, element)
    ]
    meilleur = _meilleur(trouves)
    if meilleur.valeur < 1:
        return []
    return [meilleur, *(c for c in trouves if c.valeur == 1 and c is not meilleur)]


def _des_notions(texte: Texte, element: Element) -> list[Credit]:
    """n notions sur m : le crédit entier quand il y en a assez, un demi quand il y en a quelques-unes. Avec « au_moins », un nombre
    compte pour une notion : « citez deux chiffres »."""
    cherches = [
        _meilleur(
            [c for ecrite in notion for f in preparer(ecrite) for c in _chercher(texte, f, element)]
        )
        for notion in element.notions
    ]
    if element.au_moins:
        cherches += [chercher_un_nombre(texte, nombre, element) for nombre in element.nombres]
    trouves = [credit for credit in cherches if credit.valeur == 1]
    if not trouves:
        return []
    places = set().union(*(credit.places for credit in trouves))
    formulation = " + ".join(credit.formulation for credit in trouves)
    return [
        Credit(
            1.0 if len(trouves) >= (element.au_moins or 1) else 0.5,
            texte.passage(trouves[0].places),
            "",
            places,
            formulation,
        )
    ]


def _meilleur(trouves: list[Credit]) -> Credit:
    """Le meilleur crédit ; une même formulation à la fois affirmée et niée n'en a aucun, et le formateur la lit."""
    affirmes = [credit for credit in trouves if credit.valeur > 0]
    nies = [credit for credit in trouves if credit.motif == "nié"]
    dementies = {credit.formulation for credit in affirmes} & {
        credit.formulation for credit in nies
    }
    if dementies:
        places = set().union(
            *(credit.places for credit in trouves if credit.formulation in dementies)
        )
        passage = next(credit.passage for credit in affirmes if credit.formulation in dementies)
        return Credit(0.0, passage, "contredit", places, min(dementies))
    if affirmes:
        return max(affirmes, key=lambda credit: credit.valeur)
    return nies[0] if nies else Credit()


def _chercher(texte: Texte, formulation: Formulation, element: Element) -> list[Credit]:
    """Cherche une formulation dans chaque proposition : ce qui l'affirme le mieux, et ce qui la nie."""
    if not texte.contient_un_mot(formulation):
        return []
    sous_entendues = _sous_entendues(formulation, texte.connus)
    if _il_en_manque_trop(texte, formulation, sous_entendues):
        return []
    trouves = []
    for proposition in sorted(
        set().union(*(texte.occurrences(place) for place in formulation.places))
    ):
        if not element.ancre or est_ancree(texte.ancres[proposition], element):
            essai = _dans_une_proposition(texte, formulation, sous_entendues, proposition, element)
            if essai.valeur or essai.motif:
                trouves.append(essai)
    affirmes = sorted(
        (credit for credit in trouves if credit.valeur), key=lambda credit: -credit.valeur
    )[:1]
    return affirmes + [credit for credit in trouves if credit.motif][:1]


def _il_en_manque_trop(texte: Texte, formulation: Formulation, sous_entendues) -> bool:
    """Des places exigées que rien ne remplit nulle part : aucune proposition ne peut dire cette formulation."""
    exigees = [
        place
        for place, facultative in zip(formulation.places, sous_entendues, strict=True)
        if not facultative
    ]
    admises = int(_une_peut_manquer(texte, len(exigees)))
    vides = (place for place in exigees if not texte.peut_remplir(place))
    return len(list(islice(vides, admises + 1))) > admises  # compter plus loin ne servirait à rien


def _une_peut_manquer(texte: Texte, exigees: int) -> bool:
    """De trois places exigées, deux valent la moitié ; jamais là où tout doit être écrit."""
    return exigees >= 3 and not texte.stricte


def _dans_une_proposition(
    texte: Texte, formulation: Formulation, sous_entendues, proposition: int, element: Element
) -> Credit:
    trouvees, manquantes = [], []
    for place, facultative in zip(formulation.places, sous_entendues, strict=True):
        occurrence = texte.occurrences(place).get(proposition)
        if occurrence:
            trouvees.append(occurrence)
        elif not facultative and not _dont_on_parle(texte, place, proposition):
            manquantes.append(place)
    rangs = frozenset().union(*(occurrence.rangs for occurrence in trouvees))
    if len(trouvees) < len(formulation.places) and all(
        occurrence.inverse for occurrence in trouvees
    ):
        return Credit()  # « n'a pas perdu de temps » ne dit pas à lui seul « garder la chambre »
    exigees = sum(not facultative for facultative in sous_entendues)
    if len(rangs) < len(trouvees) and _se_partagent_un_mot(texte, formulation, proposition):
        return Credit()
    if not rangs or len(manquantes) > 1 or len(manquantes) == exigees:
        return Credit()
    if (formulation.ordonnee and not _dans_l_ordre(trouvees)) or _comparatif_ailleurs(
        texte, formulation, rangs, proposition
    ):
        return Credit()
    valeur = 1.0
    if manquantes and (
        texte.stricte or not _dans_la_phrase(texte, manquantes[0], rangs, proposition)
    ):
        # Un comparatif absent change le sens : « le client rapporte moins » n'est pas à moitié dit par « le client rapporte ».
        if not _une_peut_manquer(texte, exigees) or _est_decisif(manquantes[0][0][0]):
            return Credit()
        valeur = 0.5
    niee = texte.nie(rangs, formulation.niee, dit_non(element.libelle)) != any(
        occurrence.inverse for occurrence in trouvees
    )
    attendue_niee = formulation.niee != (element.sens == "nie")
    # « libre » : l'idée vaut affirmée ou niée, sauf dans une réponse qui nie tout en bloc.
    if niee != attendue_niee and (element.sens != "libre" or formulation.niee or texte.tout_nie):
        if valeur < 1 or _dit_un_but(texte, proposition):
            return Credit()
        return Credit(0.0, texte.passage(rangs), "nié", set(rangs), formulation.texte)
    if formulation.niee and absence_niee(texte, rangs):
        return Credit()
    return Credit(valeur, texte.passage(rangs), "", set(rangs), formulation.texte)


def _dit_un_but(texte: Texte, proposition: int) -> bool:
    """« Pour que les clients ne partent pas » veut éviter qu'ils partent : ce n'est pas dire qu'ils ne partent pas."""
    rang = texte.bornes[proposition][0]
    avant = texte.brut[texte.mots[rang - 1].fin if rang else 0 : texte.mots[rang].debut]
    return not lexique().ouvrent_un_but.isdisjoint(aplatir(avant).split())


def _est_decisif(mot: str) -> bool:
    return mot in grammaire().comparatifs | grammaire().decisifs


def _se_partagent_un_mot(texte: Texte, formulation: Formulation, proposition: int) -> bool:
    """Deux places ne se remplissent pas avec le même mot : « cas complexes » ne dit pas « cas par cas »."""
    rangs = {
        rang
        for mot in formulation.mots
        for rang in texte.rangs(mot)
        if texte.numeros[rang] == proposition
    }
    return len(rangs) < len(formulation.places)


def _comparatif_ailleurs(
    texte: Texte, formulation: Formulation, rangs: frozenset[int], proposition: int
) -> bool:
    """« moins » ou « plus » ne compte que près de ce qu'il compare : « la concurrence est moins forte, le client fidèle » n'est pas
    « le client moins fidèle »."""
    for place in formulation.places:
        if place[0][0] in grammaire().comparatifs and len(formulation.places) > 1:
            comparatifs = {
                rang
                for variante in place
                for rang in texte.rangs(variante[0])
                if texte.numeros[rang] == proposition
            }
            if not any(abs(a - b) <= PRES for a in comparatifs for b in rangs - comparatifs):
                return True
    return False


def _dont_on_parle(texte: Texte, place: Place, proposition: int) -> bool:
    """La place est ce dont la proposition parle, nommé plus haut : « Le client B achète peu. Mais il est rentable. »"""
    return any(
        mot in texte.ancres[proposition]
        for variante in place
        if len(variante) == 1
        for mot in variante
    )


def _dans_l_ordre(trouvees: list[Occurrence]) -> bool:
    """« rapporte plus que ne coûte » n'est pas « coûte plus que ne rapporte » : dans une comparaison, l'ordre compte."""
    return all(min(avant.rangs) <= min(apres.rangs) for avant, apres in pairwise(trouvees))


def _dans_la_phrase(texte: Texte, place: Place, rangs: frozenset[int], proposition: int) -> bool:
    """La place manquante est-elle tout près, dans la même phrase, et affirmée comme le reste ?"""
    phrase = texte.mots[min(rangs)].phrase
    for autre, occurrence in sorted(texte.occurrences(place).items()):
        voisine = autre != proposition and texte.mots[texte.bornes[autre][0]].phrase == phrase
        if (
            voisine
            and not occurrence.inverse
            and min(abs(a - b) for a in occurrence.rangs for b in rangs) <= FENETRE
        ):
            return texte.nie(occurrence.rangs) == texte.nie(rangs)
    return False


@lru_cache(maxsize=20_000)
def _sous_entendues(formulation: Formulation, connus: frozenset[str]) -> tuple[bool, ...]:
    """Pour chaque place, si elle peut rester sous-entendue : la question contient déjà ce mot."""
    connues = [
        any(all(racine(mot) in connus for mot in variante) for variante in place)
        for place in formulation.places
    ]
    if all(
        connue or _est_generale(place)
        for connue, place in zip(connues, formulation.places, strict=True)
    ):
        return (False,) * len(
            connues
        )  # rien de propre à cette idée ne resterait : tout doit être écrit
    return tuple(connues)


def _est_generale(place) -> bool:
    """« client », « faire », « encore », « 1 » : trop courant pour reconnaître une idée à lui seul."""
    return any(all(_est_courant(mot) for mot in variante) for variante in place)


def _est_courant(mot: str) -> bool:
    return mot.isdigit() or mot in lexique().mots_outils or racine(mot) in lexique().mots_generaux
