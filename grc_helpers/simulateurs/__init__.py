"""Les simulateurs : on règle des hypothèses, les chiffres et le graphique suivent aussitôt.

Ils se bâtissent sur ``calculs`` et ``figures`` et servent tels quels dans un TP et dans un tableau de bord projeté.
"""
