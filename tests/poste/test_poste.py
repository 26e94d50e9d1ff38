"""Le poste : des réglages qui existent vraiment dans la version installée, un serveur et une commande sans surprise."""

import gzip
import json
import os
import re
import shutil
import urllib.request
from pathlib import Path

import pytest
from jupyter_client.manager import start_new_kernel

from grc_helpers.poste import (
    DOSSIER_CONFIG,
    DOSSIER_POSTE,
    DOSSIER_REGLAGES,
    commande_du_formateur,
    commande_jupyter,
    environnement_du_poste,
)
from grc_helpers.poste.enregistrement import avant_d_enregistrer
from grc_helpers.poste.serveur import WIDGETS, poser_l_extension, preparer_les_noyaux
from grc_helpers.reponses.types import TYPES

commandes_lab = pytest.importorskip("jupyterlab.commands")
APPLICATION = Path(commandes_lab.get_app_dir())
REGLAGES = json.loads((DOSSIER_REGLAGES / "overrides.json").read_text(encoding="utf-8"))
MODULES_ETEINTS = json.loads(
    (DOSSIER_CONFIG / "labconfig/page_config.json").read_text(encoding="utf-8")
)
EXTENSION = DOSSIER_POSTE / "extension" / "grc-poste"
CLE_RACCOURCIS = "@jupyterlab/shortcuts-extension:shortcuts"

# Ces éléments de barre d'outils sont créés par du code, aucun schéma ne les déclare.
SANS_SCHEMA = {"interfaceSwitcher", "new-launcher"}
# Annuler et rétablir une opération sur les cellules restent permis : c'est ce qui rattrape une maladresse.
TOUCHES_GARDEES = {"Z", "Shift Z"}


def schema(greffon: str) -> dict:
    module, nom = greffon.split(":")
    return json.loads(
        (APPLICATION / "schemas" / module / f"{nom}.json").read_text(encoding="utf-8")
    )


def raccourcis_installes() -> list[tuple[str, tuple[str, ...], str]]:
    fichiers = APPLICATION.joinpath("schemas").glob("@jupyter*/*/*.json")
    return [
        (r["command"], tuple(r.get("keys", ())), r["selector"])
        for fichier in fichiers
        for r in json.loads(fichier.read_text(encoding="utf-8")).get("jupyter.lab.shortcuts", [])
    ]


def raccourcis_eteints() -> list[tuple[str, tuple[str, ...], str]]:
    return [
        (r["command"], tuple(r["keys"]), r["selector"])
        for r in REGLAGES[CLE_RACCOURCIS]["shortcuts"]
    ]


@pytest.mark.parametrize("greffon", REGLAGES)
def test_chaque_reglage_existe_dans_le_jupyterlab_installe(greffon):
    connus = schema(greffon)["properties"]
    assert set(REGLAGES[greffon]) <= set(connus)


@pytest.mark.parametrize(
    "greffon", [cle for cle, valeur in REGLAGES.items() if "toolbar" in valeur]
)
def test_chaque_bouton_regle_existe(greffon):
    barres = schema(greffon)["jupyter.lab.toolbars"]
    connus = {element["name"] for barre in barres.values() for element in barre}
    assert {element["name"] for element in REGLAGES[greffon]["toolbar"]} <= connus | SANS_SCHEMA


def test_chaque_raccourci_eteint_existe_et_est_bien_eteint():
    assert all(r["disabled"] for r in REGLAGES[CLE_RACCOURCIS]["shortcuts"])
    assert set(raccourcis_eteints()) <= set(raccourcis_installes())


def entrees(menus: list[dict]) -> set[tuple[str, str]]:
    """Chaque entrée de ces menus (sa commande, ou son sous-menu) avec le menu qui la porte, sous-menus compris."""
    trouvees = set()
    for menu in menus:
        for element in menu.get("items", []):
            sous_menu = element.get("submenu")
            nom = sous_menu["id"] if sous_menu else element.get("command", "")
            trouvees |= {(menu["id"], nom)} | (entrees([sous_menu]) if sous_menu else set())
    return trouvees


def test_chaque_entree_retiree_d_un_menu_y_etait():
    retires = REGLAGES["@jupyterlab/mainmenu-extension:plugin"]["menus"]
    schemas = APPLICATION.joinpath("schemas").glob("@jupyter*/*/*.json")
    installes = [
        menu
        for fichier in schemas
        for menu in json.loads(fichier.read_text(encoding="utf-8"))
        .get("jupyter.lab.menus", {})
        .get("main", [])
    ]
    assert entrees(retires) and entrees(retires) <= entrees(installes)


def test_aucune_touche_isolee_ne_modifie_le_cahier():
    """Vaut aussi pour les prochaines versions : une nouvelle touche d'une lettre fera échouer ce test."""
    isolee = re.compile(r"(Shift )?[A-Z0-9]")
    dangereux = {
        raccourci
        for raccourci in raccourcis_installes()
        if ("jp-mod-commandMode" in raccourci[2] or "data-jp-kernel-user" in raccourci[2])
        and raccourci[1]
        and all(isolee.fullmatch(touche) for touche in raccourci[1])
        and not set(raccourci[1]) <= TOUCHES_GARDEES
    }
    assert dangereux <= set(raccourcis_eteints())


def test_maj_entree_reste():
    assert not any("Shift Enter" in touches for _, touches, _ in raccourcis_eteints())


def test_les_modules_eteints_existent():
    """Un identifiant mal écrit n'éteindrait rien, sans le dire."""
    lab = "".join(
        f.read_text(encoding="utf-8") for f in APPLICATION.joinpath("static").glob("*.js")
    )
    eteints = [
        nom for nom in MODULES_ETEINTS["disabledExtensions"] if nom.startswith("@jupyterlab/")
    ]
    assert eteints
    assert [nom for nom in eteints if nom not in lab] == []


def test_extension_bien_formee():
    paquet = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    # JupyterLab cherche les fichiers sous le nom du paquet : le dossier doit porter ce nom.
    assert paquet["name"] == EXTENSION.name
    chargement = EXTENSION / paquet["jupyterlab"]["_build"]["load"]
    texte = chargement.read_text(encoding="utf-8")
    assert f'const NOM = "{paquet["name"]}"' in texte
    voisins = set(
        re.findall(
            r"""["'](?:\./)?(\w+\.(?:js|css))["']""",
            "".join(f.read_text(encoding="utf-8") for f in chargement.parent.iterdir()),
        )
    )
    assert voisins | {chargement.name} == {
        fichier.name for fichier in chargement.parent.iterdir()
    }, "chaque fichier est chargé, et présent"


def test_extension_et_lecteur_connaissent_les_memes_magies():
    texte = (EXTENSION / "static/types.js").read_text(encoding="utf-8")
    declares = re.search(r"const TYPES = \{([^}]+)\}", texte)[1]
    assert tuple(re.findall(r"\w+", declares)) == tuple(TYPES)


def test_extension_et_feuille_de_style_n_appellent_aucune_adresse():
    for fichier in EXTENSION.rglob("*.*"):
        assert "http" not in fichier.read_text(encoding="utf-8"), fichier.name


def test_la_configuration_du_serveur_se_charge(monkeypatch, tmp_path):
    from traitlets.config.loader import PyFileConfigLoader

    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setenv("IPYTHONDIR", "avant")
    c = PyFileConfigLoader("jupyter_server_config.py", str(DOSSIER_CONFIG)).load_config()
    for application in (c.LabApp, c.JupyterNotebookApp):
        assert Path(application.app_settings_dir, "overrides.json").is_file()
        [extensions] = map(Path, application.labextensions_path)
        assert {
            f.parent.relative_to(extensions).as_posix() for f in extensions.rglob("package.json")
        } == {"grc-poste", WIDGETS}
    assert c.LabApp.news_url is None
    assert c.ServerApp.terminals_enabled is False
    assert "open_browser" not in c.ServerApp
    chargees = [nom for nom, oui in c.ServerApp.jpserver_extensions.items() if oui]
    assert chargees == ["grc_helpers.poste.points_acces"]
    # Celui d'une page ouverte ne s'éteint pas : ce serait la faire repartir sans fin.
    assert c.MappingKernelManager.cull_idle_timeout == 900
    assert "cull_connected" not in c.MappingKernelManager
    assert c.ContentsManager.pre_save_hook is avant_d_enregistrer
    assert Path(os.environ["IPYTHONDIR"], "profile_default", "ipython_kernel_config.py").is_file()


def test_les_noyaux_chargent_le_cours_sans_historique(monkeypatch, tmp_path):
    from traitlets.config.loader import PyFileConfigLoader

    monkeypatch.setenv("IPYTHONDIR", "avant")
    preparer_les_noyaux(tmp_path)
    profil = Path(os.environ["IPYTHONDIR"], "profile_default")
    c = PyFileConfigLoader("ipython_kernel_config.py", str(profil)).load_config()
    assert c.InteractiveShellApp.extensions == ["grc_helpers"]
    assert c.HistoryManager.enabled is False


def test_un_noyau_qui_demarre_n_ecrit_rien_dans_la_fenetre_noire(monkeypatch, tmp_path):
    monkeypatch.setenv("IPYTHONDIR", "avant")
    preparer_les_noyaux(tmp_path)
    with (tmp_path / "fenetre.txt").open("w") as fenetre:
        noyau, client = start_new_kernel(stdout=fenetre, stderr=fenetre)
        client.execute_interactive("1 + 1", timeout=60)
        client.stop_channels()
        noyau.shutdown_kernel()
    assert (tmp_path / "fenetre.txt").read_text(encoding="utf-8") == ""


def test_charger_le_cours_une_fois_de_plus_ne_dit_rien(monkeypatch, tmp_path):
    """Le poste l'a déjà chargé : ni la cellule du cours, ni la même relancée ne montrent de message ; rien n'est perdu sans elle."""
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")

    monkeypatch.setenv("IPYTHONDIR", "avant")
    preparer_les_noyaux(tmp_path)
    reponse, charger = "%%nombre s2_tp1_q0 clients\n400", "%load_ext grc_helpers"
    cahier = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(c)
            for c in (reponse, charger, charger, 'verifier("s2_tp1_q0")')
        ]
    )
    nbclient.NotebookClient(cahier, kernel_name="python3", timeout=60).execute()
    echo, premiere, seconde, verdict = (cellule.outputs for cellule in cahier.cells)
    assert premiere == seconde == []
    assert "400" in echo[0].data["text/html"] and "Bien reçu" in verdict[0].data["text/html"]


def test_environnement_nos_reglages_passent_devant_une_seule_fois():
    env = environnement_du_poste({"JUPYTER_CONFIG_PATH": "ailleurs", "LANG": "fr_FR.UTF-8"})
    assert env["JUPYTER_CONFIG_PATH"] == os.pathsep.join([str(DOSSIER_CONFIG), "ailleurs"])
    assert env["LANG"] == "fr_FR.UTF-8"
    assert environnement_du_poste(env) == env


def test_commande_sur_cette_machine_seulement(tmp_path):
    commande = commande_jupyter(
        tmp_path, "s0_prise_en_main/été 1.ipynb", navigateur=False, port=9999
    )
    assert "--ServerApp.ip=127.0.0.1" in commande
    assert f"--ServerApp.root_dir={tmp_path}" in commande
    assert "--LabApp.default_url=/lab/tree/s0_prise_en_main/%C3%A9t%C3%A9%201.ipynb" in commande
    assert {"--ServerApp.port=9999", "--ServerApp.port_retries=0", "--no-browser"} <= set(commande)


def test_commande_ordinaire_ouvre_le_navigateur_sur_un_port_libre(tmp_path):
    commande = commande_jupyter(tmp_path, "accueil.ipynb")
    assert not any("browser" in morceau or "port" in morceau for morceau in commande)


def test_le_jupyterlab_du_formateur_garde_tout_et_parle_francais(tmp_path):
    commande = commande_du_formateur(tmp_path, navigateur=False, port=9999)
    dossier = next(
        Path(morceau.partition("=")[2]) for morceau in commande if "app_settings_dir" in morceau
    )
    reglages = json.loads((dossier / "overrides.json").read_text(encoding="utf-8"))
    assert reglages["@jupyterlab/translation-extension:plugin"] == {"locale": "fr_FR"}
    assert not {
        "@jupyterlab/notebook-extension:panel",
        CLE_RACCOURCIS,
        "@jupyterlab/application-extension:shell",
    } & set(reglages)
    assert not any("default_url" in morceau or "labextensions" in morceau for morceau in commande)


def test_l_extension_se_sert_sous_une_adresse_tiree_de_son_contenu(tmp_path, monkeypatch):
    """Le navigateur garde ces fichiers pour toujours : une mise à jour doit changer d'adresse, et elle seule."""

    def adresse(nom: str) -> str:
        extensions = poser_l_extension(tmp_path / nom)
        [declaree] = extensions.glob("*/package.json")
        charge = json.loads(declaree.read_text(encoding="utf-8"))["jupyterlab"]["_build"]["load"]
        assert (declaree.parent / charge).is_file(), "JupyterLab charge un fichier qui existe"
        return charge

    copie = shutil.copytree(DOSSIER_POSTE, tmp_path / "poste")
    monkeypatch.setattr("grc_helpers.poste.serveur.DOSSIER_POSTE", copie)
    premiere = adresse("un")
    assert adresse("deux") == premiere
    (copie / "extension/grc-poste/static/accueil.js").write_text("// neuf", encoding="utf-8")
    assert adresse("trois") != premiere


def test_ce_que_le_serveur_envoie_est_compresse(serveur):
    demande = urllib.request.Request(
        f"{serveur.adresse}lab?token={serveur.jeton}", headers={"Accept-Encoding": "gzip"}
    )
    with urllib.request.urlopen(demande) as reponse:
        assert reponse.headers["Content-Encoding"] == "gzip"
        page = gzip.decompress(reponse.read()).decode()
    assert re.search(r"static-[0-9a-f]{12}/remoteEntry.grc.js", page)
