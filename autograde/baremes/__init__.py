"""Ce que chaque question attend, et la note que cela donne : le barème, type par type."""
