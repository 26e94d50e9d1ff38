"""Une séance de relecture pour les essais : la classe corrigée, la page servie, et ce qu'un geste laisse au carnet nbgrader."""

import asyncio
import http.client
import json
import threading
from contextlib import contextmanager
from urllib.parse import urlsplit

from autograde.carnet.api import ouvrir
from autograde.correction.classe import corriger_la_classe
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.relecture.seance import SeanceDeRelecture
from autograde.relecture.serveur import ecouter
from tests.apprentissage.classe import DEVOIR, QUESTION


def corriger(cours: Cours, devoir: str = DEVOIR) -> None:
    list(corriger_la_classe(cours, devoir))


def seance(cours: Cours, devoir: str = DEVOIR) -> SeanceDeRelecture:
    return SeanceDeRelecture(
        cours, charger_devoir(cours, devoir), corriger_la_classe(cours, devoir)
    )


def au_carnet(
    cours: Cours, stagiaire: str, question: str = QUESTION, devoir: str = DEVOIR
) -> tuple:
    """Note manuelle, note retenue, relecture demandée, commentaire : lus par l'API de nbgrader."""
    with ouvrir(cours) as carnet:
        note = carnet.find_grade(f"{question}_test", devoir, devoir, stagiaire)
        return (
            note.manual_score,
            note.score,
            note.needs_manual_grade,
            carnet.find_comment(question, devoir, devoir, stagiaire).manual_comment,
        )


@contextmanager
def servie(ouverte: SeanceDeRelecture):
    """La séance servie sur un port libre, dans un fil à part ; donne l'adresse de la page."""
    boucle, pret, adresses = asyncio.new_event_loop(), threading.Event(), []

    async def servir():
        serveur, adresse = ecouter(ouverte)
        adresses.append(adresse)
        pret.set()
        await fin.wait()
        serveur.stop()

    fin = asyncio.Event()
    fil = threading.Thread(target=boucle.run_until_complete, args=(servir(),))
    fil.start()
    assert pret.wait(20)
    try:
        yield adresses[0]
    finally:
        boucle.call_soon_threadsafe(fin.set)
        fil.join(20)


class Page:
    """Ce que fait la page : des demandes, avec le jeton sauf si l'essai en donne un autre."""

    def __init__(self, adresse: str):
        decoupee = urlsplit(adresse)
        self.hote, self.jeton = decoupee.netloc, decoupee.fragment

    def demander(self, chemin: str, envoi=None, **entetes) -> tuple[int, str, dict]:
        lien = http.client.HTTPConnection(self.hote, timeout=20)
        corps = envoi if envoi is None or isinstance(envoi, bytes) else json.dumps(envoi)
        lien.request(
            "GET" if envoi is None else "POST", chemin, corps, {"X-Jeton": self.jeton} | entetes
        )
        reponse = lien.getresponse()
        return reponse.status, reponse.read().decode(), dict(reponse.getheaders())

    def lire(self, chemin: str) -> dict:
        code, texte, _ = self.demander(chemin)
        assert code == 200, texte
        return json.loads(texte)

    def groupe(self, debut: str) -> dict:
        """Le groupe dont la réponse commence ainsi, aux majuscules près."""
        groupes = self.lire(f"/api/questions/{QUESTION}")["groupes"]
        return next(
            g
            for g in groupes
            if "".join(m["texte"] for m in g["reponse"]).lower().startswith(debut.lower())
        )

    def geste(self, groupe: dict, geste: str, **envoi) -> dict:
        code, texte, _ = self.demander(f"/api/groupes/{groupe['id']}/{geste}", envoi)
        assert code == 200, texte
        return json.loads(texte)

    def annuler(self) -> dict:
        code, texte, _ = self.demander("/api/annuler", {})
        assert code == 200, texte
        return json.loads(texte)

    # --- La vue par idées ---

    def idees(self) -> dict:
        return self.lire(f"/api/questions/{QUESTION}/idees")

    def groupes(self, nom: str) -> list[dict]:
        """Les groupes d'une idée."""
        return next(idee["groupes"] for idee in self.idees()["idees"] if idee["nom"] == nom)

    def geste_d_idee(self, geste: str, *groupes: dict, **envoi) -> dict:
        """Un geste sur toutes les propositions de ces groupes."""
        designes = " ".join(p["id"] for groupe in groupes for p in groupe["passages"])
        code, texte, _ = self.demander(
            f"/api/questions/{QUESTION}/idees/{geste}", {"passages": designes, **envoi}
        )
        assert code == 200, texte
        return json.loads(texte)
