"""Réunir deux listes : personne n'est pris pour un autre, quoi qu'il y ait dans les colonnes."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograde.collecte.liste_de_classe.identite import reunir
from autograde.collecte.liste_de_classe.liste import ListeDeClasse
from autograde.collecte.liste_de_classe.noms import colle
from autograde.collecte.liste_de_classe.stagiaire import Stagiaire

VIDE = ListeDeClasse()
PRENOMS = ["Yasmine", "Omar", "Sara", "Nour", "Mohamed Amine", "Mohamed Ali", "Zoé", "Fatima Zahra"]
NOMS = ["ALAMI", "BENNANI", "EL FASSI", "ELFASSI", "BEN ALI", "Lefèvre", "N'Guyen"]
# Ce que l'on trouve dans une colonne de courriels ou de numéros sans que cela désigne quelqu'un.
REMPLISSAGE = ["", "-", "NULL", "néant", "0", "000", "N/A", "#REF!", "?"]
PARTAGES = ["famille.alami@exemple.ma", "secretariat@exemple.ma"]

un_nom = st.tuples(st.sampled_from(PRENOMS), st.sampled_from(NOMS))


@st.composite
def classes(dessiner) -> list[Stagiaire]:
    """Une classe aux noms tous différents, où chaque colonne est ce qu'elle est dans les vraies : remplie n'importe comment, partagée,
    un rang, ou un vrai numéro."""
    noms = dessiner(st.lists(un_nom, min_size=1, max_size=12, unique_by=_sans_espace))
    numeros = dessiner(st.sampled_from(["rang", "remplissage", "vrai", "deux fois"]))
    rangs = {
        "rang": lambda rang: f"{rang + 1}",
        "remplissage": lambda rang: dessiner(st.sampled_from(REMPLISSAGE)),
        "vrai": lambda rang: (
            f"G13{1000 + PRENOMS.index(noms[rang][0]) * 10 + NOMS.index(noms[rang][1])}"
        ),
        "deux fois": lambda rang: f"2026{rang // 2:04}",
    }
    return [
        Stagiaire(
            prenom=prenom,
            nom=nom,
            courriel=dessiner(
                st.sampled_from([f"{colle(prenom + nom)}@exemple.ma", *REMPLISSAGE, *PARTAGES])
            ),
            numero=rangs[numeros](rang),
        )
        for rang, (prenom, nom) in enumerate(noms)
    ]


def _sans_espace(nom: tuple[str, str]) -> str:
    return colle("".join(nom))


def noms(classe: ListeDeClasse) -> dict[str, str]:
    return {un.identifiant: un.nom_complet for un in classe.stagiaires}


@settings(max_examples=300)
@given(classes())
def test_autant_de_personnes_que_de_lignes(classe):
    lue = reunir(VIDE, classe)
    assert sorted(noms(lue).values()) == sorted(un.nom_complet for un in classe)
    assert len(noms(lue)) == len(classe), "un identifiant chacun"


@settings(max_examples=300)
@given(classes(), st.lists(un_nom, max_size=6), st.randoms(use_true_random=False))
def test_ranger_ou_allonger_une_liste_garde_le_nom_de_chaque_identifiant(classe, arrivees, hasard):
    """Les rangs glissent, la colonne du courriel est recopiée de travers : les noms ne bougent pas."""
    avant = reunir(VIDE, classe)
    suite = [*classe, *(Stagiaire(prenom=prenom, nom=nom) for prenom, nom in set(arrivees))]
    suite = list({_sans_espace((un.prenom, un.nom)): un for un in reversed(suite)}.values())
    hasard.shuffle(suite)
    courriels = [un.courriel for un in suite]
    hasard.shuffle(courriels)
    for lignes in (
        suite,
        [replace(un, numero=str(rang + 1)) for rang, un in enumerate(suite)],
        [replace(un, numero="", courriel="") for un in suite],
        [replace(un, prenom="", nom=f"{un.nom} {un.prenom}") for un in suite],
    ):
        apres = reunir(avant, lignes)
        assert noms(apres).items() >= noms(avant).items()
        assert len(apres.stagiaires) == len(suite)
        assert apres.changements == ()
    recopies = [
        replace(un, courriel=courriel) for un, courriel in zip(suite, courriels, strict=True)
    ]
    apres = reunir(avant, recopies)
    assert noms(apres).items() >= noms(avant).items(), "personne n'est échangé"
    assert sorted(noms(apres).values()) == sorted(un.nom_complet for un in suite), "ni doublé"


@settings(max_examples=300)
@given(classes(), st.randoms(use_true_random=False))
def test_la_meme_liste_rangee_autrement_donne_les_memes_identifiants(classe, hasard):
    melee = list(classe)
    hasard.shuffle(melee)
    assert noms(reunir(VIDE, melee)) == noms(reunir(VIDE, classe))


@settings(max_examples=300)
@given(classes(), classes())
def test_deux_classes_l_une_apres_l_autre_ne_se_melangent_pas(com_1, com_2):
    """Mêmes rangs, mêmes courriels partagés, autres noms : chacun garde le sien."""
    connus = {_sans_espace((un.prenom, un.nom)) for un in com_1}
    com_2 = [
        replace(un, courriel=un.courriel.replace("exemple", "ailleurs"))
        for un in com_2
        if _sans_espace((un.prenom, un.nom)) not in connus
    ]
    com_2 = [replace(un, numero=un.numero if len(un.numero) < 4 else "") for un in com_2]
    ensemble = reunir(reunir(VIDE, com_1), com_2)
    assert sorted(noms(ensemble).values()) == sorted(un.nom_complet for un in [*com_1, *com_2])


@settings(max_examples=300)
@given(
    st.lists(un_nom, min_size=2, max_size=8, unique_by=_sans_espace),
    st.sampled_from(["courriel", "numero", "identifiant"]),
)
def test_une_cle_portee_par_deux_noms_n_identifie_personne_et_c_est_dit(personnes, champ):
    cle = {"courriel": "parent@exemple.ma", "numero": "20260001", "identifiant": "poste12"}[champ]
    lue = reunir(VIDE, [Stagiaire(prenom=p, nom=n, **{champ: cle}) for p, n in personnes])
    assert len(lue.stagiaires) == len(personnes)
    assert any(f"{cle} est à plusieurs" in remarque for remarque in lue.remarques)
    nouveau = reunir(lue, [Stagiaire(prenom="Ghita", nom="TAZI", **{champ: cle})])
    assert (
        noms(nouveau).items() >= noms(lue).items() and len(nouveau.stagiaires) == len(personnes) + 1
    )


@settings(max_examples=50)
@given(st.integers(2, 4), st.sampled_from(["", "COM 1"]))
def test_des_homonymes_parfaits_restent_autant_et_c_est_dit(combien, groupe):
    lignes = [Stagiaire(prenom="Yasmine", nom="ALAMI", groupe=groupe)] * combien
    lue = reunir(VIDE, lignes)
    assert len(noms(lue)) == combien
    assert f"{combien} stagiaires portent le nom" in lue.remarques[-1]
    assert noms(reunir(lue, lignes)) == noms(lue), "relue, elle ne grossit pas"


def test_une_ligne_repetee_avec_sa_cle_n_est_qu_une_personne():
    deux = [
        Stagiaire(prenom="Yasmine", nom="ALAMI", courriel="y@exemple.ma", groupe=g)
        for g in ("A", "B")
    ]
    lue = reunir(VIDE, deux)
    assert len(lue.stagiaires) == 1 and "deux lignes" in lue.remarques[0]
    jumelles = [replace(un, numero=f"2026000{rang}") for rang, un in enumerate(deux)]
    assert len(reunir(VIDE, jumelles).stagiaires) == 2, "un même courriel, mais deux numéros"


# --- Un nom qui change ---

FIABLES = {"courriel": "sara@exemple.ma", "identifiant": "sbennani", "numero": "G1304567"}
AUTRES = [
    Stagiaire(prenom="Omar", nom="ALAMI", courriel="omar@exemple.ma", numero="G1304568"),
    Stagiaire(prenom="Nour", nom="AMRANI", courriel="nour@exemple.ma", numero="G1304569"),
]
NOMS_PROCHES = {
    "mariage": ("Sara", "TAZI"),
    "nom allongé": ("Sara", "BENNANI TAZI"),
    "faute corrigée": ("Sarah", "BENNANI"),
    "deux fautes": ("Sarah", "BENANI"),
    "second prénom": ("Sara Lina", "BENNANI"),
}


@pytest.mark.parametrize("champ", FIABLES)
@pytest.mark.parametrize("cas", NOMS_PROCHES)
def test_un_vrai_changement_de_nom_suit_une_cle_fiable_et_se_dit(champ, cas):
    prenom, nom = NOMS_PROCHES[cas]
    cle = {champ: FIABLES[champ]}
    avant = reunir(VIDE, [Stagiaire(prenom="Sara", nom="BENNANI", **cle), *AUTRES])
    apres = reunir(avant, [*AUTRES, Stagiaire(prenom=prenom, nom=nom, **cle)])
    identifiant = "sbennani" if champ == "identifiant" else "bennani_sara"
    assert noms(apres)[identifiant] == f"{prenom} {nom}" and len(apres.stagiaires) == 3
    [changement] = apres.changements
    assert (changement.avant, changement.maintenant) == ("Sara BENNANI", f"{prenom} {nom}")


@pytest.mark.parametrize("champ", FIABLES)
@pytest.mark.parametrize(
    ("prenom", "nom"), [("Omar", "BENNANI"), ("Ghita", "TAZI"), ("Mehdi", "SARA")]
)
def test_un_nom_lointain_est_un_doute_dit_pas_une_mise_a_jour(champ, prenom, nom):
    """Le frère, ou n'importe qui, avec la clé de Sara."""
    cle = {champ: FIABLES[champ]}
    avant = reunir(VIDE, [Stagiaire(prenom="Sara", nom="BENNANI", **cle), *AUTRES])
    nouveau = Stagiaire(prenom=prenom, nom=nom, **cle)
    apres = reunir(avant, [*AUTRES, nouveau])
    assert noms(apres).items() >= noms(avant).items() and len(apres.stagiaires) == 4
    assert any("compté comme une autre personne" in dit for dit in apres.remarques)
    confirme = reunir(avant, [*AUTRES, nouveau], meme=lambda connu, lu: True)
    assert len(confirme.stagiaires) == 3 and f"{prenom} {nom}" in noms(confirme).values()
    refuse = reunir(avant, [*AUTRES, nouveau], meme=lambda connu, lu: False)
    assert noms(refuse) == noms(apres) and not refuse.changements


def test_deux_freres_au_meme_premier_prenom_ne_sont_pas_un_changement_de_nom():
    aine = Stagiaire(prenom="Mohamed Amine", nom="BENJELLOUN", courriel="parent@exemple.ma")
    cadet = Stagiaire(prenom="Mohamed Ali", nom="BENJELLOUN", courriel="parent@exemple.ma")
    apres = reunir(reunir(VIDE, [aine]), [cadet])
    assert sorted(noms(apres).values()) == ["Mohamed Ali BENJELLOUN", "Mohamed Amine BENJELLOUN"]


def test_un_long_numero_qui_change_de_mains_n_identifie_plus_personne():
    """Un matricule donné dans l'ordre de la liste : l'arrivée d'Amine le fait glisser, et celui de Sara passe à une autre Sara."""
    septembre = ["Omar ALAMI", "Sara BENNANI", "Sara CHRAIBI"]
    octobre = ["Omar ALAMI", "Amine AMRANI", "Sara TAZI", "Sara CHRAIBI"]
    avant, apres = (
        [
            Stagiaire(prenom=p, nom=n, numero=f"2026{rang:04}")
            for rang, (p, n) in enumerate(map(str.split, liste))
        ]
        for liste in (septembre, octobre)
    )
    connus = reunir(VIDE, avant)
    assert noms(reunir(connus, apres)).items() >= noms(connus).items()


def test_la_meme_personne_change_de_courriel_avec_toute_sa_classe_mais_pas_seule():
    def classe(domaine: str, *courriels: str) -> list[Stagiaire]:
        return [
            Stagiaire(prenom=p, nom=n, courriel=f"{p}.{n}@{domaine}".lower())
            for p, n in (("Omar", "ALAMI"), ("Sara", "BENNANI"), ("Nour", "AMRANI"))
        ]

    avant = reunir(VIDE, classe("gmail.com"))
    apres = reunir(avant, classe("ofppt.ma"))
    assert noms(apres) == noms(avant) and apres.stagiaires[0].courriel == "omar.alami@ofppt.ma"
    seule = [*classe("gmail.com")[:2], classe("ofppt.ma")[2]]
    deux = reunir(avant, seule)
    assert len(deux.stagiaires) == 4 and any("compté comme une autre" in d for d in deux.remarques)
    assert len(reunir(avant, seule, meme=lambda connu, lu: True).stagiaires) == 3


def test_des_homonymes_que_rien_ne_relie_a_celui_d_avant_sont_a_confirmer():
    avant = reunir(VIDE, [Stagiaire(prenom="Yasmine", nom="ALAMI")])
    deux = [Stagiaire(prenom="Yasmine", nom="ALAMI", courriel=f"{c}@exemple.ma") for c in "ab"]
    apres = reunir(avant, deux)
    assert len(apres.stagiaires) == 2
    assert [changement.identifiant for changement in apres.changements] == ["alami_yasmine"]
    par_groupe = reunir(
        reunir(VIDE, [Stagiaire(prenom="Yasmine", nom="ALAMI", groupe="COM 2")]),
        [replace(un, groupe=f"COM {rang}") for rang, un in enumerate(deux, start=1)],
    )
    assert par_groupe.changements == () and par_groupe.stagiaires[0].courriel == "b@exemple.ma"


def test_une_classe_entiere_se_reunit_vite():
    """Mille personnes, deux fois : la comparaison ne se fait pas deux à deux."""
    hasard = random.Random(2026)
    mille = [
        Stagiaire(
            prenom=f"P{hasard.randrange(10**6)}", nom=f"N{rang}", courriel=f"p{rang}@exemple.ma"
        )
        for rang in range(1000)
    ]
    avant = reunir(VIDE, mille)
    assert reunir(avant, reversed(mille)) == avant
