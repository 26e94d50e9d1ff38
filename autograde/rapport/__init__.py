"""Le rapport de classe : ce qu'un TP corrigé apprend au formateur, à lire seul ou à projeter sans aucun nom.

``donnees`` lit le carnet et les copies ; ``repartition``, ``reussite``, ``erreurs``, ``remises`` et ``ressemblances`` calculent, sans
interface, et disent chacun leur conclusion en une phrase ; ``figures`` et ``blocs`` les dessinent ; ``ecran`` les réunit ; ``ouverture``
lance Voilà. Le notebook affiché est dans ``tableau/`` : il reste chez le formateur, hors de ``course/``.
"""
