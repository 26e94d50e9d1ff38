"""Les calculs du métier : des fonctions pures, sans affichage, sans pandas ni matplotlib."""
