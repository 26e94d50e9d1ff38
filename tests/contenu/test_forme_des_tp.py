"""La forme des TP des séquences 3 et 4 : leurs exercices servent tous, et aucun ne se fait par élimination."""

import pytest

from grc_helpers.entrainement.exercices import Serie
from grc_helpers.entrainement.fichier import charger, noms
from tests.classe_fictive import DEPOT
from tests.contenu.cahiers import APPEL, cahier

TPS = [nom for nom in DEPOT.devoirs_notes() if nom.startswith(("s3_tp", "s4_tp"))]


@pytest.mark.parametrize("tp", TPS)
def test_chaque_exercice_ecrit_est_dans_le_tp_une_fois(tp):
    appels = [APPEL.search(c.texte) for c in cahier(tp) if not c.est_texte]
    assert [appel[2] for appel in appels if appel] == noms(tp)


@pytest.mark.parametrize("tp", TPS)
def test_aucun_exercice_ne_se_fait_par_elimination(tp):
    for nom in noms(tp):
        exercice = charger(tp, nom)
        if isinstance(exercice, Serie) and exercice.melange == "lignes":
            assert len(exercice.lignes) != len(exercice.possibilites), nom
