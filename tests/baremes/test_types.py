"""Les deux registres de types : chaque type de question a sa magie, son barème, son écho, sa note, et un exemple ici."""

from dataclasses import dataclass
from typing import get_args

import pytest
from pydantic import TypeAdapter

from autograde.baremes.calculs import noter_les_calculs
from autograde.baremes.resultats import NoteQuestion
from autograde.baremes.types import TYPES as BAREMES
from autograde.baremes.types.contrat import Bareme, CopieANoter
from grc_helpers.reponses.cellule import lire_cellule
from grc_helpers.reponses.controles import controler
from grc_helpers.reponses.echo import echo
from grc_helpers.reponses.notebook import Question, Reponse
from grc_helpers.reponses.types import TYPES


@dataclass(frozen=True)
class Exemple:
    """Une question de ce type : sa cellule distribuée, son barème sans le type, une réponse juste, une fausse."""

    vierge: str
    bareme: dict
    juste: str
    fausse: str


_PROSE = [{"id": "accueil", "libelle": "un bon accueil", "formulations": ["bon accueil"]}]
EXEMPLES = {
    "nombre": Exemple("%%nombre q clients\n", {"attendu": 400.0}, "400", "30"),
    "tableau": Exemple(
        "%%tableau q\nJour | Lundi\nVentes |",
        {"attendu": {"Ventes": {"Lundi": 80.0}}},
        "Jour | Lundi\nVentes | 80",
        "Jour | Lundi\nVentes | 8",
    ),
    "placement": Exemple(
        "%%tableau q\nCanal | Coût\nMagasin |\nSMS |",
        {"attendu": {"Magasin": {"Coût": 4.0}, "SMS": {"Coût": 1.0}}},
        "Canal | Coût\nMagasin | 3\nSMS | 2",
        "Canal | Coût\nMagasin | 2\nSMS | 2",
    ),
    "choix": Exemple("%%choix q a b\n", {"attendu": ["b"]}, "b", "a"),
    "ordre": Exemple("%%ordre q a b\n", {"attendu": ["b", "a"]}, "b, a", "a, b"),
    "association": Exemple(
        "%%association q\nMagasin :",
        {"attendu": {"Magasin": "b"}, "explications": {"Magasin": "On y entre."}},
        "Magasin : b",
        "Magasin : a",
    ),
    "classement": Exemple(
        "%%classement q a b\nNadir :\nZoé :",
        {"attendu": {"Nadir": "a", "Zoé": ["a", "b"]}},
        "Nadir : a\nZoé : b",
        "Nadir : b\nZoé : b",
    ),
    "croisement": Exemple(
        "%%croisement q A B\nClasses | fort | faible\nClasse A | |\nClasse B | |",
        {"attendu": {"Client A": ["Classe A", "fort"], "Client B": ["Classe B", "fort"]}},
        "Classes | fort | faible\nClasse A | A |\nClasse B | B |",
        "Classes | fort | faible\nClasse A | B |\nClasse B | A |",
    ),
    "prose": Exemple(
        "%%reponse q\n", {"elements": _PROSE}, "Le bon accueil.", "Le prix est trop cher."
    ),
    "lettre": Exemple(
        "%%reponse q\n",
        {"elements": _PROSE, "structure": ["appel", "politesse"]},
        "Madame,\n\nNous vous devons un bon accueil, et nous y veillons chaque jour avec toute notre équipe.\n\n"
        "Veuillez agréer, Madame, nos salutations distinguées.",
        "Votre colis est perdu.",
    ),
}


def nom(bareme: type[Bareme]) -> str:
    (litteral,) = get_args(bareme.model_fields["type"].annotation)
    return litteral


def noter(bareme: type[Bareme], corps: str) -> NoteQuestion:
    exemple = EXEMPLES[nom(bareme)]
    ecrit = TypeAdapter(bareme).validate_python({"type": nom(bareme), **exemple.bareme})
    vierge = lire_cellule(exemple.vierge)
    magie = exemple.vierge.split("\n")[0]
    reponse = Reponse(Question("q", vierge), lire_cellule(f"{magie}\n{corps}", vierge))
    assert not reponse.vide
    calculs = noter_les_calculs({"q": reponse}, {"q": ecrit})
    return ecrit.noter(reponse, CopieANoter("", calculs))


def test_chaque_magie_a_un_bareme_et_chaque_bareme_une_magie():
    assert {bareme.magie for bareme in BAREMES} == set(TYPES)
    noms = [nom(bareme) for bareme in BAREMES]
    assert sorted(noms) == sorted(EXEMPLES), "un exemple par type, et pas deux types du même nom"


@pytest.mark.parametrize("bareme", BAREMES, ids=nom)
def test_chaque_type_lit_montre_et_note(bareme):
    exemple = EXEMPLES[nom(bareme)]
    vierge = lire_cellule(exemple.vierge)
    assert vierge.type == bareme.magie
    assert Reponse(Question("q", vierge), vierge).vide
    assert not controler(vierge).recevable
    juste = lire_cellule(exemple.vierge.split("\n")[0] + "\n" + exemple.juste)
    assert controler(juste).recevable
    assert "Bien reçu" in echo(juste, controler(juste))
    assert noter(bareme, exemple.juste).fraction == 1
    assert (noter(bareme, exemple.fausse).fraction or 0) < 1


@pytest.mark.parametrize("bareme", BAREMES, ids=nom)
def test_chaque_type_se_montre_et_dit_ses_erreurs(bareme):
    exemple = EXEMPLES[nom(bareme)]
    ecrit = TypeAdapter(bareme).validate_python({"type": nom(bareme), **exemple.bareme})
    vierge = lire_cellule(exemple.vierge)
    reponse = Reponse(
        Question("q", vierge), lire_cellule(exemple.vierge.split("\n")[0] + "\n" + exemple.fausse)
    )
    note = noter(bareme, exemple.fausse)
    assert ecrit.montrer(reponse, note).texte == exemple.fausse
    # Une réponse rédigée sans idée fausse n'a pas d'erreur : il lui manque une idée.
    assert bool(list(ecrit.fausses(note))) != bareme.redigee
    assert list(ecrit.elements_comptes([note])) or not bareme.detaillee
