"""Les pages projetées ne s'ouvrent que depuis ce poste, à leur adresse, avec leur jeton : à tout autre, rien n'est montré ni commandé."""

import http.client
import json
import re
import socket
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograde.erreurs import ErreurFormateur
from autograde.page_locale import REFUS, est_de_notre_page
from autograde.tableaux.console import choisir_le_port
from tests.serveurs import PATIENCE, port_libre
from tests.tableau_ouvert import JETON

PORT = 8866
NOS_HOTES = [f"127.0.0.1:{PORT}", f"localhost:{PORT}"]
NOTEBOOK = "/voila/render/valeur_client.ipynb"
# Une route de chaque sorte : la liste, un tableau, un fichier, un noyau, l'entrée, un thème, une extension.
NOYAU = "00000000-0000-0000-0000-000000000000"
ROUTES = [
    "/",
    NOTEBOOK,
    "/voila/files/valeur_client.ipynb",
    "/voila/api/contents/",
    f"/api/kernels/{NOYAU}",
    f"/api/kernels/{NOYAU}/channels",
    f"/voila/api/shutdown/{NOYAU}",
    "/login",
    "/voila/static/voila.js",
    "/voila/templates/grc/static/x.js",
    "/voila/labextensions/x.js",
    "/voila/api/themes/x.css",
]
ETRANGERS = {
    "hôte détourné": {"Host": "evil.example"},
    "hôte détourné, même port": {"Host": "evil.example:{port}"},
    "autre origine": {"Origin": "http://evil.example"},
    "un autre serveur de ce poste": {"Origin": "http://127.0.0.1:1"},
    "une page sans origine": {"Origin": "null"},
    "un lien dans un autre site": {"Sec-Fetch-Site": "cross-site"},
    "une page d'un autre port": {"Sec-Fetch-Site": "same-site"},
}
WEBSOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


noms = st.one_of(
    st.sampled_from(
        [
            *NOS_HOTES,
            "127.0.0.1",
            "localhost",
            "127.0.0.1:80",
            f"127.0.0.1.evil.example:{PORT}",
            f"localhost.evil.example:{PORT}",
            f"evil.example:{PORT}",
            f"0.0.0.0:{PORT}",
            f"[::1]:{PORT}",
            f"127.0.0.1:{PORT}@evil.example",
            f"evil.example#127.0.0.1:{PORT}",
            "",
        ]
    ),
    st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30),
)


@given(
    hote=noms,
    origine=st.none() | noms.map("http://{}".format) | noms,
    site=st.none() | st.sampled_from(["same-origin", "none", "same-site", "cross-site", "", "x"]),
)
def test_seule_notre_page_est_reconnue(hote, origine, site):
    entetes = {"Origin": origine} if origine is not None else {}
    entetes |= {"Sec-Fetch-Site": site} if site is not None else {}
    attendu = (
        hote in NOS_HOTES
        and (not origine or origine.removeprefix("http://") in NOS_HOTES)
        and site in (None, "same-origin", "none")
    )
    assert est_de_notre_page(hote, entetes, PORT) == attendu


@pytest.fixture
def demander(voila):
    """Une demande au serveur des essais : son code, ses en-têtes et son texte."""
    port = urlsplit(voila[0]).port

    def envoyer(route: str, methode: str = "GET", **entetes: str):
        liaison = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        entetes = {nom: valeur.format(port=port) for nom, valeur in entetes.items()}
        liaison.request(methode, route, headers=entetes)
        reponse = liaison.getresponse()
        # Un websocket ouvert n'a pas de fin.
        texte = "" if reponse.status == 101 else reponse.read().decode(errors="replace")
        liaison.close()
        return reponse.status, reponse.headers, texte

    return envoyer


@pytest.mark.parametrize("etranger", ETRANGERS)
def test_rien_ne_repond_a_un_etranger_meme_avec_le_jeton(demander, etranger):
    for route in ROUTES:
        avec = f"{route}?token={JETON}"
        for methode, entetes in (("GET", {}), ("POST", {}), ("DELETE", {}), ("GET", WEBSOCKET)):
            code, _, texte = demander(avec, methode, **{**entetes, **ETRANGERS[etranger]})
            assert code == 403 and texte in (REFUS, ""), (route, methode, code)


def test_sans_jeton_une_page_dit_quoi_faire_et_rien_ne_s_ouvre(demander):
    for route in ("/", NOTEBOOK, NOTEBOOK + "?token=faux"):
        code, entetes, _ = demander(route)
        assert code == 302 and entetes["Location"].startswith("/login")
        code, _, texte = demander(entetes["Location"])
        assert code == 403 and "adresse complète" in texte and "password" not in texte.lower()
    assert demander("/login", "POST")[0] in (403, 405), "aucun mot de passe à deviner"
    for route in ("/voila/api/contents/", f"/api/kernels/{NOYAU}"):
        assert demander(route)[0] in (302, 403)
    assert demander(f"/api/kernels/{NOYAU}/channels", **WEBSOCKET)[0] == 403


def test_le_noyau_d_un_tableau_ouvert_n_obeit_qu_a_sa_page(demander):
    """Même à qui a trouvé l'adresse de son noyau : c'est par là que l'anonymat du rapport se décoche."""
    code, entetes, texte = demander(f"{NOTEBOOK}?token={JETON}")
    assert code == 200
    noyau = re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", texte)[0]
    entree = "; ".join(un.split(";")[0] for un in entetes.get_all("Set-Cookie"))
    prise = f"/api/kernels/{noyau}/channels"
    assert demander(prise, **WEBSOCKET)[0] == 403, "sans jeton"
    assert demander(f"{prise}?token=faux", **WEBSOCKET)[0] == 403
    for etranger in ETRANGERS.values():
        assert demander(prise, **{**WEBSOCKET, "Cookie": entree, **etranger})[0] == 403
    chez_nous = {"Cookie": entree, "Origin": "http://127.0.0.1:{port}"}
    assert demander(prise, **{**WEBSOCKET, **chez_nous})[0] == 101, "la page, elle, y parle"
    code, _, texte = demander(f"/api/kernels/{noyau}", Cookie=entree)
    assert code == 200 and json.loads(texte)["id"] == noyau


def test_un_port_habituel_pris_en_donne_un_autre_et_le_dit(capsys):
    libre = port_libre()
    assert choisir_le_port(None, libre) == libre and capsys.readouterr().out == ""
    with socket.create_server(("127.0.0.1", 0)) as occupe:
        pris = occupe.getsockname()[1]
        autre = choisir_le_port(None, pris)
        dit = capsys.readouterr().out
        assert autre != pris and f"Le port {pris} est déjà pris" in dit and f"port {autre}" in dit
        with pytest.raises(ErreurFormateur, match=f"Le port {pris} est déjà pris"):
            choisir_le_port(pris, libre)
