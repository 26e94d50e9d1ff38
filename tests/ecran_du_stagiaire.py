"""Ce qu'un stagiaire ne doit jamais lire à l'écran : du code, une invite, un mot d'anglais de Jupyter."""

import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# Visibles ou lus par un lecteur d'écran : les textes, les bulles d'aide, les noms des commandes.
TEXTES = """() => {
  const vus = [];
  const textes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (textes.nextNode()) {
    const { parentElement, textContent } = textes.currentNode;
    if (!/^(SCRIPT|STYLE)$/i.test(parentElement.tagName) && parentElement.checkVisibility()) vus.push(textContent);
  }
  for (const element of document.querySelectorAll('[title], [aria-label], [placeholder]'))
    if (element.checkVisibility())
      for (const nom of ['title', 'aria-label', 'placeholder']) vus.push(element.getAttribute(nom) ?? '');
  return vus.map(texte => texte.trim()).filter(Boolean);
}"""
CODE = """() => [...document.querySelectorAll('.cm-content, .jp-InputPrompt, .jp-OutputPrompt')]
  .filter(element => element.checkVisibility()).map(element => element.innerText)"""
PYTHON = re.compile(r"%load_ext|%%\w|\bimport \w|\[ ?\*?\d* ?\]:|\w\(\)|verifier\(|Traceback")

# Des mots français qui s'écrivent comme un mot anglais, et des noms propres ou de métier.
FRANCAIS = (
    "bar but change close compare concurrent contact contents cycles due expressions file future gains ignore issue main panel parts"
    " positive pressing location report respect second seconds sent silence sort stage support"
)
NOMS = "back click don front store"
PERMIS = {*FRANCAIS.split(), *NOMS.split()}
TERMES = re.compile(
    r"customer experience(?: management)?|voice of the customer|lifetime value|New York|week-end|[\w.]+@[\w.]+",
    re.IGNORECASE,
)


@cache
def mots_anglais() -> frozenset[str]:
    """Les mots des textes anglais de JupyterLab que leur traduction française n'emploie jamais."""
    dossier = Path(find_spec("jupyterlab_language_pack_fr_FR").origin).parent
    anglais, francais = set(), set()
    for fichier in dossier.glob("locale/fr_FR/LC_MESSAGES/*.json"):
        for cle, traductions in json.loads(fichier.read_text(encoding="utf-8")).items():
            anglais |= _mots(cle.rpartition("\x04")[2])
            francais |= _mots(" ".join(t for t in traductions if isinstance(t, str)))
    return frozenset(anglais - francais - PERMIS)


def _mots(texte: str) -> set[str]:
    return set(re.findall(r"[a-zà-öø-ÿœ]{3,}", texte.lower()))


def choses_etrangeres(page) -> list[str]:
    """Ce qui est à l'écran et ne devrait pas y être, tel qu'on le lit."""
    textes = page.evaluate(TEXTES)
    anglais = mots_anglais()
    return [
        *(f"code : {texte[:80]}" for texte in page.evaluate(CODE)),
        *(f"Python : {texte[:80]}" for texte in textes if PYTHON.search(texte)),
        *(
            f"{sorted(trop)} : {t[:80]}"
            for t in textes
            if (trop := _mots(TERMES.sub("", t)) & anglais)
        ),
    ]
