"""Le JavaScript du cours, sans navigateur : un seul style, celui de prettier à 100 colonnes, comme le Python."""


def test_le_javascript_est_mis_en_forme(npm):
    """Pour remettre en forme : ``npm run --prefix tests/javascript formater``."""
    vu = npm("forme")
    assert vu.returncode == 0, vu.stdout + vu.stderr
