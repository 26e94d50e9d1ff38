"""Réunir deux listes : reconnaître qui était déjà là, sans jamais prendre une personne pour une autre.

Le nom passe d'abord : qui le porte encore garde son identifiant. Une clé (courriel, numéro, compte) départage des homonymes, ou suit
quelqu'un qui change de nom, si elle est à une seule personne dans chaque liste et n'a pas déjà changé de mains. Le reste se dit.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property

from autograde.collecte.liste_de_classe.cles import Cles, peut_identifier
from autograde.collecte.liste_de_classe.identifiants import donner_des_identifiants
from autograde.collecte.liste_de_classe.liste import Changement, ListeDeClasse
from autograde.collecte.liste_de_classe.noms import colle, lettres, memes_noms
from autograde.collecte.liste_de_classe.repetitions import une_ligne_par_personne
from autograde.collecte.liste_de_classe.stagiaire import Stagiaire

# Est-ce la même personne sous un autre nom ? None si personne ne peut le dire.
Meme = Callable[[Stagiaire, Stagiaire], bool | None]
_ARTICLES = {"courriel": "le courriel", "numero": "le numéro", "identifiant": "le compte"}
_CITEES = 5


def reunir(
    avant: ListeDeClasse, lus: Iterable[Stagiaire], meme: Meme = lambda connu, lu: None
) -> ListeDeClasse:
    """La liste d'avant, complétée : qui y était garde son identifiant, les nouveaux en reçoivent un, personne n'en part.

    ``meme`` : ce que le formateur répond d'un nom qui change. Deux personnes de même nom restent deux.

    >>> listes = [Stagiaire(prenom="Ali", nom="Alami", numero="1")], [Stagiaire(prenom="Nour", nom="Amrani", numero="1")]
    >>> apres = reunir(reunir(ListeDeClasse(), listes[0]), listes[1])
    >>> [(un.identifiant, un.nom_complet) for un in apres.stagiaires]
    [('alami_ali', 'Ali Alami'), ('amrani_nour', 'Nour Amrani')]
    """
    return _Reunion(avant, list(lus), meme).liste()


# Ce qui distingue des homonymes, du plus sûr au moins sûr.
_MARQUES: tuple[Callable[[Stagiaire], object], ...] = (
    lambda un: (un.nom_complet, colle(un.groupe)),
    lambda un: colle(un.groupe) or un,
    lambda un: un.nom_complet,
    lambda un: "",
)


class _Reunion:
    def __init__(self, avant: ListeDeClasse, lus: list[Stagiaire], meme: Meme):
        self.meme = meme
        self.connus = list(avant.stagiaires)
        self.lus, self.remarques = une_ligne_par_personne(lus)
        self.changements: list[Changement] = []
        self.cles_connues, self.cles_lues = Cles(self.connus), Cles(self.lus)
        self.couples: dict[int, int] = {}  # rang dans la liste lue -> rang dans la liste d'avant

    def liste(self) -> ListeDeClasse:
        self._dire_les_cles_partagees()
        for connus, lus in self._par_nom:
            self._apparier(list(connus), list(lus))
        for rang in range(len(self.lus)):
            if rang not in self.couples:
                self._suivre_une_cle(rang)
        stagiaires = self._completees()
        self._dire_les_homonymes(stagiaires)
        return ListeDeClasse(tuple(stagiaires), tuple(self.remarques), tuple(self.changements))

    def _dire_les_cles_partagees(self) -> None:
        partagees = self.cles_lues.partagees()
        for (champ, forme), noms in list(partagees.items())[:_CITEES]:
            cites = ", ".join(noms[:_CITEES])
            self.remarques.append(
                f"{_ARTICLES[champ].capitalize()} {forme} est à plusieurs ({cites}) : il n'identifie personne."
            )
        if partagees and len(partagees) > _CITEES:
            self.remarques.append(f"Et {len(partagees) - _CITEES} autre(s) clé(s) partagée(s).")
        if any(lu.numero and not peut_identifier("numero", lu.numero) for lu in self.lus):
            self.remarques.append("Les numéros courts sont des rangs : ils n'identifient personne.")

    # --- Les mêmes noms ---

    @cached_property
    def _par_nom(self) -> list[tuple[list[int], list[int]]]:
        """Pour chaque nom porté des deux côtés : ses rangs dans la liste d'avant, et dans la liste lue."""
        groupes: dict[str, list[tuple[list[str], tuple[list[int], list[int]]]]] = {}
        for cote, personnes in enumerate((self.connus, self.lus)):
            for rang, personne in enumerate(personnes):
                memes = groupes.setdefault(lettres(personne.noms), [])
                rangs = next((un for noms, un in memes if memes_noms(personne.noms, noms)), None)
                if rangs is None:
                    rangs = ([], [])
                    memes.append((personne.noms, rangs))
                rangs[cote].append(rang)
        return [rangs for memes in groupes.values() for _, rangs in memes if all(rangs)]

    def _apparier(self, connus: list[int], lus: list[int]) -> None:
        """Des personnes de même nom, deux à deux : d'abord par leurs clés, puis par ce qui les distingue le mieux."""

        def retenir(connu: int, lu: int) -> None:
            self.couples[lu] = connu
            connus.remove(connu)
            lus.remove(lu)

        for lu in list(lus):
            memes = [connu for connu in connus if self._cles_communes(connu, lu)]
            if len(memes) == 1:
                retenir(memes[0], lu)
        sans_cle = list(connus), list(lus)
        for marque in _MARQUES:
            for lu in list(lus):
                memes = [
                    connu
                    for connu in connus
                    if marque(self.connus[connu]) == marque(self.lus[lu])
                    and not self._contraires(connu, lu)
                ]
                if memes:
                    self._signaler_un_choix(memes[0], lu, *sans_cle)
                    retenir(memes[0], lu)
        if len(connus) == len(lus) == 1:
            ancien, nouveau = self.connus[connus[0]], self.lus[lus[0]]
            reponse = self.meme(ancien, nouveau)
            if reponse:
                retenir(connus[0], lus[0])
            elif reponse is None:
                self._dire_deux_personnes(ancien, nouveau, "le nom, mais pas la clé ou le groupe,")

    def _signaler_un_choix(self, connu: int, lu: int, connus: list[int], lus: list[int]) -> None:
        """Plusieurs du même nom, que leurs clés devraient distinguer et que rien ne relie : lequel est lequel, nul ne le sait."""
        rivaux = [autre for autre in connus if autre != connu and not self._contraires(autre, lu)]
        rivaux += [autre for autre in lus if autre != lu and not self._contraires(connu, autre)]
        ancien, nouveau = self.connus[connu], self.lus[lu]
        if rivaux and nouveau.avec_ses_cles != nouveau.nom_complet:
            self.changements.append(
                Changement(
                    ancien.identifiant,
                    ancien.nom_complet,
                    nouveau.avec_ses_cles,
                    "plusieurs personnes portent ce nom, et rien ne dit laquelle était déjà là",
                )
            )

    def _dire_deux_personnes(self, connu: Stagiaire, lu: Stagiaire, commun: str) -> None:
        self.remarques.append(
            f"{lu.nom_complet} a {commun} de {connu.nom_complet} ({connu.identifiant}) : compté comme une autre personne. "
            f"Si c'est la même, recopiez la nouvelle ligne sur celle de « {connu.identifiant} » dans la liste gardée, et ôtez la nouvelle."
        )

    def _cles_communes(self, connu: int, lu: int) -> bool:
        ici, la = self.cles_connues.propres(connu), self.cles_lues.propres(lu)
        return bool(ici.items() & la.items())

    def _contraires(self, connu: int, lu: int) -> bool:
        """Vrai si leurs clés ou leurs groupes disent que ce sont deux personnes, sauf ce qui a changé pour toute la classe."""
        if self._cles_communes(connu, lu):
            return False
        ici, la = _distinctifs(self.cles_connues, connu), _distinctifs(self.cles_lues, lu)
        return any(
            ici[champ] != la[champ]
            for champ in ici.keys() & la.keys()
            if champ not in self._colonnes_refaites | self._colonnes_qui_glissent
        )

    @cached_property
    def _colonnes_refaites(self) -> set[str]:
        """Les champs dont la valeur a changé pour la plupart de ceux dont le nom, unique, n'a pas changé."""
        comptes: Counter[tuple[str, bool]] = Counter()
        for connu, lu in self._noms_uniques:
            ici, la = _distinctifs(self.cles_connues, connu), _distinctifs(self.cles_lues, lu)
            comptes.update((champ, ici[champ] == la[champ]) for champ in ici.keys() & la.keys())
        return {
            champ
            for champ, garde in comptes
            if not garde
            and comptes[champ, False] >= 2
            and comptes[champ, False] > max(comptes[champ, True], len(self.lus) // 2)
        }

    @cached_property
    def _colonnes_qui_glissent(self) -> set[str]:
        """Les champs où la clé de quelqu'un, toujours là sous son nom mais avec une autre, est maintenant à un autre."""
        return {
            cle[0]
            for connu, lu in self._noms_uniques
            for cle in self.cles_connues.de(connu)
            if (porteur := self.cles_lues.porteur(cle)) is not None and porteur != lu
        }

    @cached_property
    def _noms_uniques(self) -> list[tuple[int, int]]:
        """Les personnes seules à porter leur nom, dans la liste d'avant et dans la liste lue."""
        return [
            (connus[0], lus[0]) for connus, lus in self._par_nom if len(connus) == len(lus) == 1
        ]

    # --- Un nom qui change ---

    def _suivre_une_cle(self, rang: int) -> None:
        """Un nom nouveau qui porte la clé d'un nom disparu : la même personne s'ils sont proches, ou si le formateur le dit."""
        lu = self.lus[rang]
        anciens: dict[int, str] = {}
        for cle in self.cles_lues.de(rang):
            connu = self.cles_connues.porteur(cle)
            if connu is None or self.cles_lues.porteur(cle) is None:
                continue
            if cle[0] in self._colonnes_qui_glissent:
                self._dire_une_fois(
                    f"{_ARTICLES[cle[0]].capitalize()} d'une personne est passé à une autre : il n'identifie plus personne."
                )
            elif connu not in self.couples.values():
                anciens.setdefault(connu, cle[0])
        if not anciens:
            return
        (connu, champ), *autres = anciens.items()
        ancien, article = self.connus[connu], _ARTICLES[champ]
        sure = champ != "numero" or self._numeros_stables
        reponse = None if autres else self.meme(ancien, lu)
        if reponse or (reponse is None and not autres and ancien.pourrait_etre(lu, sure)):
            self.couples[rang] = connu
            self.changements.append(
                Changement(
                    ancien.identifiant,
                    ancien.nom_complet,
                    lu.nom_complet,
                    f"le nom a changé, pas {article}",
                )
            )
        elif reponse is None:
            self._dire_deux_personnes(ancien, lu, article)

    @cached_property
    def _numeros_stables(self) -> bool:
        """Quelqu'un a gardé son nom et son numéro, et plus souvent que non."""
        paires = [
            (ici["numero"], la["numero"])
            for connu, lu in self._noms_uniques
            if "numero" in (ici := self.cles_connues.propres(connu))
            and "numero" in (la := self.cles_lues.propres(lu))
        ]
        gardes = sum(avant == apres for avant, apres in paires)
        return 2 * gardes > len(paires)

    def _dire_une_fois(self, remarque: str) -> None:
        if remarque not in self.remarques:
            self.remarques.append(remarque)

    # --- Le résultat ---

    def _completees(self) -> list[Stagiaire]:
        presents = set(self.couples.values())
        stagiaires = [
            replace(connu, sorti="" if rang in presents else "oui")
            for rang, connu in enumerate(self.connus)
        ]
        for lu, connu in self.couples.items():
            stagiaires[connu] = _complete(stagiaires[connu], self.lus[lu])
        neufs = [rang for rang in range(len(self.lus)) if rang not in self.couples]
        comptes = ["identifiant" in self.cles_lues.propres(rang) for rang in neufs]
        pris = {un.identifiant.casefold() for un in self.connus}
        return stagiaires + donner_des_identifiants(
            [self.lus[rang] for rang in neufs], comptes, pris
        )

    def _dire_les_homonymes(self, stagiaires: list[Stagiaire]) -> None:
        noms: dict[str, list[Stagiaire]] = {}
        for un in stagiaires:
            noms.setdefault(lettres(un.noms), []).append(un)
        for memes in noms.values():
            if len(memes) > 1 and memes_noms(memes[0].noms, memes[1].noms):
                cites = " ; ".join(
                    ", ".join(filter(None, (un.groupe, un.identifiant))) for un in memes
                )
                self.remarques.append(
                    f"{len(memes)} stagiaires portent le nom de {memes[0].nom_complet} ({cites}) : leurs copies vous seront demandées."
                )


def _distinctifs(cles: Cles, rang: int) -> dict[str, str]:
    """Ses clés à lui seul et son groupe ; pas le compte, qui est souvent un identifiant que nous avons donné."""
    tous = cles.propres(rang) | {"groupe": colle(cles.personnes[rang].groupe)}
    return {champ: valeur for champ, valeur in tous.items() if valeur and champ != "identifiant"}


def _complete(connu: Stagiaire, lu: Stagiaire) -> Stagiaire:
    """La personne, avec ce que la nouvelle liste en dit. Un nom entier ne remplace pas le même, séparé du prénom."""
    nouveaux = lu.renseigne | {"identifiant": connu.identifiant}
    separe = connu.prenom and not lu.prenom and memes_noms(connu.noms, lu.noms)
    nommee = connu if separe or not lu.noms else lu
    return replace(connu, **nouveaux | {"prenom": nommee.prenom, "nom": nommee.nom})
