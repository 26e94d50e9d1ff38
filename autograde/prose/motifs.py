"""Pourquoi une réponse ne mérite aucun crédit, tel que le formateur le lit."""

SANS_REPONSE = "sans réponse"
LISTE = "liste de mots sans phrase"
TELEGRAPHIQUE = "des mots-clés sans phrase : idées comprises, ou liste apprise ?"
RECOPIE = "recopie de la question ou du cas"

# Une lettre.
DECRITE = "lettre décrite au lieu d'être écrite"
SANS_LECTEUR = "le texte ne s'adresse à personne : ce n'est pas une lettre"
SANS_CORPS = "la lettre n'a pas de corps"
AUTRE_LANGUE = "la lettre n'est pas écrite en français"
