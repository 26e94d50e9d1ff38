"""Ce que montre une page de retour, du moins au plus."""

NIVEAUX = {
    "note": "la note, question par question",
    "elements": "la note, ce qui est juste et ce qui est à revoir, les explications",
    "corriges": "tout cela, avec les réponses types",
}
