"""La leçon de la séquence 1 : ses étapes, son rythme, et les chiffres qu'elle écrit, recalculés."""

import json
import re
import statistics

import pytest

from autograde.cours.dossiers import Cours
from grc_helpers.entrainement.exercices import Choix, Nombre, NombreATirer, Serie
from grc_helpers.entrainement.fichier import charger, noms
from grc_helpers.reponses.notebook import cellules, source
from tests.contenu.test_duree import mots

LECON = "s1_evolution_grc"
ETAPES = range(1, 11)
MEDIANE, LE_PLUS = 60, 130


@pytest.fixture(scope="module")
def textes():
    """Le texte de chaque cellule distribuée, par identifiant, dans l'ordre ; une espace insécable s'y lit comme une autre."""
    notebook = json.loads(Cours().notebook_distribue(LECON).read_text(encoding="utf-8"))
    return {c["id"]: re.sub("[\u00a0\u202f]", " ", source(c)) for c in cellules(notebook)}


def lectures(textes):
    return [
        texte for texte in textes.values() if not texte.startswith(("from ", "%load_ext", "%%"))
    ]


def test_une_idee_par_cellule(textes):
    longueurs = [mots(texte) for texte in lectures(textes)]
    assert statistics.median(longueurs) <= MEDIANE and max(longueurs) <= LE_PLUS


@pytest.mark.parametrize("numero", ETAPES)
def test_chaque_etape_finit_par_un_bilan_et_un_point_d_arret(textes, numero):
    ordre = list(textes)
    debut = next(i for i, t in enumerate(ordre) if textes[t].startswith(f"## Étape {numero} ·"))
    suivantes = [nom for nom in ordre[debut + 1 :] if textes[nom].startswith("## ")]
    fin = ordre.index(suivantes[0])
    assert ordre[fin - 2 : fin] == [f"bilan_{numero}", f"arret_{numero}"]
    assert len(charger(LECON, f"bilan_{numero}").lignes) == 3


def test_les_etapes_durent_de_vingt_a_trente_minutes(textes):
    minutes = [int(m) for m in re.findall(r"^\| \d+ \|.*\| (\d+) min \|$", textes["etapes"], re.M)]
    assert len(minutes) == len(ETAPES) and all(20 <= duree <= 30 for duree in minutes)


def sorte(exercice):
    match exercice:
        case Choix(multiple=multiple):
            return "choix multiple" if multiple else "choix"
        case NombreATirer():
            return "nombre"
        case Serie(melange=melange, possibilites=possibilites):
            return "ordre" if melange == "possibilites" else melange or str(possibilites)


def test_pas_plus_d_un_exercice_sur_trois_du_meme_genre():
    sortes = [sorte(charger(LECON, nom)) for nom in noms(LECON)]
    assert max(map(sortes.count, sortes)) * 3 <= len(sortes) and len(set(sortes)) == 6


def test_aucune_association_ne_se_fait_par_elimination():
    """Autant de lignes que de familles, une de chaque : la dernière se devine."""
    for nom in noms(LECON):
        exercice = charger(LECON, nom)
        if isinstance(exercice, Serie) and exercice.melange == "lignes":
            attendus = [ligne.attendu for ligne in exercice.lignes]
            assert sorted(attendus) != sorted(exercice.possibilites), nom


def test_la_bonne_reponse_n_est_ni_toujours_la_plus_longue_ni_a_la_meme_place():
    choix = [e for nom in noms(LECON) if isinstance(e := charger(LECON, nom), Choix)]
    uniques = [e for e in choix if not e.multiple]
    longues = [max(e.options, key=lambda option: len(option.texte)).juste for e in uniques]
    places = [next(i for i, o in enumerate(e.options) if o.juste) for e in uniques]
    assert sum(longues) * 2 <= len(longues) and max(map(places.count, places)) * 2 <= len(places)


def test_les_chiffres_de_la_lecon(textes):
    """Ce que le texte écrit, recalculé."""
    assert (60 / 3000, 45 / 300, 3000 / 300) == (0.02, 0.15, 10)
    assert "**2 %**" in textes["etape_4"] and "**15 %**" in textes["etape_4"]
    assert "3 000 dépliants" in textes["etape_4"] and "Dix fois moins" in textes["etape_4"]
    assert 0.5 + 4 + 2 * 2.5 + 0.5 == 10 and "Les 10 h de la séquence 1" in textes["module"]
    assert 960_000 / 2400 == 400 and 400 * 0.25 == 100
    assert "**400 DH**" in textes["par_client"] and "**100 DH**" in textes["par_client"]
    assert (120 + 2280, 360_000 + 600_000) == (2400, 960_000)
    assert (360_000 / 120, round(600_000 / 2280), int(3000 / 263)) == (3000, 263, 11)
    assert "| 3 000 DH | 263 DH |" in textes["vendre_a_qui"]
    assert "2 400 − 310 = 2 090" in textes["cycle_attention"] and 2400 - 310 == 2090
    assert 12 / 30 == 0.4 and "12 sur 30 : 40 %" in textes["crm_etapes"]
    reperees, devis, clientes, fideles = map(
        int,
        re.search(
            r"(\d+) écoles, .* : (\d+) ont .*\), (\d+) ont .*, (\d+) recomm", textes["crm_etapes"]
        ).groups(),
    )
    assert f"{reperees - devis} écoles repérées" in textes["cycle_de_vie"]
    assert f"{devis - clientes} écoles (un devis)" in textes["cycle_de_vie"]
    assert f"{fideles} écoles ;" in textes["cycle_de_vie"]
    notes = [int(n) for n in re.findall(r"\d+", textes["etape_9"].split("|---")[-1].split("\n")[1])]
    assert notes == [9, 3, 8, 7, 8] and sum(notes) / len(notes) == 7
    assert "35 ÷ 5 = 7" in textes["etape_9"]
    assert 18 / 60 == 0.3 and "trois sur dix" in textes["demarche"]


def test_les_deux_vendeurs_prouvent_ce_que_dit_la_lecon(textes):
    """Le soir, le transactionnel vend plus ; avec les rachats, le relationnel passe devant, dans le texte comme dans l'exercice."""
    lignes = re.findall(r"^\| (?:ventes|rachats|total).*$", textes["etape_3"], re.M)
    ventes, rachats, total = ([int(n) for n in re.findall(r"\d+", ligne)] for ligne in lignes)
    assert ventes[0] > ventes[1] and total[0] < total[1]
    assert [v + r for v, r in zip(ventes, rachats, strict=True)] == total
    modele = charger(LECON, "deux_vendeurs")
    for graine in range(1, 30):
        tire, valeurs = modele.tirer(graine), modele.valeurs(graine)
        assert isinstance(tire, Nombre) and tire.attendu > 0 and valeurs["n"] < valeurs["g"]
        assert tire.attendu == int(tire.attendu)


@pytest.mark.parametrize(
    "mot",
    [
        *("transactionnel", "relationnel", "4P", "4C", "one-to-one", "segment", "base de données"),
        *(
            "marketing produit",
            "marketing client",
            "hyper-segmentation",
            "télévente",
            "front office",
        ),
        *("back office", "intranet", "centre d'appels", "multicanal", "Virtuel", "Physique"),
        *("prospect", "client fidèle", "gamme", "personnalisation"),
    ],
)
def test_ce_que_les_tp_supposent_est_defini(textes, mot):
    """En gras dans le texte de la leçon, avant la fiche de révision."""
    enseigne = list(textes.values())[: list(textes).index("a_retenir")]
    assert re.search(rf"\*\*[^*]*{re.escape(mot)}[^*]*\*\*", "\n".join(enseigne), re.I), mot
