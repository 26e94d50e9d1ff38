"""Une idée retournée : les mots attendus y sont, mais à côté d'un mot qui dit le contraire de l'idée (« la part de marché augmente »)."""

from functools import lru_cache

from autograde.prose.bareme import Element
from autograde.prose.formulations import preparer
from autograde.prose.lexique import grammaire
from autograde.prose.polarite import est_un_refus, est_une_restriction, negateurs
from autograde.prose.preparation import Texte
from autograde.prose.ressemblance import contraire, ressemblent
from autograde.prose.roles import joue_par_un_autre
from autograde.prose.texte import aplatir, lire


def est_retournee(texte: Texte, element: Element, rangs: set[int]) -> bool:
    """Une proposition reconnue contient-elle, affirmé, le contraire d'un mot de l'élément ? Ou la réponse prend-elle le parti opposé ?"""
    if _parti_oppose(texte, element.libelle):
        return True
    if not element.ancre and joue_par_un_autre(texte, element.libelle, rangs):
        return True
    attendus = _mots_de_l_idee(
        element.libelle,
        tuple(element.formulations),
        tuple(tuple(notion) for notion in element.notions),
    )
    propositions = {
        texte.numeros[rang] for rang in rangs if not _apres_sinon(texte, texte.numeros[rang])
    }
    du_libelle = _mots_de_l_idee(element.libelle, (), ())
    for rang, mot in enumerate(texte.mots):
        if (
            texte.numeros[rang] not in propositions
            or rang in rangs
            or _coordonne_a_part(texte, rang, rangs)
        ):
            continue
        if texte.nies[rang] is None and _oppose(mot.forme, attendus):
            return True
        # « n'est pas nul », « ne pas garder seulement »
        nie_lui_meme = (
            est_un_refus(mot.forme)
            and texte.nies[rang] == rang
            or est_une_restriction(mot.forme)
            and texte.nies[rang] is not None
        )
        if nie_lui_meme and any(ressemblent(mot.forme, attendu) for attendu in du_libelle):
            return True
    return False


def _apres_sinon(texte: Texte, proposition: int) -> bool:
    """« Sinon les clients se sentent ignorés » : le contraire de l'idée y est dit exprès, pour la défendre."""
    return (
        aplatir(texte.brut[: texte.mots[texte.bornes[proposition][0]].debut])
        .rstrip(" ,")
        .endswith("sinon")
    )


def _coordonne_a_part(texte: Texte, rang: int, rangs: set[int]) -> bool:
    """« Le service était trop lent et je promets une réponse rapide » : un « et » sépare ce mot de l'idée, il n'en dit rien."""
    debut, fin = texte.bornes[texte.numeros[rang]]
    return all(
        any(mot.forme == "et" for mot in texte.mots[min(rang, autre) : max(rang, autre)])
        for autre in rangs
        if debut <= autre < fin
    )


def _parti_oppose(texte: Texte, libelle: str) -> bool:
    """Le barème attend « oui », la réponse commence par « non », ou l'inverse."""
    return bool(texte.mots) and {_premier_mot(libelle), texte.mots[0].forme} == {"oui", "non"}


def absence_niee(texte: Texte, rangs: frozenset[int]) -> bool:
    """« Le suivi n'a pas manqué » ne dit pas « pas de suivi » : la négation porte sur le manque."""
    propositions = {texte.numeros[rang] for rang in rangs}
    return any(
        texte.numeros[rang] in propositions
        and rang not in rangs
        and nie is not None
        and _dit_l_absence(texte.mots[rang].forme)
        for rang, nie in enumerate(texte.nies)
    )


@lru_cache(maxsize=5_000)
def _dit_l_absence(forme: str) -> bool:
    return any(ressemblent(forme, mot) for mot in grammaire().manques)


@lru_cache(maxsize=1_000)
def _premier_mot(libelle: str) -> str:
    return next((mot.forme for mot in lire(libelle)), "")


@lru_cache(maxsize=1_000)
def dit_non(libelle: str) -> bool:
    """L'idée attendue est-elle elle-même négative ? (« il ne renouvelle pas sa commande »)"""
    return any(nie is not None for nie in negateurs(lire(libelle)))


@lru_cache(maxsize=1_000)
def _mots_de_l_idee(
    libelle: str, formulations: tuple[str, ...], notions: tuple[tuple[str, ...], ...]
) -> frozenset[str]:
    """Les mots du libellé et des formulations affirmatives."""
    mots = {mot.forme for mot in lire(libelle)}
    for ecrite in (*formulations, *(ecrite for notion in notions for ecrite in notion)):
        for formulation in preparer(ecrite):
            if not formulation.niee:
                mots |= {
                    mot for place in formulation.places for variante in place for mot in variante
                }
    return frozenset(mots)


@lru_cache(maxsize=20_000)
def _oppose(forme: str, attendus: frozenset[str]) -> bool:
    """Le mot s'oppose à un mot de l'idée sans être lui-même un de ses mots."""
    autre = contraire(forme)
    return (
        bool(autre)
        and any(ressemblent(autre, mot) for mot in attendus)
        and not any(ressemblent(forme, mot) for mot in attendus)
    )
