"""Nos tables dans le carnet, à côté de celles de nbgrader.

``grc_empreinte`` : pour chaque note, la réponse et le barème notés ; ``grc_copie`` : pour chaque copie rendue, sa correction gardée ;
``grc_a_la_main`` : les notes que le formateur a tapées, et qu'aucune décision sur un élément ne change ; ``grc_journal`` : les décisions de
la correction et les gestes du formateur.
"""

from autograde.carnet.sql import Base

_TABLES = (
    "create table if not exists grc_empreinte (grade_id varchar(32) primary key, empreinte varchar(32) not null)",
    "create table if not exists grc_copie (remise_id varchar(32) primary key, empreinte varchar(64) not null,"
    " regles varchar(64) not null, correction text not null)",
    "create table if not exists grc_a_la_main (grade_id varchar(32) primary key)",
    "create table if not exists grc_journal (date varchar(32) not null, auteur varchar(128) not null, devoir varchar(128) not null,"
    " stagiaire varchar(128) not null, question varchar(128) not null, points float, a_relire boolean not null, manuelle float,"
    " commentaire text, empreinte varchar(32) not null)",
    "create index if not exists grc_journal_devoir on grc_journal (devoir, stagiaire)",
)


def preparer(base: Base) -> None:
    """Ajoute nos tables au carnet, si elles n'y sont pas telles qu'il les faut."""
    with base.transaction():
        if base.colonnes("grc_copie") and not garde_les_corrections(base):
            # Le carnet date d'avant : il ne gardait de chaque copie qu'une ligne de tableau, qui se refait en la recorrigeant.
            base.lire("drop table grc_copie")
        for table in _TABLES:
            base.lire(table)


def garde_les_corrections(base: Base) -> bool:
    """Ce carnet a-t-il de quoi garder la correction d'une copie ? Celui d'avant, ou d'un autre que nous, ne l'a pas."""
    return "correction" in base.colonnes("grc_copie")
