"""Le déroulement d'un exercice : deux essais, une explication à chaque pas, jamais de note."""

from dataclasses import dataclass

from grc_helpers.entrainement.exercices import Exercice, NombreATirer, Point

ESSAIS = 2
# Ce que donne un exercice fini : réussi du premier coup, au second, ou à reprendre.
PREMIER, SECOND, PAS_ENCORE = "premier", "second", "pas encore"


@dataclass(frozen=True)
class Retour:
    """Ce qu'on montre après « Vérifier » : une phrase, des remarques (Markdown), puis le corrigé quand c'est fini. ``issue`` : ce que
    l'exercice a donné, une fois fini."""

    phrase: str
    juste: bool = False
    issue: str = ""
    remarques: tuple[str, ...] = ()
    corrige: tuple[Point, ...] = ()


class Deroulement:
    """Un exercice en cours. ``graine`` choisit les chiffres et le mélange : même graine, même exercice.

    >>> from grc_helpers.entrainement.exercices import Choix, Option
    >>> options = (Option("Oui", True, "En effet."), Option("Non", False, "Relisez le cas."))
    >>> partie = Deroulement(Choix("essai", "Essai", "Alors ?", ("a", "b", "c"), options, multiple=False))
    >>> partie.repondre([1]).phrase, partie.fini
    ('Pas encore. Il vous reste un essai : lisez ce qui suit, changez votre réponse, puis vérifiez.', False)
    >>> partie.repondre([0]).phrase, partie.fini
    ("C'est juste, bien repris. L'essentiel est de comprendre pourquoi.", True)
    """

    def __init__(self, modele: Exercice, graine: int = 1):
        self.modele = modele
        self._commencer(graine)

    def _commencer(self, graine: int) -> None:
        self.graine, self.essais, self.fini = graine, 0, False
        self.exercice = self.modele.tirer(graine)

    def recommencer(self) -> None:
        """Les mêmes chiffres, deux essais neufs."""
        self._commencer(self.graine)

    def autres_chiffres(self) -> None:
        """D'autres chiffres, deux essais neufs. Sans effet si l'exercice n'a rien à tirer au sort."""
        if isinstance(self.modele, NombreATirer):
            self._commencer(self.modele.graine_suivante(self.graine))

    def repondre(self, reponse) -> Retour:
        """Juge une réponse. Une réponse incomplète ou illisible ne compte pas comme un essai."""
        bilan = self.exercice.juger(reponse)
        if bilan.a_completer:
            return Retour(bilan.a_completer)
        self.essais += 1
        self.fini = bilan.juste or self.essais == ESSAIS
        if not self.fini:
            phrase = "Pas encore. Il vous reste un essai : lisez ce qui suit, changez votre réponse, puis vérifiez."
            return Retour(
                phrase, remarques=(*bilan.remarques, f"**Indice.** {self.exercice.indices[0]}")
            )
        if bilan.juste:
            phrase = (
                "C'est juste. Voici pourquoi."
                if self.essais == 1
                else "C'est juste, bien repris. L'essentiel est de comprendre pourquoi."
            )
        else:
            phrase = "Ce n'était pas facile. Voici la réponse et les explications ; vous pouvez recommencer autant que vous voulez."
        issue = (PREMIER if self.essais == 1 else SECOND) if bilan.juste else PAS_ENCORE
        return Retour(phrase, bilan.juste, issue, (), tuple(self.exercice.corrige(reponse)))
