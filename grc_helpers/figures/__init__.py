"""Les graphiques du cours : des fonctions qui vont des résultats d'un calcul à une figure lisible par tous."""
