"""La forme des leçons en étapes (séquences 3 et 4) : des durées qui tiennent, des bilans variés, rien qui souffle la réponse."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import pytest

from grc_helpers.entrainement.exercices import Choix, Exercice, Serie
from grc_helpers.entrainement.fichier import charger, noms
from tests.contenu.cahiers import APPEL, CelluleLue, cahier
from tests.contenu.test_duree import minutes_affichees, mots, temps_annonces

# Le temps, en minutes : lire (les énoncés des exercices aussi), un exercice ou un bilan, une réponse de trois phrases, une de huit
# lignes, un simulateur.
MOTS_PAR_MINUTE, EXERCICE, REPONSE, REPONSE_LONGUE, SIMULATEUR = 180, 3, 5, 10, 5
LONGUES = ("ecrire_note",)
# Deux cellules de service, qui ne prennent pas de temps.
SERVICE = ("preparer", "glossaire_mots")


@dataclass(frozen=True)
class Lecon:
    nom: str
    etapes: int
    outils: int

    @property
    def cellules(self) -> tuple[CelluleLue, ...]:
        return cahier(self.nom)

    @cached_property
    def textes(self) -> dict[str, str]:
        return {cellule.id: cellule.texte for cellule in self.cellules}

    @cached_property
    def parties(self) -> dict[int, list[CelluleLue]]:
        """Les cellules de chaque étape, par numéro."""
        parties: dict[int, list[CelluleLue]] = {}
        numero = 0
        for cellule in self.cellules:
            titre = re.match(r"## (?:Étape (\d+))?", cellule.texte) if cellule.est_texte else None
            if titre:
                numero = int(titre[1] or 0)
            if numero:
                parties.setdefault(numero, []).append(cellule)
        return parties

    @cached_property
    def par_nom(self) -> dict[str, Exercice]:
        """Les exercices, dans l'ordre de leur fichier : lu une fois, il est long."""
        return {nom: charger(self.nom, nom) for nom in noms(self.nom)}

    @property
    def exercices(self) -> list[Exercice]:
        return list(self.par_nom.values())

    def exercice(self, cellule: CelluleLue) -> Exercice | None:
        appel = APPEL.search(cellule.texte)
        return self.par_nom[appel[2]] if appel and not cellule.est_texte else None

    @cached_property
    def bilans(self) -> list[Exercice]:
        return [self.par_nom[f"bilan_{numero}"] for numero in self.parties]

    def minutes(self, cellule: CelluleLue) -> float:
        if cellule.est_texte:
            return mots(cellule.texte) / MOTS_PAR_MINUTE
        if cellule.reponse:
            return REPONSE_LONGUE if cellule.id in LONGUES else REPONSE
        exercice = self.exercice(cellule)
        return EXERCICE + mots(a_lire(exercice)) / MOTS_PAR_MINUTE if exercice else SIMULATEUR


LECONS = [
    Lecon("s3_fidelisation", etapes=8, outils=2),
    Lecon("s4_reclamations", etapes=11, outils=4),
]


@pytest.fixture(params=LECONS, ids=lambda lecon: lecon.nom)
def lecon(request):
    return request.param


def a_lire(exercice):
    """Ce qu'un exercice donne à lire avant de répondre."""
    reponses = [option.texte for option in getattr(exercice, "options", ())]
    lignes = [ligne.texte for ligne in getattr(exercice, "lignes", ())]
    return " ".join([exercice.question, *reponses, *lignes, *getattr(exercice, "possibilites", ())])


def genre(exercice):
    return type(exercice).__name__, getattr(exercice, "possibilites", ())[:1] == ("Vrai",)


def questions(exercice):
    """Ce qu'un bilan donne à juger : des lignes, des gestes à garder ou non, ou les temps d'un calcul."""
    if isinstance(exercice, Serie):
        assert len(exercice.lignes) == 3
        return 3
    if isinstance(exercice, Choix):
        assert exercice.multiple and len(exercice.options) <= 5
        return len(exercice.options)
    return len(exercice.calculs)


def test_chaque_etape_tient_dans_le_temps_annonce(lecon):
    annonces = {
        int(numero): int(temps)
        for numero, temps in re.findall(
            r"^\| (\d+) \|.*\| (\d+) min \|$", lecon.textes["objectifs_temps"], re.MULTILINE
        )
    }
    besoins = {numero: sum(map(lecon.minutes, partie)) for numero, partie in lecon.parties.items()}
    assert list(annonces) == list(besoins) == list(range(1, lecon.etapes + 1))
    assert all(20 <= temps <= 30 for temps in annonces.values())
    assert {n: besoin for n, besoin in besoins.items() if besoin > annonces[n]} == {}
    tout = sum(lecon.minutes(c) for c in lecon.cellules if c.id not in SERVICE)
    lignes = temps_annonces([{"cell_type": "markdown", "source": lecon.textes["objectifs_temps"]}])
    assert tout <= sum(lignes.values()) == minutes_affichees(lecon.textes["titre"])
    assert tout - sum(besoins.values()) <= lignes[("au début, à la fin",)]


def test_chaque_etape_finit_par_un_bilan_de_trois_questions_et_un_arret(lecon):
    for (numero, partie), bilan in zip(lecon.parties.items(), lecon.bilans, strict=True):
        assert questions(bilan) >= 3
        fin = [cellule.id for cellule in partie][-3:]
        attendue = [f"bilan_{numero}", f"exercice_bilan_{numero}", f"arret_{numero}"]
        assert fin == (attendue if numero < lecon.etapes else fin[:1] + attendue[:2])
    arrets = [texte for nom, texte in lecon.textes.items() if nom.startswith("arret_")]
    assert all("arrêter ici" in texte for texte in arrets)


def test_les_bilans_ne_sont_pas_tous_du_meme_genre(lecon):
    genres = Counter(map(genre, lecon.bilans))
    assert len(genres) == 4 and max(genres.values()) <= 3, genres


def test_aucun_indice_ne_compte_les_reponses(lecon):
    compte = re.compile(
        r"(seule?|première|dernière|deux|trois|quatre)s? (phrase|réponse|proposition)s?"
        r"( sont| est|,| restent| ont)",
        re.IGNORECASE,
    )
    assert compte.search("Trois réponses sont bonnes.")
    souffles = {e.nom: i for e in lecon.exercices for i in e.indices if compte.search(i)}
    assert souffles == {}


def test_une_etape_se_reprend_apres_la_seule_preparation(lecon):
    """Le premier exercice d'une étape va chercher ce dont il a besoin : rien d'une étape d'avant ne doit être lancé."""
    for numero, partie in lecon.parties.items():
        premier = next(c.texte for c in partie if lecon.exercice(c))
        assert premier.startswith("from grc_helpers.entrainement import exercice"), numero


def test_pas_plus_d_un_exercice_sur_trois_du_meme_genre(lecon):
    """Plus sévère que la charte : ranger dans des familles et remettre dans l'ordre se comptent ensemble."""
    genres = Counter(map(genre, lecon.exercices))
    genres["réponse rédigée"] = sum(c.reponse is not None for c in lecon.cellules)
    assert max(genres.values()) * 3 <= sum(genres.values()), genres


def test_chaque_exercice_ecrit_est_dans_la_lecon_une_fois(lecon):
    appels = [APPEL.search(c.texte) for c in lecon.cellules if not c.est_texte]
    assert [appel[2] for appel in appels if appel] == list(lecon.par_nom)


def test_les_consignes_sont_au_dessus_des_simulateurs(lecon):
    outils = [rang for rang, c in enumerate(lecon.cellules) if ".afficher()" in c.texte]
    assert len(outils) == lecon.outils
    for rang in outils:
        assert "« Commencer »" in lecon.cellules[rang - 1].texte
        assert "Ce qu'il fallait voir" in lecon.cellules[rang + 1].texte


def test_une_reponse_redigee_a_son_modele_replie_et_vient_apres_l_exemple(lecon):
    ids = list(lecon.textes)
    redigees = [rang for rang, cellule in enumerate(lecon.cellules) if cellule.reponse]
    assert len(redigees) == lecon.etapes, "une par étape"
    assert ids.index("etape_1_copie") < ids.index("exercice_deux_copies") < redigees[0]
    for rang in redigees:
        assert lecon.cellules[rang + 1].texte.startswith("<details><summary>Comparer")


def test_aucune_association_ne_se_fait_par_elimination(lecon):
    """Plus d'éléments que de familles, ou des familles qui restent vides."""
    for exercice in lecon.exercices:
        if getattr(exercice, "melange", "") == "lignes":
            assert len(exercice.lignes) != len(exercice.possibilites), exercice.nom


def test_la_bonne_option_ne_se_devine_ni_a_sa_place_ni_a_sa_longueur(lecon):
    uniques = [e for e in lecon.exercices if isinstance(e, Choix) and not e.multiple]
    places = Counter(next(i for i, o in enumerate(e.options) if o.juste) for e in uniques)
    assert max(places.values()) <= len(uniques) / 2, places
    for exercice in uniques:
        longueurs = [len(option.texte) for option in exercice.options]
        assert max(longueurs) <= 2 * min(longueurs), exercice.nom


def test_les_phrases_vraies_ne_sont_pas_toujours_a_la_meme_place(lecon):
    series = [e for e in lecon.exercices if genre(e)[1]]
    suites = [tuple(ligne.attendu for ligne in serie.lignes) for serie in series]
    assert len(set(suites)) >= len(suites) - 1 >= 3
