"""Ce qu'un notebook dit de lui-même : titre, durée, avancement, parcours."""
