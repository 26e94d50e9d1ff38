"""Les réponses du stagiaire : les lire, les afficher, dire si elles sont recevables (jamais si elles sont justes)."""
