"""Ce qui agit dans le notebook ouvert : magies, erreurs en français, rendre ma copie."""
