"""Les couleurs du cours : figures, feuilles de style, pages. Une couleur accompagne toujours un mot, un signe ou une forme.

Une feuille de style qui voyage avec ce qu'elle habille emploie ``VARIABLES_CSS``. Celles que le navigateur charge seules ont
leur copie (``palette.css`` du poste, pages du formateur), tenue égale par un essai.
"""

# Trois teintes d'Okabe-Ito, distinctes pour un daltonien : traits et surfaces (contraste d'au moins 3 sur blanc).
BLEU, VERMILLON, VERT = "#0072B2", "#D55E00", "#009E73"
# Les mêmes, assez sombres pour du texte sur fond clair, ou pour un fond sous du texte blanc (contraste d'au moins 4,5).
BLEU_FONCE, VERMILLON_FONCE, VERT_FONCE = "#0B5C92", "#A03C00", "#00603F"
# Les mêmes, assez pâles pour porter ENCRE.
BLEU_PALE, VERMILLON_PALE, VERT_PALE = "#EEF5FB", "#FFF4E5", "#EAF7F2"

ENCRE, GRIS = "#1A1A1A", "#595959"  # le texte, et ce qu'on lit en second
# Des surfaces de figure, où le texte se lit encore ; puis des lignes, derrière tout le reste.
BLEU_CLAIR, GRIS_CLAIR, QUADRILLAGE = "#BFD9EA", "#E6E6E6", "#D9D9D9"

VARIABLES = {
    "--grc-bleu": BLEU,
    "--grc-vermillon": VERMILLON,
    "--grc-vert": VERT,
    "--grc-bleu-fonce": BLEU_FONCE,
    "--grc-vermillon-fonce": VERMILLON_FONCE,
    "--grc-bleu-pale": BLEU_PALE,
    "--grc-vermillon-pale": VERMILLON_PALE,
    "--grc-vert-pale": VERT_PALE,
    "--grc-encre": ENCRE,
    "--grc-gris": GRIS,
}
VARIABLES_CSS = (
    ":root{" + ";".join(f"{nom}:{couleur}" for nom, couleur in VARIABLES.items()) + "}\n"
)
