"""Une page servie pour cette seule machine : reconnaître ce qui vient d'elle, et de nulle part ailleurs.

Un serveur qui n'écoute que cette machine reçoit aussi ce qu'un site ouvert dans le même navigateur lui envoie, et un nom d'hôte détourné
peut le désigner.
"""

from collections.abc import Mapping

HOTE = "127.0.0.1"
REFUS = "Refusé : ouvrez la page par l'adresse affichée dans la console."


def est_de_notre_page(hote: str, entetes: Mapping[str, str], port: int) -> bool:
    """Vrai si la demande désigne ce serveur par son adresse et vient de sa page, ou de l'adresse tapée dans le navigateur.

    >>> est_de_notre_page("127.0.0.1:8866", {"Origin": "http://localhost:8866"}, 8866)
    True
    >>> est_de_notre_page("127.0.0.1:8866", {"Origin": "http://ailleurs.example"}, 8866)
    False
    """
    hotes = {f"{nom}:{port}" for nom in (HOTE, "localhost")}
    origine = entetes.get("Origin")
    if hote not in hotes or (origine and origine.removeprefix("http://") not in hotes):
        return False
    return entetes.get("Sec-Fetch-Site", "none") in ("same-origin", "none")
