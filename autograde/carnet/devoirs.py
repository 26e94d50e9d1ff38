"""Inscrire un devoir au carnet : ce que nbgrader en écrirait, mais d'un coup.

nbgrader écrit un devoir cellule par cellule, chacune pour de bon : coupé, ou lancé deux fois, il en laisse une partie. Il l'écrit donc dans
un carnet à part, d'où ses lignes passent à celui de la classe en une transaction. Ce qui y est déjà garde sa clé, donc ses notes.
"""

from collections.abc import Sequence

from autograde.carnet.sql import Base
from autograde.cours.devoir import Devoir
from grc_helpers.reponses.notebook import cellules, nbgrader

# Ce que chaque sorte de cellule ajoute à ``base_cell`` : sa table, ses colonnes.
_SORTES: dict[str, tuple[str, tuple[str, ...]]] = {
    "GradeCell": ("grade_cells", ("max_score", "cell_type")),
    "SolutionCell": ("solution_cells", ()),
    "TaskCell": ("task_cells", ("max_score", "cell_type")),
}


def est_inscrit(base: Base, devoir: Devoir) -> bool:
    """Le carnet connaît-il ce devoir en entier : chaque cellule notée et ses points, chaque réponse, chaque source ?"""
    attendues: set[tuple] = set()
    for meta in map(nbgrader, cellules(devoir.distribue)):
        nom = meta.get("grade_id")
        if meta.get("grade"):
            attendues.add(("GradeCell", nom, float(meta["points"])))
        if meta.get("solution"):
            attendues.add(("SolutionCell", nom, None))
        if meta.get("grade") or meta.get("solution") or meta.get("locked"):
            attendues.add(("source", nom, None))
    notebook = "from assignment a join notebook n on n.assignment_id = a.id and n.name = a.name"
    connues = base.lire(
        f"select b.type, b.name, g.max_score {notebook} join base_cell b on b.notebook_id = n.id"
        " left join grade_cells g on g.id = b.id where a.name = ?"
        f" union all select 'source', s.name, null {notebook} join source_cell s on s.notebook_id = n.id where a.name = ?",
        (devoir.nom, devoir.nom),
    )
    return attendues <= set(connues)


def copier_le_devoir(modele: Base, base: Base, nom: str) -> None:
    """Met dans ``base`` le devoir tel que ``modele`` le connaît, en entier ou pas du tout ; le refaire ne change rien.

    Une cellule qui n'est plus au devoir s'en va, sauf si quelqu'un y a déjà une note ou un commentaire.
    """
    with base.transaction():
        [(devoir, cours)] = modele.lire(
            "select id, course_id from assignment where name = ?", (nom,)
        )
        base.ecrire("insert into course (id) values (?) on conflict do nothing", [(cours,)])
        connu = base.lire("select id from assignment where name = ?", (nom,))
        ici = connu[0][0] if connu else devoir
        _poser(base, "assignment", ("name", "course_id"), [(ici, nom, cours)])
        for notebook, *valeurs in modele.lire(
            "select id, name, kernelspec from notebook where assignment_id = ?", (devoir,)
        ):
            connu = base.lire(
                "select id from notebook where assignment_id = ? and name = ?", (ici, valeurs[0])
            )
            cle = connu[0][0] if connu else notebook
            _poser(
                base, "notebook", ("name", "kernelspec", "assignment_id"), [(cle, *valeurs, ici)]
            )
            _copier_les_cellules(modele, base, notebook, cle)
            _copier_les_sources(modele, base, notebook, cle)


def _copier_les_cellules(modele: Base, base: Base, notebook: str, ici: str) -> None:
    """Les cellules d'un notebook du modèle, dans celui dont la clé est ``ici``."""
    toutes = "select type, name, id from base_cell where notebook_id = ?"
    connues = {(sorte, nom): cle for sorte, nom, cle in base.lire(toutes, (ici,))}
    lues = {(sorte, nom): cle for sorte, nom, cle in modele.lire(toutes, (notebook,))}
    cles = {cle: connues.get(cellule, cle) for cellule, cle in lues.items()}
    _poser(
        base,
        "base_cell",
        ("type", "name", "notebook_id"),
        [(cles[cle], *cellule, ici) for cellule, cle in lues.items()],
    )
    for table, colonnes in _SORTES.values():
        lignes = modele.lire(f"select {', '.join(('id', *colonnes))} from {table}")
        _poser(base, table, colonnes, [(cles[cle], *v) for cle, *v in lignes if cle in cles])
    _retirer(base, [cle for cellule, cle in connues.items() if cellule not in lues])


def _copier_les_sources(modele: Base, base: Base, notebook: str, ici: str) -> None:
    connues = dict(base.lire("select name, id from source_cell where notebook_id = ?", (ici,)))
    lues = modele.lire(
        "select id, name, cell_type, locked, source, checksum from source_cell where notebook_id = ?",
        (notebook,),
    )
    _poser(
        base,
        "source_cell",
        ("name", "cell_type", "locked", "source", "checksum", "notebook_id"),
        [
            (connues.get(nom, cle), nom, genre, bool(verrouillee), source, somme, ici)
            for cle, nom, genre, verrouillee, source, somme in lues
        ],
    )
    base.ecrire(
        "delete from source_cell where id = ?",
        [(cle,) for nom, cle in connues.items() if nom not in {nom for _, nom, *_ in lues}],
    )


def _poser(base: Base, table: str, colonnes: Sequence[str], lignes: Sequence[Sequence]) -> None:
    """Écrit des lignes, la clé (``id``) en tête ; une clé déjà là reçoit ces valeurs."""
    valeurs = ", ".join(f"{colonne} = excluded.{colonne}" for colonne in colonnes)
    base.ecrire(
        f"insert into {table} ({', '.join(('id', *colonnes))}) values ({', '.join('?' * (1 + len(colonnes)))})"
        f" on conflict (id) do {f'update set {valeurs}' if valeurs else 'nothing'}",
        lignes,
    )


def _retirer(base: Base, cles: Sequence[str]) -> None:
    """Efface ces cellules, sauf celles que quelqu'un a déjà."""
    prises = base.lire("select cell_id from grade union select cell_id from comment")
    libres = [(cle,) for cle in set(cles) - {cle for (cle,) in prises}]
    for table in (*(table for table, _ in _SORTES.values()), "base_cell"):
        base.ecrire(f"delete from {table} where id = ?", libres)
