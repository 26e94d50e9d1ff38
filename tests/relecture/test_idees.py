"""Grouper les propositions d'une classe : ce qui va ensemble, ce qui attend, ce que rien n'explique."""

from datetime import date

import pytest

from autograde.cours.decisions import IDEE_FAUSSE, Decision
from autograde.prose import evaluer
from autograde.prose.bareme import BaremeReponse
from autograde.relecture.idees import gestes_restants, par_idees
from autograde.relecture.propositions import RESTE, Lue, passages
from autograde.relecture.voisines import mots_du_sens, rapprocher, ressemblance

BAREME = BaremeReponse(
    type="prose",
    enonce="D'où vient la mauvaise note du magasin ?",
    elements=[
        {"id": "attente", "libelle": "on attend trop", "formulations": ["patiente longtemps", "file interminable"]},
        {"id": "sourire", "libelle": "le personnel n'est pas aimable", "formulations": ["personnel désagréable"]},
    ],
    contre_elements=[
        {"id": "prix", "formulations": ["prix trop élevés"], "annule": ["sourire"], "message": "Les prix n'y sont pour rien."}
    ],
)  # fmt: skip


def lue(texte: str, identifiant: str = "a1", **autres) -> Lue:
    return Lue(identifiant, texte, autres.pop("copies", 1), evaluer(texte, BAREME), **autres)


def decision(credit: float, passage: str = "") -> Decision:
    return Decision(credit=credit, passage=passage, date=date(2026, 12, 1))


def idees(*lues: Lue) -> dict[str, list]:
    """Par idée, chaque groupe : (crédit proposé, décision, copies, extraits)."""
    return {
        idee.nom: [(g.propose, g.decide, g.copies, g.extraits) for g in idee.groupes]
        for idee in par_idees(BAREME, lues)
    }


def test_la_meme_formulation_fait_un_groupe_et_ce_qui_reste_vient_en_dernier():
    trouvees = idees(
        lue("On patiente longtemps. Les gondoles penchent.", "a1", copies=2),
        lue("Le client patiente très longtemps à la caisse.", "b2"),
        lue("Le personnel est désagréable.", "c3"),
    )
    assert list(trouvees) == ["attente", "sourire", RESTE]
    assert trouvees["attente"] == [
        (
            1.0,
            None,
            3,
            ["On patiente longtemps", "Le client patiente très longtemps à la caisse"],
        )
    ]
    assert trouvees["sourire"] == [(1.0, None, 1, ["Le personnel est désagréable"])]
    assert trouvees[RESTE] == [(None, None, 2, ["Les gondoles penchent"])]


def test_ce_qui_reste_se_groupe_par_ressemblance():
    trouvees = idees(
        lue("Les gondoles penchent dangereusement.", "a1"),
        lue("Des gondoles qui penchent dangereusement partout.", "b2"),
        lue("Le chauffage tombe toujours en panne.", "c3"),
    )
    assert sorted(copies for _, _, copies, _ in trouvees[RESTE]) == [1, 2]


def test_une_reponse_sure_ne_fait_attendre_aucun_groupe_mais_y_compte():
    sure = lue("Le personnel est désagréable. Et puis les gondoles penchent.", "a1", attend=False)
    doute = lue("Le personnel est vraiment désagréable.", "b2")
    (groupe,) = par_idees(BAREME, [sure, doute])[1].groupes
    assert (groupe.copies, groupe.attend) == (2, True)
    (seul,) = par_idees(BAREME, [sure])[1].groupes
    assert (seul.copies, seul.attend) == (1, False)
    assert idees(sure)[RESTE] == [], "on ne demande rien de ce qui est sûr"


def test_une_copie_decidee_a_part_forme_son_groupe():
    texte = "On patiente longtemps."
    ensemble = [
        lue(texte, "a1"),
        lue("On patiente bien longtemps.", "b2", decisions={"attente": decision(0)}),
    ]
    assert idees(*ensemble)["attente"] == [
        (1.0, None, 1, ["On patiente longtemps"]),
        (1.0, 0.0, 1, ["On patiente bien longtemps"]),
    ]


def test_une_proposition_donnee_a_un_element_est_chez_lui_et_n_est_plus_dans_le_reste():
    texte = "Ils trépignent devant le comptoir. Les gondoles penchent."
    avant = sorted(extraits for *_, extraits in idees(lue(texte))[RESTE])
    assert avant == [["Ils trépignent devant le comptoir"], ["Les gondoles penchent"]]
    donnee = {"attente": decision(1, "Ils trépignent devant le comptoir")}
    apres = idees(lue(texte, decisions=donnee))
    assert apres["attente"] == [(None, 1.0, 1, ["Ils trépignent devant le comptoir"])]
    assert [extraits for *_, extraits in apres[RESTE]] == [["Les gondoles penchent"]]


def test_une_proposition_ecartee_ne_revient_pas():
    texte = "Ils trépignent devant le comptoir. Les gondoles penchent."
    apres = idees(lue(texte, ecartes=("les gondoles PENCHENT",)))
    assert [extraits for *_, extraits in apres[RESTE]] == [["Ils trépignent devant le comptoir"]]


def test_une_reponse_qui_a_tout_n_a_plus_de_reste():
    tout = {"attente": decision(1), "sourire": decision(1)}
    assert idees(lue("Les gondoles penchent.", decisions=tout))[RESTE] == []


def test_une_proposition_repetee_se_decide_une_fois():
    texte = "Les gondoles penchent. La moquette sent le moisi. Les gondoles PENCHENT."
    extraits = sorted(dits for *_, dits in idees(lue(texte))[RESTE])
    assert extraits == [["La moquette sent le moisi"], ["Les gondoles penchent"]]


def test_une_reponse_d_un_mot_se_decide_entiere():
    assert idees(lue("Bof."))[RESTE] == [(None, None, 1, ["Bof."])]


def test_une_idee_fausse_a_son_groupe_et_l_element_qu_elle_annule_n_y_est_pas():
    reponse = lue("Les prix sont trop élevés. Le personnel est désagréable.")
    assert reponse.proposee.messages == ["Les prix n'y sont pour rien."]
    trouvees = idees(reponse)
    assert trouvees["sourire"] == []
    fausse = trouvees[IDEE_FAUSSE + "prix"]
    assert fausse == [(1.0, None, 1, ["Les prix sont trop élevés"])]


def test_une_proposition_niee_est_proposee_a_zero_avec_son_motif():
    reponse = lue("On ne patiente pas longtemps.")
    (groupe,) = par_idees(BAREME, [reponse])[0].groupes
    assert (groupe.propose, groupe.motif) == (0.0, "nié")


def test_l_identifiant_change_avec_la_decision_et_ne_dit_rien_d_autre():
    texte = "On patiente longtemps."
    (avant,) = passages(lue(texte), BAREME)
    (meme,) = passages(lue("On  patiente LONGTEMPS."), BAREME)
    (apres,) = passages(lue(texte, decisions={"attente": decision(1, texte[:-1])}), BAREME)
    assert avant.identifiant == meme.identifiant != apres.identifiant
    assert avant.identifiant.startswith("a1-")


def test_les_gestes_restants_se_comptent_a_peu_pres():
    doute = lue("On patiente longtemps. Les gondoles penchent. Il neige souvent ici.")
    assert gestes_restants(par_idees(BAREME, [doute])) == 1 + round(1 / 2 + 2 / 3)
    sure = lue("On patiente longtemps.", attend=False)
    assert gestes_restants(par_idees(BAREME, [sure])) == 0


def test_une_reponse_hostile_reste_un_texte_et_se_groupe():
    piege = "<script>alert(1)</script> et des gondoles qui penchent"
    (groupe,) = par_idees(BAREME, [lue(piege)])[-1].groupes
    assert "script" in groupe.extraits[0]


@pytest.mark.parametrize("texte", ["", " ", "\n", "?!", "\x00", "😀" * 50, "a " * 3000])
def test_aucun_texte_n_arrete_la_vue(texte):
    assert [idee.nom for idee in par_idees(BAREME, [lue(texte)])] == ["attente", "sourire", RESTE]


def test_des_reponses_presque_identiques_se_suivent():
    textes = [
        "Le client part chez un concurrent moins cher",
        "Il neige",
        "Les clients partent chez le concurrent, moins cher",
    ]
    assert rapprocher([mots_du_sens(texte) for texte in textes], 0.6) == [[0, 2], [1]]
    assert ressemblance(mots_du_sens(textes[0]), mots_du_sens(textes[2])) == 1.0
