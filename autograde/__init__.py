"""Les outils du formateur : produire la version distribuée, corriger une classe, rendre les copies, sortir les notes.

Rien de ce qu'un stagiaire a écrit n'est exécuté : une réponse est une donnée, corriger c'est lire.
"""

import sys

# jsonschema, chargé par nbgrader, compile au démarrage des grammaires d'adresses web dont rien ne se sert ici : plusieurs secondes à chaque
# commande. Ce paquet est facultatif pour lui ; on le lui cache ici, avant que quiconque d'autograde importe nbgrader.
# None y veut dire « introuvable » : Python le prévoit, ses types non.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
