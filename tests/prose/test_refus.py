"""Nier sans « ne … pas » : chaque façon courante de refuser une idée lui ôte son crédit, et ce qui y ressemble le lui laisse."""

import pytest

from autograde.prose import evaluer
from autograde.prose.bareme import BaremeReponse

BAREME = BaremeReponse.model_validate(
    {
        "type": "prose",
        "enonce": "Que doit faire l'entreprise face à une réclamation ?",
        "elements": [
            {
                "id": "ecoute",
                "libelle": "elle écoute le client",
                "formulations": ["écouter client", "écoute attentive"],
            },
            {
                "id": "argent",
                "libelle": "elle rembourse le client",
                "formulations": ["rembourser client", "remboursement"],
            },
        ],
    }
)
REFUS = """
Il ne faut pas écouter le client.
Il ne faut surtout pas chercher à écouter le client.
On évite d'écouter le client.
L'entreprise doit éviter d'écouter le client.
L'entreprise refuse d'écouter le client.
L'entreprise refuse le remboursement.
L'entreprise arrête d'écouter le client.
Elle cesse de rembourser le client.
Il est inutile d'écouter le client.
Inutile de rembourser le client.
Pas la peine d'écouter le client.
Ça ne sert à rien d'écouter le client.
Hors de question de rembourser le client.
Nul besoin de rembourser le client.
Il est faux de dire qu'il faut écouter le client.
Je ne pense pas qu'il faut écouter le client.
Elle n'a aucune raison de rembourser le client.
Elle est loin d'écouter le client.
Sans écouter le client.
Elle manque d'écoute attentive.
Elle écoute rarement le client.
Elle écoute peu le client.
Elle ne rembourse plus le client.
Personne n'écoute le client.
Le remboursement du client n'intéresse personne.
Il est interdit de rembourser le client.
Le remboursement est interdit.
Elle oublie d'écouter le client.
Elle néglige d'écouter le client.
Elle renonce à rembourser le client.
Elle s'abstient de rembourser le client.
Elle s'oppose au remboursement.
Elle est contre le remboursement.
Au lieu d'écouter le client, elle parle.
Elle vend à la place de rembourser le client.
Elle offre un bon d'achat à la place du remboursement.
Contrairement aux remboursements, elle vend.
En aucun cas elle ne rembourse le client.
elle ecoute pa le client
Elle écoute mal le client.
Le remboursement disparaît.
Moins de remboursement.
À quoi bon rembourser le client.
Tout sauf rembourser le client.
Zéro remboursement.
Elle fait semblant d'écouter le client.
Il ne faut pas dire que le remboursement du client est utile.
""".strip().splitlines()
AFFIRMATIONS = """
Il ne faut pas hésiter à écouter le client.
Pour éviter de perdre la vente, on rembourse le client.
Elle évite le conflit en écoutant le client.
Elle arrête tout pour écouter le client.
Elle ne peut pas refuser de rembourser le client.
Elle n'oublie pas d'écouter le client.
Ne pas oublier de rembourser le client.
Il ne faut pas négliger d'écouter le client.
Elle n'évite pas d'écouter le client.
Elle n'a pas peur de rembourser le client.
Elle cesse de se défendre et écoute le client.
Elle doit éviter de crier et écouter le client.
Il faut éviter les excuses et rembourser le client.
Elle manque de temps mais elle écoute le client.
Personne ne conteste : on rembourse le client.
Elle se met à la place du client et écoute le client.
On attend un peu et on rembourse le client.
Le client est contre l'attente : on rembourse le client.
On rembourse le client, sans discuter.
Elle baisse les délais et rembourse le client.
Elle écoute au moins le client.
Contrairement aux concurrents, l'entreprise rembourse le client.
Il ne faut pas regarder que l'écoute du client.
Elle ne doit pas voir que le remboursement du client.
On ne peut pas juger que sur le remboursement du client.
""".strip().splitlines()


def credit(phrase: str) -> float:
    return max(credit.valeur for credit in evaluer(phrase, BAREME).credits.values())


@pytest.mark.parametrize("phrase", REFUS)
def test_une_idee_refusee_n_a_aucun_credit(phrase):
    assert credit(phrase) == 0


@pytest.mark.parametrize("phrase", AFFIRMATIONS)
def test_ce_qui_ressemble_a_un_refus_affirme(phrase):
    assert credit(phrase) == 1


@pytest.mark.parametrize("verbe", ["fait", "fera", "faisait"])
def test_dire_qu_on_ne_le_fait_pas_fait_douter(verbe):
    evaluation = evaluer(f"Elle devrait rembourser le client mais elle ne le {verbe} pas.", BAREME)
    assert (
        evaluation.credits["argent"].valeur == 0.5
        and "revient sur ce qu'elle dit" in evaluation.motif
    )


COMPARAISON = BaremeReponse.model_validate(
    {
        "type": "prose",
        "enonce": "Comparez la promotion et la fidélisation.",
        "elements": [{"id": "duree", "libelle": "fidélisation à long terme, promotion à court terme", "au_moins": 2,
                      "notions": [["fidélisation long terme"], ["promotion court terme"]]}],
        "contre_elements": [{"id": "inverse", "annule": ["duree"], "message": "Non.",
                             "formulations": ["fidélisation court terme", "fidélisation courte", "promotion long terme",
                                              "promotion longue"]}],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("reponse", "attendu"),
    [
        ("La fidélisation est à long terme et la promotion à court terme.", 1),
        ("Fidélisation = long terme / promotion = court terme", 1),
        ("la fidélisation c long terme, la promotion court terme", 1),
        ("La fidélisation est à court terme et la promotion à long terme.", 0),
        ("La promotion à long terme, la fidélisation à court terme.", 0),
    ],
)
def test_dans_une_comparaison_chaque_pole_a_sa_proposition(reponse, attendu):
    assert evaluer(reponse, COMPARAISON).fraction == attendu


@pytest.mark.parametrize("sujet", ["L'entreprise", "Elle", "La compagnie", "Il"])
def test_elle_dans_un_element_peut_etre_l_entreprise(sujet):
    assert credit(f"{sujet} rembourse le client.") == 1


@pytest.mark.parametrize(
    "sujet",
    ["le client", "l'abonné", "la clientèle", "le patient", "la locataire", "le cliant"],
)
def test_c_est_un_autre_que_l_entreprise_qui_le_fait(sujet):
    assert credit(f"C'est {sujet} qui rembourse le client.") == 0


DU_CLIENT = BaremeReponse.model_validate(
    {
        "type": "prose",
        "enonce": "Comment la réclamation commence-t-elle ?",
        "elements": [
            {
                "id": "recit",
                "libelle": "le client raconte le problème",
                "formulations": ["raconter problème"],
            }
        ],
    }
)


@pytest.mark.parametrize(
    ("sujet", "attendu"),
    [
        ("l'hôtel", 0),
        ("la clinique", 0),
        ("le réceptionniste", 0),
        ("lentreprise", 0),
        ("le passager", 1),
        ("le client", 1),
    ],
)
def test_c_est_l_entreprise_qui_fait_ce_que_fait_le_client(sujet, attendu):
    assert evaluer(f"C'est {sujet} qui raconte le problème.", DU_CLIENT).fraction == attendu


@pytest.mark.parametrize("nom", ["l'attente", "la patience", "l'augmentation", "l'abonnement"])
def test_un_nom_de_la_meme_famille_ne_nomme_personne(nom):
    """« L'attente » n'est pas « le patient », « l'augmentation » n'élève personne."""
    assert credit(f"C'est {nom} qui décide de rembourser le client.") == 1
