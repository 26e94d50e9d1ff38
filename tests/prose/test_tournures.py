"""Les tournures courantes du français : chacune coupe, écarte ou nie comme on l'entend ; la retirer ferait échouer sa ligne."""

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
# Une négation s'arrête là où la phrase est coupée : ce qui suit la coupure est affirmé.
COUPENT = """
Elle ne discute pas mais elle rembourse le client.
L'autre ne dit rien ms on rembourse le client.
Le vendeur ne répond pas alors que le directeur rembourse le client.
Le vendeur ne répond pas tandis que le directeur rembourse le client.
Le vendeur ne répond pas par contre le directeur rembourse le client.
Le vendeur ne répond pas en revanche le directeur rembourse le client.
Elle ne promet rien sauf que le directeur rembourse le client.
Il ne faut pas attendre sinon rembourser le client coûte plus.
Il ne part pas car on rembourse le client.
Il ne part pas parce qu'on rembourse le client.
Il ne part pas pck on rembourse le client.
Il ne part pas pcq on rembourse le client.
Il ne part pas psk on rembourse le client.
Il ne part pas puisque l'entreprise rembourse le client.
Il ne part pas puisqu'on rembourse le client.
Il n'est pas content donc on rembourse le client.
Il n'est pas content dc on rembourse le client.
Elle ne discute pas afin que le remboursement soit rapide.
Elle ne discute pas afin de rembourser le client.
Il ne crie pas quand on rembourse le client.
Il ne crie pas qd on rembourse le client.
Il ne crie pas lorsque l'entreprise rembourse le client.
Il ne crie pas lorsqu'on rembourse le client.
Il ne part pas si on rembourse le client.
Elle ne discute pas et elle rembourse le client.
Il ne crie pas et l'entreprise rembourse le client.
Elle ne discute pas pour que le remboursement soit rapide.
Avant elle ne répondait pas maintenant elle rembourse le client.
Elle ne répondait pas aujourd'hui elle rembourse le client.
Elle ne répondait pas désormais l'entreprise rembourse le client.
Non il ne faut pas discuter, on rembourse le client.
Elle écoute M. Alaoui, son client, et Mme. Tazi.
""".strip().splitlines()
# Ce qui suit ces tournures est ce que l'entreprise ne fait pas.
ECARTENT = """
Elle parle au lieu d'écouter le client.
Elle offre un bon au lieu du remboursement.
Elle offre un bon plutôt que de rembourser le client.
Elle offre un bon plutôt qu'un remboursement.
Elle fait tout sauf rembourser le client.
Elle attend, contrairement à ceux qui vont rembourser le client.
Elle offre un bon et non un remboursement.
Elle offre un bon à la place d'un remboursement.
C'est au client de demander le remboursement.
C'est à lui de réclamer son remboursement.
C'est à l'abonné de demander le remboursement.
""".strip().splitlines()
# Se mettre à la place de quelqu'un n'écarte rien.
RELIENT = """
Elle se met à la place du client et rembourse vite le client.
Il faut se mettre à la place des gens pour rembourser le client.
Il faut se mettre à la place du patient pour écouter un client.
Il faut se mettre à la place de l'autre pour écouter un client.
Il faut se mettre à la place de ses abonnés pour écouter un client.
""".strip().splitlines()


def un_seul_element(libelle: str, formulation: str) -> BaremeReponse:
    element = {"id": "e", "libelle": libelle, "formulations": [formulation]}
    return BaremeReponse.model_validate(
        {"type": "prose", "enonce": "Faut-il le retenir ?", "elements": [element]}
    )


@pytest.mark.parametrize(
    ("reponse", "libelle", "formulation", "attendu"),
    [
        ("Non il ne faut pas le garder.", "non", "non", 1),
        ("Non le client ne vaut pas la peine.", "non", "non", 1),
        ("Oui il est rentable.", "oui, il est rentable", "rentable", 1),
        ("Non ce client rentable doit partir.", "oui, il est rentable", "rentable", 0),
        ("Oui ce client perdu reviendra.", "non, il est perdu", "perdu", 0),
    ],
)
def test_un_oui_ou_un_non_repond_sans_nier_la_suite(reponse, libelle, formulation, attendu):
    assert evaluer(reponse, un_seul_element(libelle, formulation)).fraction == attendu


def credit(phrase: str) -> float:
    return max(credit.valeur for credit in evaluer(phrase, BAREME).credits.values())


@pytest.mark.parametrize("phrase", COUPENT)
def test_ce_qui_suit_la_coupure_est_affirme(phrase):
    assert credit(phrase) == 1


@pytest.mark.parametrize("phrase", RELIENT)
def test_ce_qui_ressemble_a_un_ecart_n_ecarte_rien(phrase):
    assert credit(phrase) == 1


@pytest.mark.parametrize("phrase", ECARTENT)
def test_ce_qui_suit_est_ecarte(phrase):
    assert credit(phrase) == 0
