"""Ce qu'une page de retour peut montrer. N'importe rien : ``grc --aide`` lit cette liste."""

NIVEAUX = {
    "note": "la note, question par question",
    "elements": "la note, ce qui est juste et ce qui est à revoir, les explications",
    "corriges": "tout cela, avec les réponses types",
}
