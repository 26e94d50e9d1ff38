"""D'un fichier rendu aux réponses : trouver la copie, la trier, relire son reçu, la greffer."""
