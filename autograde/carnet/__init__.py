"""Le carnet de notes de nbgrader : l'ouvrir, y inscrire une classe et garder ses corrections, en lire relevés, noms et journal."""
