"""Les dialogues à jouer : un client parle, on choisit sa réponse, trois jauges bougent ; à la fin, chaque choix est repris avec sa règle.

Dans le notebook, une cellule suffit, sous un titre qui dit quoi faire :

    from grc_helpers.dialogues.ecran import Dialoguer
    Dialoguer("directeur_furieux").afficher()

Écrire un dialogue
------------------
Un dialogue s'écrit dans ``grc_helpers/dialogues/<nom>.toml``, avec un éditeur de texte ; ``reclamation_au_telephone.toml`` se copie
pour en commencer un autre.

    titre = "Un robot en panne"
    moyen = "au téléphone"
    situation = "Vous êtes Hajar, à la relation client…"
    monnaie = "DH"
    depart = "decroche"
    calme = 40
    confiance = 50

    [scenes.decroche]
    qui = "Mme Bennis"
    dit = "Cela fait trois fois que j'appelle !"

    [[scenes.decroche.choix]]
    texte = "Racontez-moi, je note."
    calme = 15
    regle = "Laisser parler"
    pourquoi = "Elle n'écoutera rien avant d'avoir été entendue."
    suite = "raconte"

    [scenes.partie]
    qui = "Mme Bennis"
    dit = "Je vous remercie."
    bilan = "Elle repart avec une date et un nom."

- ``calme`` et ``confiance`` vont de 0 à 100 ; un choix les change de tant (0 si rien n'est écrit), et coûte ``cout``, dans la monnaie.
- Une scène a deux à quatre choix, ou un ``bilan`` : c'est alors une fin. Toute scène mène à une fin, et l'on n'y revient pas.
- Chaque choix a sa ``regle`` (son nom) et son ``pourquoi`` : la reprise les montre. La place du bon choix varie.

>>> from grc_helpers.dialogues.scenario import charger, noms
>>> noms()
['directeur_furieux', 'message_instantane', 'passager_au_comptoir', 'reclamation_au_telephone']
>>> charger("directeur_furieux").depart in charger("directeur_furieux").scenes
True
"""
