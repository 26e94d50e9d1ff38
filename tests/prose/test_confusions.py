"""Ce que le moteur confondait, paire par paire : la phrase juste est reconnue, celle qui lui ressemble ne l'est pas."""

import pytest

from autograde.prose import evaluer
from autograde.prose.bareme import BaremeReponse
from autograde.prose.polarite import negateurs
from autograde.prose.ressemblance import ressemblent
from autograde.prose.texte import lire

BAREME = BaremeReponse(
    type="prose",
    enonce="Que conseillez-vous à la gérante ?",
    elements=[
        {"id": "premiere", "libelle": "la première année", "formulations": ["année 1 meilleure"]},
        {
            "id": "moins",
            "libelle": "chacun achète moins",
            "formulations": ["achète/achètent moins"],
        },
        {"id": "cout", "libelle": "ce que coûte un client", "formulations": ["client coûte"]},
        {"id": "garder", "libelle": "garder ses clients", "formulations": ["garder clients"]},
        {"id": "echeance", "libelle": "il paie à l'échéance", "formulations": ["ponctuel"]},
        {"id": "usages", "libelle": "les usages du fichier", "formulations": ["usages multiples"]},
        {"id": "partent", "libelle": "des clients partent", "formulations": ["clients partent"]},
    ],
)


@pytest.mark.parametrize(
    ("element", "juste", "autre"),
    [
        ("premiere", "L'année N1 est la meilleure.", "L'année N1 n'est pas la meilleure."),
        ("moins", "Ils achètent de moins en moins.", "Ils n'achètent pas moins."),
        ("cout", "Le client coûte cher.", "On coupe les cheveux du client."),
        ("cout", "Un client coûte 45 DH.", "Un client a un montant à régler."),
        ("garder", "Il faut garder les clients.", "Les clients restants achètent plus."),
        ("echeance", "Il est ponctuel.", "C'est un client occasionnel."),
        ("usages", "Ses usages sont multiples.", "Les clients sont multiples."),
    ],
)
def test_ce_qui_se_ressemble_ne_se_confond_pas(element, juste, autre):
    assert evaluer(juste, BAREME).credits[element].valeur == 1
    assert evaluer(autre, BAREME).credits[element].valeur == 0


@pytest.mark.parametrize(
    ("phrase", "nies"),
    [
        ("L'année N1 rapporte le plus", []),
        ("En N+2 les clients restent", []),
        ("On n'a rien vendu en N1", ["on", "n", "a", "rien", "vendu", "en", "annee", "1"]),
        ("Ils coûtent de moins en moins cher", ["cher"]),
        ("Ils achètent de moins en moins", []),
    ],
)
def test_ce_qui_nie_ou_ne_nie_pas(phrase, nies):
    mots = lire(phrase)
    assert [
        m.forme for m, nie in zip(mots, negateurs(mots), strict=True) if nie is not None
    ] == nies


@pytest.mark.parametrize(
    ("ecrit", "attendu", "resultat"),
    [
        ("dimanche", "demarche", False),
        ("coupe", "coute", False),
        ("fiche", "fache", False),
        ("accepter", "accent", False),
        ("annule", "anneau", False),
        ("restants", "garder", False),
        ("montant", "cout", False),
        ("occasionnels", "ponctuelle", False),
        ("usages", "client", False),
        ("segonde", "seconde", True),
        ("comerse", "commerce", True),
        ("reclamassion", "reclamation", True),
        ("acceuil", "accueil", True),
        ("concurance", "concurrence", True),
        ("prodiit", "produit", True),
        ("telefone", "telephone", True),
    ],
)
def test_une_lettre_pour_une_autre_n_est_une_faute_que_si_on_les_confond(ecrit, attendu, resultat):
    assert ressemblent(ecrit, attendu) is resultat


@pytest.mark.parametrize(
    ("reponse", "credit"),
    [
        ("Des clients partent. Il faut les écouter pour que les clients ne partent plus.", 1),
        ("Des clients partent, il faut agir afin que ces clients ne partent pas.", 1),
        ("Des clients partent. Mais en vérité les clients ne partent pas.", 0),
    ],
)
def test_un_constat_puis_son_remede_ne_se_contredisent_pas(reponse, credit):
    assert evaluer(reponse, BAREME).credits["partent"].valeur == credit
