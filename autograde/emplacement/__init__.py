"""Où vit la classe : le dossier que le formateur choisit, et ce qu'il faut y déménager."""
