"""Le cours où ramasser : celui du dépôt, avec un dossier de classe neuf."""

import pytest

from autograde.cours.dossiers import Cours


@pytest.fixture
def cours(tmp_path) -> Cours:
    return Cours(travail=tmp_path / "travail")
