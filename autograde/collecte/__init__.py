"""Ramasser les copies d'une classe, de l'archive de Moodle, d'une clé USB ou de l'exchange de nbgrader, et les ranger dans
``submitted/<stagiaire>/<devoir>/``. Rien n'est deviné : ce qui est ambigu est listé, et demandé.
"""
