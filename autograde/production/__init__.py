"""Avant la classe : produire la version distribuée, vérifier un barème, faire le .zip des stagiaires."""
