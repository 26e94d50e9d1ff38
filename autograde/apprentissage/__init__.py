"""Faire apprendre un barème de prose : les décisions du formateur deviennent des formulations, essayées puis acceptées une à une."""
