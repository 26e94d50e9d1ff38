"""Ce que le stagiaire voit quand il lance une cellule : un écho en français, jamais une trace, jamais la solution."""

import pytest
from IPython.core.interactiveshell import InteractiveShell

from grc_helpers.noyau import magies
from grc_helpers.reponses.cellule import Cellule
from grc_helpers.reponses.controles import controler

ENTETE = "Années | N1 | N2 | N3 | N4\n"


@pytest.fixture
def lancer(monkeypatch, capsys):
    """Lance une cellule dans une session neuve ; renvoie le HTML affiché et ce qui a été écrit sur les sorties."""
    affiche = []
    for module in ("magies", "rendre", "erreurs"):
        monkeypatch.setattr(
            f"grc_helpers.noyau.{module}.display", lambda objet: affiche.append(objet.data)
        )
    monkeypatch.setattr(magies, "_controles", {})
    monkeypatch.setattr(magies, "_valeurs", {})
    session = InteractiveShell()
    session.run_line_magic("load_ext", "grc_helpers")

    def executer(source: str) -> str:
        affiche.clear()
        session.run_cell(source)
        sorties = capsys.readouterr()
        assert "Traceback" not in sorties.out + sorties.err and "Error" not in sorties.err
        return "\n".join(affiche)

    return executer


def tableau(corps: str) -> list[str]:
    return controler(Cellule("tableau", "q", ("valeur_client",), ENTETE + corps)).a_reprendre


@pytest.mark.parametrize(
    ("corps", "message"),
    [
        (
            "Clients perdus | cent | 60 | 36 | 20,4",
            "Clients perdus N1 : Je ne lis pas de nombre dans « cent »",
        ),
        ("Clients perdus | 1.234 | 60 | 36 | 20", "se lit de deux façons"),
        ("Pertes | 100 | 60 | 36 | 20,4", "La ligne « Pertes » n'est pas attendue"),
        ("Clients perdus | -100 | 60 | 36 | 20,4", "ne peut pas être négatif"),
        (
            "Résultat | 10 | 20 | 30 | 40\nRésultat cumulé | 10 | 20 | 30 | 40",
            "Résultat cumulé N2 : votre case ne correspond pas",
        ),
    ],
)
def test_un_tableau_maladroit_dit_quoi_reprendre(corps, message):
    assert any(message in dit for dit in tableau(corps)), tableau(corps)


def test_une_colonne_de_trop_est_dite():
    lu = controler(
        Cellule(
            "tableau",
            "q",
            ("valeur_client",),
            "Années | N1 | N2 | N3 | N4 | N5\nClients perdus | 1 | 2 | 3 | 4 | 5",
        )
    )
    assert any("La colonne « N5 » n'est pas attendue" in dit for dit in lu.a_reprendre)


@pytest.mark.parametrize("corps", [
    "Clients restants | 300 | 240 | 204 | 183,6\nClients perdus | 100 | 60 | 36 | 20,4",
    "clients perdus\t100\t60\t36\t20,4\nClients restants\t300\t240\t204\t183,6",
])  # fmt: skip
def test_des_lignes_inversees_ou_collees_d_un_tableur_sont_recevables(corps):
    assert tableau(corps) == []


def test_une_case_vide_se_voit(lancer):
    html = lancer("%%tableau q1 valeur_client\n" + ENTETE + "Clients perdus | 100 | | 36 | 20,4")
    assert "3 sur 4" in html and "à remplir" in html


def test_les_controles_croisent_les_tableaux_du_meme_cas(lancer):
    lancer("%%tableau q2 valeur_client\n" + ENTETE + "CA global | 100 | 90 | 80 | 70")
    lancer("%%tableau q3 valeur_client\n" + ENTETE + "Coût d'acquisition total | 10 | 10 | 10 | 10")
    lancer("%%tableau q4 valeur_client\n" + ENTETE + "Coût de vie total | 10 | 10 | 10 | 10")
    html = lancer("%%tableau q5 valeur_client\n" + ENTETE + "Résultat | 80 | 70 | 99 | 50")
    assert "Résultat N3" in html and "Résultat N2" not in html


def test_verifier_suit_la_derniere_reponse(lancer):
    assert "Pas encore de réponse" in lancer("verifier('q1')")
    lancer("%%nombre q1 clients\nquarante")
    assert "À reprendre" in lancer("verifier('q1')")
    lancer("%%nombre q1 clients\n400")
    assert "Bien reçu" in lancer("verifier('q1')")


@pytest.mark.parametrize(
    "source",
    [
        "1/0",
        "le client est roi",
        "import inconnu",
        "%%reponse",
        "%%reponse q2",
        "print(",
        "verifier()",
        "%%nombre",
    ],
)
def test_rien_ne_montre_de_trace(lancer, source):
    html = lancer(source)
    assert "grc-echo" in html and "Traceback" not in html


def test_du_html_dans_une_reponse_reste_du_texte(lancer):
    html = lancer("%%reponse q9\n<script>alert(1)</script>")
    assert "&lt;script&gt;" in html and "<script" not in html


def test_rendre_sans_fichier_dit_quoi_faire(lancer, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "Fichier &gt; Enregistrer" in lancer("rendre_ma_copie('s2_tp1_ltv')")
    (tmp_path / "s2_tp1_ltv.ipynb").write_bytes(b"{ abime")
    assert "illisible" in lancer("rendre_ma_copie('s2_tp1_ltv')")
