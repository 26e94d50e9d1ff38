"""Jouer un dialogue : où l'on en est, ce que montrent les jauges, et la reprise de ce qui a été choisi."""

from dataclasses import dataclass, field

from grc_helpers.dialogues.scenario import JAUGES, Choix, Dialogue, Scene


@dataclass(frozen=True)
class Etat:
    """Les jauges : le calme et la confiance du client (de 0 à 100), ce que la maison a dépensé (dans la monnaie du dialogue)."""

    calme: float
    confiance: float
    cout: float = 0

    def apres(self, choix: Choix) -> "Etat":
        """Les jauges une fois cette réponse donnée ; elles ne sortent jamais de leur échelle.

        >>> Etat(95, 3).apres(Choix("…", "…", "…", "…", calme=10, confiance=-5, cout=20))
        Etat(calme=100, confiance=0, cout=20)
        """
        calme, confiance = (
            min(100, max(0, getattr(self, jauge) + getattr(choix, jauge))) for jauge in JAUGES
        )
        return Etat(calme, confiance, self.cout + choix.cout)


@dataclass
class Partie:
    """Une partie en cours.

    >>> from grc_helpers.dialogues.scenario import charger
    >>> partie = Partie(charger("directeur_furieux"))
    >>> partie.repondre(0)
    >>> len(partie.faits), partie.finie
    (1, False)
    >>> partie.revenir()
    >>> partie.scene == partie.dialogue.scenes[partie.dialogue.depart]
    True
    """

    dialogue: Dialogue
    faits: list[tuple[Scene, Choix]] = field(default_factory=list)

    @property
    def scene(self) -> Scene:
        """La scène où l'on est."""
        nom = self.faits[-1][1].suite if self.faits else self.dialogue.depart
        return self.dialogue.scenes[nom]

    @property
    def etats(self) -> list[Etat]:
        """Les jauges au départ, puis après chaque réponse."""
        suite = [Etat(self.dialogue.calme, self.dialogue.confiance)]
        for _, choix in self.faits:
            suite.append(suite[-1].apres(choix))
        return suite

    @property
    def finie(self) -> bool:
        return not self.scene.choix

    def repondre(self, rang: int) -> None:
        """Choisit une réponse (rang à partir de 0). Lève ``IndexError`` si la scène n'en a pas tant."""
        scene = self.scene
        self.faits.append((scene, scene.choix[rang]))

    def revenir(self) -> None:
        """Reprend la dernière réponse ; sans effet au départ."""
        self.faits = self.faits[:-1]

    def rejouer(self) -> None:
        self.faits = []
