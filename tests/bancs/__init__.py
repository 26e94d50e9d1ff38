"""Les mesures de vitesse, à part de la suite : aucun test ne dépend d'une durée."""
