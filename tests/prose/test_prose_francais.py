"""Le français du moteur de prose est écrit en un seul endroit, les YAML ; le code n'en contient aucune liste de mots."""

import ast
import re
from pathlib import Path

import pytest

import autograde.apprentissage.formulations
import autograde.production.defauts_du_bareme
import autograde.prose
from autograde.erreurs import ErreurFormateur
from autograde.prose.lexique import CHEMIN, lire_le_lexique

DOSSIER = Path(autograde.prose.__file__).parent
# Sauf le schéma des barèmes, dont les mots listés sont ceux de son propre format, et les motifs, que le formateur lit : ce n'est pas du
# français à reconnaître.
MONTRES = {DOSSIER / "bareme.py", DOSSIER / "motifs.py"}
FICHIERS = sorted(
    [
        *(fichier for fichier in DOSSIER.rglob("*.py") if fichier not in MONTRES),
        Path(autograde.apprentissage.formulations.__file__),
        Path(autograde.production.defauts_du_bareme.__file__),
    ]
)

# À partir de trois mots, c'est une liste, donc du vocabulaire : sa place est dans un YAML. Un ou deux, c'est une règle qui ne parle que
# d'eux (« oui » et « non », « rarement » et « mal ») : elle se lit mieux où elle s'applique. « de », « d' » ne font qu'un mot : une lettre
# seule ne compte pas.
LISTE = 3
# Ces constantes-là sont des phrases qu'on montre au formateur ou au stagiaire, pas des mots qu'on cherche dans une réponse.
PHRASES = {
    "DITE_AILLEURS",
    "RELECTURE",
    "SUR_SA_LIGNE",
    "__all__",
}
# D'une expression régulière, ce qui n'est pas du texte : classes, échappements, noms de groupes.
SYNTAXE = re.compile(r"\[[^\]]*\]|\\.|\(\?P<\w+>|\{[^}]*\}|(?<=\w)\?")


def chaines(noeud: ast.AST) -> list[str]:
    """Les chaînes écrites sous ce nœud."""
    constantes = (n.value for n in ast.walk(noeud) if isinstance(n, ast.Constant))
    return [valeur for valeur in constantes if isinstance(valeur, str)]


def mots(noeud: ast.AST) -> set[str]:
    """Les mots de deux lettres au moins des chaînes écrites sous ce nœud."""
    textes = (SYNTAXE.sub(" ", chaine) for chaine in chaines(noeud))
    return {mot for texte in textes for mot in re.findall(r"[^\W\d_]{2,}", texte)}


def mots_seuls(noeuds: list[ast.AST]) -> set[str]:
    """Ceux de ces nœuds qui sont des chaînes d'un seul mot."""
    valeurs = (n.value for n in noeuds if isinstance(n, ast.Constant))
    return {v for v in valeurs if isinstance(v, str) and len(v) > 1 and v.isalpha()}


def liste_ecrite_en(noeud: ast.AST) -> set[str]:
    """Les mots que ce nœud énumère : une constante, une collection, des arguments, une expression régulière, un texte à découper."""
    if isinstance(noeud, ast.Assign | ast.AnnAssign):
        return mots(noeud.value) if noeud.value else set()
    if isinstance(noeud, ast.Set | ast.List | ast.Tuple):
        return mots_seuls(noeud.elts)
    if isinstance(noeud, ast.Dict):
        return mots_seuls(noeud.values)
    if isinstance(noeud, ast.Call):
        appel = ast.unparse(noeud.func)
        entiere = appel.startswith("re.") or appel.endswith(".split")
        return mots(noeud) if entiere else mots_seuls(noeud.args)
    return set()


def listes_de_mots(source: str) -> list[str]:
    """Les listes de mots d'un module, où qu'elles soient, avec leur ligne."""
    arbre = ast.parse(source)
    corps = [arbre, *(n for n in ast.walk(arbre) if isinstance(n, ast.ClassDef))]
    constantes = [
        n for bloc in corps for n in bloc.body if isinstance(n, ast.Assign | ast.AnnAssign)
    ]
    phrases = [
        c for c in constantes if {n.id for n in ast.walk(c) if isinstance(n, ast.Name)} & PHRASES
    ]
    permis = {n for phrase in phrases for n in ast.walk(phrase)}
    ailleurs = [n for n in ast.walk(arbre) if not isinstance(n, ast.Assign | ast.AnnAssign)]
    return [
        f"ligne {noeud.lineno} : {', '.join(sorted(liste_ecrite_en(noeud)))}"
        for noeud in [*constantes, *ailleurs]
        if noeud not in permis and len(liste_ecrite_en(noeud)) >= LISTE
    ]


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda fichier: fichier.stem)
def test_le_code_ne_contient_aucune_liste_de_mots(fichier):
    assert listes_de_mots(fichier.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("code", "combien"),
    [
        ('_ETRE = {"est", "sont", "suis"}', 2),  # la constante, et la collection
        ('COURANTS = "plus moins client"', 1),
        ('_FINS = re.compile(r"\\b(?:mais|donc|car)\\b")', 2),
        ("def f(m):\n    return m in {'et', 'ou', 'mais'}", 1),
        ("def f(m):\n    return vaut(m, 'prie', 'prions', 'veuillez')", 1),
        ("def f(m):\n    return re.match(rf'(?:le|du|au) {m}', m)", 1),
        ("def f(m):\n    return m in 'et ou mais'.split()", 1),
        ("class A:\n    x: set = {'et', 'ou', 'mais'}", 2),
        ('_REPONSES = {"oui", "non"}', 0),
        ('_DE = {"de", "d", "l"}', 0),
        ('_JOUR = r"(?P<jour>[a-z]{2,3}\\d\\d(?:er)?)"', 0),
        ('RELECTURE = "une lettre se relit toujours"', 0),
    ],
)
def test_une_liste_de_mots_dans_le_code_est_vue(code, combien):
    assert len(listes_de_mots(code)) == combien


def test_les_phrases_permises_existent_et_sont_des_phrases():
    sources = "\n".join(fichier.read_text(encoding="utf-8") for fichier in FICHIERS)
    for nom in PHRASES - {"__all__"}:
        ecrite = re.search(rf"^{nom} = \(?(\".+\")\)?$", sources, re.MULTILINE)
        assert ecrite and " " in ecrite[1], nom


LEXIQUE = CHEMIN.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("avant", "apres", "dit"),
    [
        ("  que: que qu\n", "", "rubrique « grammaire » : il manque « que »."),
        ("  que: que qu\n", "  ques: que qu\n", "« ques » n'existe pas ici ; vérifiez l'orthographe."),
        ("  que: que qu\n", "  que: que, qu\n", "« que, » n'est pas un mot ; séparez les mots par des espaces."),
        ("  que: que qu\n", "  que:\n", "cette rubrique est vide, ou n'est pas un texte."),
        ("  kel: quel\n", "  kel quel\n", "la ligne « kel quel » n'a pas la forme « tour: valeur »."),
        ("  h:\n", "  h(:\n", "rubrique « sons » : une expression régulière est mal écrite"),
        ("\nhesitent: >-", "\nhesitants: >-", "rubrique « hesitants » : « hesitants » n'existe pas ici"),
    ],
)  # fmt: skip
def test_un_lexique_mal_ecrit_est_refuse_en_francais(tmp_path, avant, apres, dit):
    assert LEXIQUE.count(avant) == 1
    chemin = tmp_path / "lexique.yml"
    chemin.write_text(LEXIQUE.replace(avant, apres), encoding="utf-8")
    with pytest.raises(ErreurFormateur) as erreur:
        lire_le_lexique(chemin)
    assert dit in str(erreur.value)


def test_l_erreur_du_lexique_dit_sa_ligne(tmp_path):
    chemin = tmp_path / "lexique.yml"
    chemin.write_text(
        LEXIQUE.replace("  aller: va vont aller\n", "  aller: va2\n"), encoding="utf-8"
    )
    ligne = LEXIQUE[: LEXIQUE.index("  aller:")].count("\n") + 1
    with pytest.raises(
        ErreurFormateur, match=f"lexique.yml, ligne {ligne} : rubrique « grammaire »"
    ):
        lire_le_lexique(chemin)
