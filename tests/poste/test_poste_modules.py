"""Les modules de lecture du formulaire, dans un vrai navigateur : ils lisent et écrivent ce que le lecteur Python comprend."""

import random

import pytest

from autograde.cours.devoir import charger_devoir
from grc_helpers.francais.forme import sans_accents
from grc_helpers.poste import DOSSIER_POSTE
from grc_helpers.reponses.cellule import lire_cellule
from grc_helpers.reponses.lettres import lire_lettres
from grc_helpers.reponses.notebook import cellules, nbgrader, source
from grc_helpers.reponses.tableaux import lire_tableau
from grc_helpers.reponses.types import TYPES
from grc_helpers.reponses.types.association import lire_association
from tests.classe_fictive import DEPOT

pytestmark = pytest.mark.navigateur
STATIQUES = DOSSIER_POSTE / "extension/grc-poste/static"
VIERGE = "Années | N1 | N2\nClients perdus | |\nClients restants | |"

# Ce que l'on peut coller ou taper dans une case et qui pourrait casser le tableau.
CASES_DIFFICILES = [
    "100 | 60", "|", "||", "\\", "\\|", "a\\|b", "fin\\", "a;b", "'''", '"""', '"cité" puis nu', "<b>gras</b>", "😀👩‍👩‍👧",
    "-", "---", ":-:",
    "%%reponse q1", "!ls", "# titre", "### END SOLUTION", "### BEGIN SOLUTION", "1 250,50 €", "x" * 100_000, "{x}", "$\\frac{a}{b}$",
]  # fmt: skip


@pytest.fixture(scope="module")
def module(navigateur):
    """Appelle une fonction d'un module : ``module("grille.js", "lireGrille", texte)``. Aucun serveur : les fichiers seuls."""
    page = navigateur.new_page()
    page.route("**/*", lambda route: _servir(route, route.request.url.rsplit("/", 1)[-1]))
    page.goto("http://poste.invalid/")

    def appeler(nom: str, fonction: str, *arguments):
        demande = [f"/{nom}", fonction, list(arguments)]
        return page.evaluate(
            "([nom, f, a]) => import(nom).then(m => { const r = m[f](...a); return r instanceof Map ? [...r] : r })",
            demande,
        )

    yield appeler
    page.close()


def _servir(route, nom: str) -> None:
    if nom.endswith(".js"):
        route.fulfill(path=STATIQUES / nom, content_type="text/javascript")
    elif nom in ("hub", "binder"):
        donnees = f'{{"grcLieu": "{nom}", "grcAccueil": "course/accueil/accueil.ipynb"}}'
        page = f'<!doctype html><script id="jupyter-config-data" type="application/json">{donnees}</script>'
        route.fulfill(body=page, content_type="text/html")
    else:
        route.fulfill(body="<!doctype html><title>modules</title>", content_type="text/html")


@pytest.mark.parametrize(
    "source",
    [
        "%%reponse q2\nLe client revient.",
        " %%Réponse q4 Le client revient.",
        "\n# note\n%% ORDRE q4 a b c\nc, a",
        "%%nombre q1 clients\n400",
        "%%nombre q1 400",
        "%%tableau q1 valeur_client\nA | B",
        "%%tableau q1 |",
        "%%choix q3 a b",
        "%%association q5\nMagasin : b",
        "%%reponse",
        "x = 1",
        "%%time\nx",
        "%%constructor q1 a\nx",
        "### BEGIN SOLUTION\n%%reponse q",
    ],
)
def test_la_magie_se_lit_comme_en_python(module, source):
    ici, la = module("cellule.js", "lireMagie", source), lire_cellule(source)
    if la is None or source.startswith(
        "###"
    ):  # les repères du formateur : la page les laisse en texte brut
        assert ici is None
        return
    assert (ici["type"], ici["identifiant"], tuple(ici["arguments"])) == (
        la.type,
        la.identifiant,
        la.arguments,
    )
    assert ici["corps"] == source[ici["debut"] :]
    assert la.corps.endswith(ici["corps"])
    assert bool(ici["autour"]) == (la.corps != ici["corps"] or source.startswith("\n#"))


@pytest.mark.parametrize(
    "texte",
    [
        "Coût d’Acquisition",
        "Cou\u0302t d\u2019Acqui\u00adsition\u200b",
        "\ufeffAppels\u00a0reçus\u202f/\u2009heure",
        "\u202aÉté\u202c\u2060 vis\u2011à\u2010vis",
        "a\u2028b\tc\x85d\x1fe\0f",
        "ÉCOUTE ﬁdèle",
    ],
)
def test_les_textes_se_comparent_comme_en_python(module, texte):
    assert module("texte.js", "sansAccents", texte) == sans_accents(texte)


@pytest.mark.parametrize("suite", ["", "a", "a b c", "clients", "400", "clients 400", "|", "A | B"])
@pytest.mark.parametrize("genre", TYPES.values(), ids=TYPES)
def test_chaque_type_prend_autant_d_arguments_des_deux_cotes(module, genre, suite):
    ici, mots = module("cellule.js", "lireMagie", f"%%{genre.nom} q1 {suite}\n"), suite.split()
    assert len(ici["arguments"]) == genre.nombre_d_arguments(mots)
    assert tuple(ici["arguments"]) == genre.arguments(mots)


@pytest.mark.parametrize("texte", CASES_DIFFICILES, ids=range(len(CASES_DIFFICILES)))
def test_une_case_difficile_revient_telle_quelle(module, texte):
    grille = module("grille.js", "lireGrille", VIERGE)
    grille["lignes"][0]["cases"] = [texte, "9,5"]
    grille["lignes"][1]["cases"] = ["90", texte]
    ecrit = module("grille.js", "ecrireGrille", grille)
    assert module("grille.js", "lireGrille", ecrit) == grille
    lu = lire_tableau(ecrit, lire_tableau(VIERGE))
    assert lu.textes == {
        ("Clients perdus", "N1"): texte,
        ("Clients perdus", "N2"): "9,5",
        ("Clients restants", "N1"): "90",
        ("Clients restants", "N2"): texte,
    }
    assert not lu.remarques
    assert lire_cellule(f"%%tableau q1\n{ecrit}").corps == ecrit


def test_mille_cases_au_hasard_reviennent_telles_quelles(module):
    hasard = random.Random(20)
    signes = "|\\;:- 1a,€\"'%#é\u00a0\u202f"
    for _ in range(40):
        cases = [
            ["".join(hasard.choices(signes, k=hasard.randrange(8))) for _ in range(5)]
            for _ in range(5)
        ]
        entete = ["Années", *(f"N{n}" for n in range(1, 6))]
        grille = {
            "entete": entete,
            "lignes": [{"libelle": f"Ligne {'abcde'[i]}", "cases": c} for i, c in enumerate(cases)],
        }
        attendu = {
            (f"Ligne {'abcde'[i]}", f"N{j + 1}"): texte.strip(" \u00a0\u202f")
            for i, c in enumerate(cases)
            for j, texte in enumerate(c)
        }
        ecrit = module("grille.js", "ecrireGrille", grille)
        assert lire_tableau(ecrit).textes == attendu, ecrit


@pytest.mark.parametrize(
    "texte",
    [
        VIERGE,
        "| Années | N1 | N2 |\n|---|---|---|\n| Clients perdus | 10 | 9,5 |\n| Clients restants | 90 | 80,5 |",
        "          | N1  | N2\nClients   | 400 | 300\nPerdus    |     | ",
        "\tN1\tN2\nClients perdus\t10\t9,5\nClients restants\t90\t80,5",
        "Années;N1;N2\nClients perdus;10;9,5",
        "Années | N1 | N2\n\nClients perdus | 10\n",
        "Par heure | 8 h/12 h | 14 h/18 h\nAppels reçus/heure | 12 | 9,5\nDébordé oui/non | non | o/n",
    ],
)
def test_les_deux_lecteurs_voient_les_memes_cases(module, texte):
    grille = module("grille.js", "lireGrille", texte)
    cases = {
        (ligne["libelle"], nom): case
        for ligne in grille["lignes"]
        for nom, case in zip(grille["entete"][1:], ligne["cases"], strict=True)
    }
    assert lire_tableau(texte).textes == cases
    assert lire_tableau(module("grille.js", "ecrireGrille", grille)).textes == cases


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "Je ne sais pas.",
        "Années | N1 | N2",
        VIERGE + "\nVoilà mon tableau.",
        "Années | N1\nClients perdus | 10 | 9",
        "Clients perdus | 10 | 9\nClients restants | 90 | 80",
        "Années | N1 | N2\n | 10 | 9",
        "Années | N1 | | N3\nClients | 1 | 2 | 3",
    ],
)
def test_un_tableau_qui_ne_tient_pas_reste_du_texte(module, texte):
    assert module("grille.js", "lireGrille", texte) is None


def test_un_collage_de_tableur_se_decoupe(module):
    lire = lambda texte: module("grille.js", "lireCollage", texte)  # noqa: E731
    assert lire("simple") is None and lire("100\r\n") is None and lire("") is None
    assert lire("10\t9,5\r\n90\t80,5\r\n") == [["10", "9,5"], ["90", "80,5"]]
    assert lire('"deux\nlignes"\t"dit ""oui"""\n"nu" suite\t') == [
        ["deux lignes", 'dit "oui"'],
        ['"nu" suite', ""],
    ]
    assert lire("fusionnée\t\t\n\t1\t2") == [["fusionnée", "", ""], ["", "1", "2"]]


@pytest.mark.parametrize(
    ("bloc", "depart", "attendu", "laisses"),
    [
        ([["1", "2"], ["3", "4"]], (0, 0), [["1", "2"], ["3", "4"]], []),
        ([["1", "2"], ["3", "4"]], (1, 1), [["", ""], ["", "1"]], ["2", "3", "4"]),
        (
            [["Années", "N2", "N1"], ["CLIENTS RESTANTS", "2", "1"]],
            (1, 1),
            [["", ""], ["1", "2"]],
            [],
        ),
        ([["clients perdus", "1", "2", "5"]], (1, 1), [["1", "2"], ["", ""]], ["5"]),
        (
            [["", "N1", "N2"], ["Clients perdus", "1", "2"], ["Clients restants", "3", "4"]],
            (0, 0),
            [["1", "2"], ["3", "4"]],
            [],
        ),
    ],
    ids=["case à case", "déborde", "rangé par libellés", "une colonne de trop", "tout le tableau"],
)
def test_un_bloc_colle_trouve_sa_place_ou_dit_ce_qu_il_laisse(
    module, bloc, depart, attendu, laisses
):
    pose = module("grille.js", "poser", module("grille.js", "lireGrille", VIERGE), bloc, *depart)
    assert [ligne["cases"] for ligne in pose["grille"]["lignes"]] == attendu
    assert pose["laisses"] == laisses


@pytest.mark.parametrize(
    "corps",
    ["", "b", "c, a, d, b", "Réponses A et c", "b\n", "b parce que", "a a", "e", "la lettre b."],
)
def test_les_lettres_se_lisent_comme_en_python(module, corps):
    permises = ("a", "b", "c", "d")
    ici, la = (
        module("lettres.js", "lireLettres", corps, list(permises)),
        lire_lettres(corps, permises),
    )
    assert ici == (None if la.remarques else la.lettres)
    if ici:
        assert lire_lettres(module("lettres.js", "ecrireLettres", ici), permises) == la


@pytest.mark.parametrize(
    "corps",
    [
        "Magasin :\nTéléphone :\nCourriel :",
        "Magasin : b\nTéléphone -> C.\nCourriel = a",
        "Il dit : non : b",
        "Magasin",
        "",
        "A : b\nA : c",
        "A : bc",
    ],
)
def test_les_paires_se_lisent_comme_en_python(module, corps):
    ici, la = module("lettres.js", "lirePaires", corps), lire_association(corps)
    if not la.paires or la.remarques:
        assert ici is None
        return
    assert {paire["libelle"]: paire["lettre"] for paire in ici} == la.paires
    assert lire_association(module("lettres.js", "ecrirePaires", ici)) == la


def test_les_propositions_viennent_de_l_enonce(module):
    enonce = "### Question 3\n\nÉcrivez **une** lettre.\n\n- **a** : un *prospect* ;\n- **B** : dit `oui`.\n- sans lettre"
    assert module("lettres.js", "lirePropositions", enonce) == [
        ["a", "un prospect"],
        ["b", "dit oui"],
    ]


@pytest.mark.parametrize(
    ("enonce", "unique"),
    [
        ("Que faites-vous d'abord ? Écrivez **une** lettre.", True),
        ("Une seule réponse est juste.", True),
        ("Cochez une seule lettre.", True),
        ("Écrivez une ou plusieurs lettres.", False),
        ("Écrivez les deux lettres.", False),
        ("Une cliente envoie une lettre et attend une réponse. Que faites-vous ?", False),
        ("", False),
    ],
)
def test_l_enonce_dit_si_une_seule_lettre_est_attendue(module, enonce, unique):
    assert module("lettres.js", "uneSeuleReponse", enonce) is unique


@pytest.mark.parametrize("devoir", DEPOT.devoirs_notes())
def test_dans_le_cours_l_enonce_et_le_bareme_attendent_autant_de_lettres(module, devoir):
    """Des boutons radio empêcheraient d'écrire deux lettres ; et chaque lettre doit se lire en entier dans le formulaire."""
    charge = charger_devoir(DEPOT, devoir)
    enonces = {nbgrader(c).get("grade_id", ""): source(c) for c in cellules(charge.distribue)}
    for identifiant, question in charge.questions.items():
        enonce = enonces[f"{identifiant}_enonce"]
        if question.type == "choix":
            assert module("lettres.js", "uneSeuleReponse", enonce) == (
                len(charge.bareme[identifiant].attendu) == 1
            ), identifiant
        if question.type in ("choix", "ordre"):
            listees = [lettre for lettre, _ in module("lettres.js", "lirePropositions", enonce)]
            assert listees == list(question.vierge.arguments), identifiant
        if question.type == "association":
            assert module("lettres.js", "lirePropositions", enonce), identifiant
            assert module("lettres.js", "lirePaires", question.vierge.corps), identifiant
        if question.type == "tableau":
            assert module("grille.js", "lireGrille", question.vierge.corps), identifiant


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("", "😀"),
        ("😀", "😁"),
        ("a😀b", "a😁b"),
        ("😀😁", "😁"),
        ("abc", "abXc"),
        ("aaa", "aa"),
        ("x", ""),
        ("é\n", "é\né\n"),
        ("👩‍👧", "👩‍👦"),
    ],
)
@pytest.mark.parametrize("magie", ["%%reponse q1\n", "%%reponse q1"])
def test_le_plus_petit_changement_ne_coupe_aucun_caractere(module, avant, apres, magie):
    source = magie + avant if magie.endswith("\n") else magie
    lue = module("cellule.js", "lireMagie", source)
    a = module("cellule.js", "changement", source, lue, apres)
    # En UTF-16, comme le navigateur ; un caractère coupé ne se décoderait plus.
    unites = lambda texte: texte.encode("utf-16-le")  # noqa: E731
    avant16 = unites(source)
    morceaux = [
        avant16[: 2 * a["debut"]],
        avant16[2 * a["debut"] : 2 * a["fin"]],
        avant16[2 * a["fin"] :],
    ]
    assert all(morceau.decode("utf-16-le") is not None for morceau in morceaux)
    resultat = (morceaux[0] + unites(a["texte"]) + morceaux[2]).decode("utf-16-le")
    assert resultat == "%%reponse q1\n" + apres


# Une séance répond à une question et l'enregistre ; la session disparaît, une autre s'ouvre sur le cahier vierge.
DEUX_SESSIONS = """async () => {
    const { Brouillon, ilResteAEmporter, noterQuIlEstEmporte } = await import('/brouillons.js');
    const { DIT, ACCUEIL } = await import('/lieu.js');
    const cahier = source => {
        const cellule = { id: 'q0', type: 'code', getMetadata: () => undefined,
            sharedModel: { getSource: () => source, setSource: texte => { source = texte; } } };
        return { context: { path: 'tp.ipynb' }, content: { model: { cells: [cellule] } } };
    };
    const ouvert = new Brouillon(cahier('vierge'));
    ouvert.ecrire({ q0: '400' });
    ouvert.enregistrementCommence();
    ouvert.enregistrementFini();
    const garde = ilResteAEmporter();
    const rechargee = new Brouillon(cahier('400'));
    const rien = rechargee.retrouver() === null && rechargee.aEmporter;
    const neuve = new Brouillon(cahier('vierge'));
    const trouve = neuve.retrouver();
    trouve?.remettre();
    const remis = neuve.textes().q0;
    noterQuIlEstEmporte('tp.ipynb');
    neuve.emporte();
    neuve.garder();
    return { garde, rien, sansRisque: trouve?.sansRisque, remis, reste: ilResteAEmporter(), dit: Object.values(DIT).join(' '), ACCUEIL };
}"""


@pytest.mark.parametrize("lieu", ["hub", "binder"])
def test_en_ligne_le_navigateur_garde_les_reponses_jusqu_a_ce_qu_elles_soient_emportees(page, lieu):
    """B4 : le fichier enregistré ne suffit pas, la session qui le porte s'efface ; et rien ne parle de « ce PC »."""
    page.route("**/*", lambda route: _servir(route, route.request.url.rsplit("/", 1)[-1]))
    page.goto(f"http://poste.invalid/{lieu}")
    vu = page.evaluate(DEUX_SESSIONS)
    assert vu["garde"] and vu["rien"], "enregistré ne veut pas dire emporté"
    assert (vu["sansRisque"], vu["remis"]) == (True, "400")
    assert not vu["reste"], "emporté, le fichier n'est plus gardé ici"
    assert "sur ce PC" not in vu["dit"] and "fenêtre noire" not in vu["dit"]
    assert vu["ACCUEIL"] == "course/accueil/accueil.ipynb"


@pytest.mark.parametrize(
    ("avant", "issue", "retenu"),
    [
        ("", "premier", "premier"),
        ("", "pas encore", "pas encore"),
        ("pas encore", "premier", "second"),
        ("pas encore", "pas encore", "pas encore"),
        ("premier", "pas encore", "premier"),
        ("second", "premier", "second"),
    ],
)
def test_un_exercice_reussi_le_reste(module, avant, issue, retenu):
    assert module("exercices.js", "retenir", avant, issue) == retenu
