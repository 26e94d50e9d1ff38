"""L'entraînement des leçons : des exercices non notés, deux essais, une explication pour chaque réponse possible.

Dans le notebook, une cellule suffit, sous un titre qui dit quoi faire :

    from grc_helpers.entrainement import exercice
    exercice("s2_tp1_ltv", "attrition")

Écrire un exercice
------------------
Les exercices d'une séance s'écrivent dans ``grc_helpers/entrainement/<seance>.toml``, un bloc ``[nom]`` par exercice, avec un
éditeur de texte. ``exemples.toml``, à côté, en montre un de chaque sorte, commenté : copiez celui qui ressemble au vôtre.

    [taux]
    sorte = "choix"
    titre = "Lire un taux"
    question = "Sur 200 clients, 30 partent dans l'année. Quel est le taux d'attrition ?"
    indices = ["Quelle part des clients s'en va ?", "Divisez les partants par le total.", "30 ÷ 200 = 0,15."]

    [[taux.options]]
    texte = "15 %"
    juste = true
    explication = "30 ÷ 200 = 0,15, soit 15 clients sur 100."

    [[taux.options]]
    texte = "85 %"
    juste = false
    explication = "C'est la part de ceux qui restent : le taux de fidélité."

===================  ==============================================================================================
sorte                en plus de titre, question et des trois indices (où regarder, comment commencer, presque la réponse)
===================  ==============================================================================================
``choix``            ``[[nom.options]]`` : texte, juste (true ou false, une seule juste), explication
``choix_multiple``   les mêmes, avec une ou plusieurs options justes
``vrai_faux``        ``[[nom.affirmations]]`` : texte, vrai (true ou false), explication
``association``      ``familles = ["…", "…"]`` et ``[[nom.elements]]`` : texte, famille, explication
``ordre``            ``[[nom.etapes]]``, dans le bon ordre : texte, explication (la leçon les mélange)
``nombre``           ``reponse`` (formule), unite, tolerance, explication, ``[nom.tirage]``, ``[nom.calculs]`` et
                     ``[[nom.erreurs]]`` : valeur (formule), explication
===================  ==============================================================================================

- Toute option, affirmation, étape, tout élément, toute erreur a son **explication** : un fichier qui en oublie une est refusé.
- Les options gardent l'ordre du fichier : variez la place de la bonne. Les éléments d'une association et les étapes d'un ordre
  sont mélangés.
- Dans un texte : ``**gras**``, ``*italique*``, listes et tableaux Markdown. Les nombres s'écrivent à la française.
- ``nombre`` : dans les textes, ``{abonnes}`` se remplace par le chiffre tiré, ``{prix:2}`` impose deux décimales. Dans les
  formules, les décimales prennent un point ; sont permis ``+ - * / **``, les parenthèses, ``arrondi(x, 2)`` et les fonctions
  de ``grc_helpers.calculs``, comme ``valeur_client.valeur_simple(duree, frequence, panier)``.
- ``tolerance`` est un écart dans l'unité de la réponse (0.01 si rien n'est écrit).

Contrôler ses exercices : ``python -m pytest tests/entrainement/test_entrainement.py``. Les messages disent quoi corriger et où.

>>> from grc_helpers.entrainement.fichier import charger, noms
>>> noms("exemples")
['taux', 'canaux', 'idees_recues', 'roles', 'reclamation', 'abonnes']
>>> abonnes = charger("exemples", "abonnes").tirer(graine=1)
>>> abonnes.question
'Une box à café compte 160 abonnés. Elle en perd 25 % la première année. Combien lui en reste-t-il ?'
>>> abonnes.juger("120 abonnés").juste, abonnes.juger("40").juste
(True, False)
"""

from IPython.display import display


def exercice(seance: str, nom: str, graine: int = 1) -> None:
    """Affiche l'exercice ``nom`` de la ``seance``. ``graine`` choisit les chiffres : la même donne les mêmes à toute la classe.

    Sans widgets (page imprimée, éditeur qui ne les connaît pas), l'exercice se lit avec ses indices et sa réponse repliés. Ne
    lève jamais d'erreur : un exercice mal écrit laisse un message neutre, et son défaut replié « pour le formateur ».
    """
    from grc_helpers.entrainement import rendu
    from grc_helpers.entrainement.ecran import Ecran
    from grc_helpers.entrainement.fichier import FichierIncorrect, charger
    from grc_helpers.entrainement.formules import FormuleIncorrecte

    try:
        ecran = Ecran(charger(seance, nom), graine)
    except (FichierIncorrect, FormuleIncorrecte) as defaut:
        display(
            {
                "text/html": rendu.indisponible(seance, nom, str(defaut)),
                "text/plain": f"Exercice indisponible : {nom}",
            },
            raw=True,
        )
        return
    vue = ecran.afficher()._repr_mimebundle_()
    enonce = ecran.partie.exercice
    display(
        {
            **vue,
            "text/html": rendu.page_fixe(enonce),
            "text/plain": f"{enonce.titre}\n{enonce.question}",
        },
        raw=True,
    )
