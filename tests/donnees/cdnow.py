"""Tire de l'échantillon public CDNOW le petit fichier que le cours livre : une ligne par client.

``python -m tests.donnees.cdnow`` le récrit. La source est livrée par le paquet ``lifetimes`` (licence MIT) : lue, jamais importée.
"""

import csv
import io
from collections import defaultdict
from datetime import date
from importlib.metadata import distribution

from tests.poste_ouvert import RACINE

FICHIER = RACINE / "grc_helpers/donnees/cdnow.csv"
# Le dernier jour des données : c'est de lui que se compte la récence.
FIN = date(1998, 6, 30)
ENTETES = ["client", "premier", "dernier", "recence", "jours", "disques", "montant"]


def achats() -> list[tuple[str, date, int, float]]:
    """Client, jour, disques et dollars de chaque achat, lus dans le fichier publié."""
    fichier = distribution("lifetimes").locate_file("lifetimes/datasets/CDNOW_sample.txt")
    lus = (ligne.split() for ligne in fichier.read_text(encoding="utf-8").splitlines())
    return [
        (client, date(int(jour[:4]), int(jour[4:6]), int(jour[6:])), int(disques), float(dollars))
        for _, client, jour, disques, dollars in lus
    ]


def en_csv() -> str:
    """Le fichier livré : de chaque client, son premier et son dernier jour d'achat, R, F, M et ses disques."""
    par_client = defaultdict(list)
    for client, *achat in achats():
        par_client[client].append(achat)
    sortie = io.StringIO()
    ecrire = csv.writer(sortie, lineterminator="\n")
    ecrire.writerow(ENTETES)
    for client, siens in sorted(par_client.items()):
        jours = {jour for jour, _, _ in siens}
        dernier = max(jours)
        ecrire.writerow(
            [
                client,
                min(jours),
                dernier,
                (FIN - dernier).days,
                len(jours),
                sum(disques for _, disques, _ in siens),
                f"{sum(dollars for *_, dollars in siens):.2f}",
            ]
        )
    return sortie.getvalue()


if __name__ == "__main__":
    FICHIER.write_text(en_csv(), encoding="utf-8", newline="\n")
