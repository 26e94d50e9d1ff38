"""Les modules et les feuilles de style du poste, réunis quand le serveur les pose : sur un réseau faible, chaque fichier est une attente.

Les sources restent de petits modules, que le navigateur lit aussi tels quels (essais). Rien à installer : les formes reconnues ici sont
celles qu'emploie le poste, une ligne par importation ou exportation ; toute autre est refusée, avec son nom.
"""

import re
from collections.abc import Mapping

_IMPORTATION = re.compile(r'^import \{([^}]*)\} from "\./(\w+\.js)";$', re.MULTILINE)
_EXPORTATION = re.compile(
    r"^export ((?:async function|function|class|const|let) (\w+))", re.MULTILINE
)
_A_LA_DEMANDE = re.compile(r'\bimport\("\./(\w+\.js)"\)')
_AUTRE_FORME = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_FEUILLE_IMPORTEE = re.compile(r"""^@import ['"](\w+\.css)['"];$""", re.MULTILINE)

_LIAISON = """\
const $fabriques = {{
{fabriques}
}};
const $faits = {{}};
const $demander = (nom) => ($faits[nom] ??= $fabriques[nom]());
const $charger = async (nom) => $demander(nom);
export const {{ {exportes} }} = $demander("{entree}");
"""


def assembler_les_modules(entree: str, modules: Mapping[str, str]) -> str:
    """Un seul module, qui exporte ce qu'exporte ``entree``, fait des ``modules`` (par nom) dont elle a besoin.

    Chacun garde sa portée et ne s'exécute qu'à la première demande, une seule fois. Lève ``ValueError`` si deux modules s'attendent l'un
    l'autre ou si une importation n'est pas de la forme attendue.

    >>> modules = {"a.js": 'import { b } from "./b.js";\\nexport const a = b + 1;', "b.js": "export const b = 1;"}
    >>> print(assembler_les_modules("a.js", modules))
    const $fabriques = {
    "b.js": () => {
    const b = 1;
    return { b };
    },
    "a.js": () => {
    const { b } = $demander("b.js");
    const a = b + 1;
    return { a };
    },
    };
    const $faits = {};
    const $demander = (nom) => ($faits[nom] ??= $fabriques[nom]());
    const $charger = async (nom) => $demander(nom);
    export const { a } = $demander("a.js");
    <BLANKLINE>
    """
    ordre = _ordre(entree, modules)
    return _LIAISON.format(
        fabriques="\n".join(_fabrique(nom, modules[nom]) for nom in ordre),
        exportes=", ".join(_exportes(modules[entree])),
        entree=entree,
    )


def assembler_la_feuille(nom: str, feuilles: Mapping[str, str]) -> str:
    """La feuille de style ``nom``, celles qu'elle importe recopiées à leur place.

    >>> assembler_la_feuille("a.css", {"a.css": "@import 'b.css';\\na { }", "b.css": "b { }"})
    'b { }\\na { }'
    """
    return _FEUILLE_IMPORTEE.sub(
        lambda trouvee: assembler_la_feuille(trouvee[1], feuilles), feuilles[nom]
    )


def _ordre(entree: str, modules: Mapping[str, str]) -> list[str]:
    """Les modules qu'il faut, chacun après ceux qu'il importe."""
    ranges: list[str] = []

    def ranger(nom: str, en_cours: tuple[str, ...]) -> None:
        if nom in en_cours:
            raise ValueError(f"Ces modules s'attendent l'un l'autre : {', '.join(en_cours)}.")
        if nom in ranges:
            return
        if nom not in modules:
            raise ValueError(f"{en_cours[-1]} importe {nom}, qui n'existe pas.")
        texte = modules[nom]
        for _, importe in _IMPORTATION.findall(texte):
            ranger(importe, (*en_cours, nom))
        ranges.append(nom)
        # Ceux-là ne s'exécutent que plus tard : ils peuvent importer celui-ci.
        for importe in _A_LA_DEMANDE.findall(texte):
            if importe not in (*en_cours, nom):
                ranger(importe, ())

    ranger(entree, ())
    return ranges


def _fabrique(nom: str, texte: str) -> str:
    corps = _IMPORTATION.sub(
        lambda i: f'const {{{i[1].replace(" as ", ": ")}}} = $demander("{i[2]}");', texte
    )
    corps = _EXPORTATION.sub(r"\1", corps)
    corps = _A_LA_DEMANDE.sub(r'$charger("\1")', corps)
    if autre := _AUTRE_FORME.search(corps):
        raise ValueError(f"{nom} : « {autre[0]} » n'est pas une forme prévue.")
    return f'"{nom}": () => {{\n{corps.rstrip()}\nreturn {{ {", ".join(_exportes(texte))} }};\n}},'


def _exportes(texte: str) -> list[str]:
    return [nom for _, nom in _EXPORTATION.findall(texte)]
