"""Les noyaux d'un serveur (JupyterLab ou Voilà) : dédoublés de la souche quand c'est possible, ordinaires sinon."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from importlib.metadata import EntryPoint

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

from grc_helpers.dedoublement.souche import PRETE

NOM = "grc-dedoublement"
# Ailleurs, ``fork`` manque (Windows) ou ne supporte pas ce que les bibliothèques ont déjà ouvert (macOS).
POSSIBLE = sys.platform == "linux"
PATIENCE = 5  # secondes laissées à la souche pour se dédoubler


class Dedouble:
    """Un noyau dédoublé, tel que Jupyter attend un processus. Le lien se ferme avec lui : son numéro peut resservir, pas le lien."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, lien: socket.socket):
        self.pid = pid
        self._lien = lien
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            try:
                fini = self._lien.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
            except BlockingIOError:
                return None
            except OSError:
                fini = True
            if fini:
                self.returncode = 0
                self._lien.close()
        return self.returncode

    def wait(self) -> int:
        """Attend la fin du noyau."""
        while self.poll() is None:
            self._lien.setblocking(True)
            self._lien.recv(1, socket.MSG_PEEK)
        return 0

    def send_signal(self, numero: int) -> None:
        if self.poll() is not None:
            raise ProcessLookupError(f"Le noyau {self.pid} est déjà éteint.")
        os.kill(self.pid, numero)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class Souche:
    """Le processus que les noyaux dédoublent ; un par serveur."""

    def __init__(self) -> None:
        self._processus: subprocess.Popen | None = None
        self._prise: socket.socket | None = None
        self._prete = False

    def demarrer(self) -> None:
        """Lance la souche sans l'attendre : elle met le temps d'un noyau ordinaire à être prête. Elle s'arrête avec nous."""
        notre, sienne = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with sienne:
            self._processus = subprocess.Popen(
                [sys.executable, "-m", "grc_helpers.dedoublement.souche", str(sienne.fileno())],
                pass_fds=[sienne.fileno()],
                stdin=subprocess.DEVNULL,
                # Un fil d'exécution de plus ne passerait pas le dédoublement.
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
                start_new_session=True,  # Ctrl + C s'adresse au serveur
            )
        self._prise, self._prete = notre, False

    async def dedoubler(
        self, arguments: list[str], dossier: str, environnement: dict[str, str]
    ) -> Dedouble | None:
        """Un noyau neuf ; None si la souche n'est pas encore prête, ou ne l'est plus : une autre prend alors sa place."""
        if self._prise is None or not self._est_prete(self._prise):
            return None
        lien, sien = socket.socketpair()
        demande = {"arguments": arguments, "dossier": dossier, "environnement": environnement}
        try:
            with sien:
                socket.send_fds(self._prise, [json.dumps(demande).encode()], [sien.fileno()])
            lien.setblocking(False)
            recu = asyncio.get_running_loop().sock_recv(lien, 32)
            return Dedouble(int(await asyncio.wait_for(recu, PATIENCE)), lien)
        except (OSError, ValueError, TimeoutError):
            lien.close()  # s'il naît trop tard, ce noyau le verra et s'éteindra
            self._remplacer()
            return None

    def _remplacer(self) -> None:
        """Seulement une souche qui a déjà servi : une autre, qui n'a jamais été prête, ne le serait pas davantage."""
        if self._prise:
            self._prise.close()
        if self._processus:
            self._processus.kill()
            self._processus.wait()
        self.demarrer()

    def _est_prete(self, prise: socket.socket) -> bool:
        if not self._prete:
            try:
                self._prete = prise.recv(len(PRETE), socket.MSG_DONTWAIT) == PRETE
            except OSError:
                return False
        return self._prete


SOUCHE = Souche()


class Dedoublement(LocalProvisioner):
    """Lance un noyau : un dédoublement s'il s'agit du Python de ce serveur, un processus ordinaire sinon, ou si la souche ne peut pas."""

    async def launch_kernel(self, cmd: list[str], **kwargs):
        arguments = _arguments_du_noyau(cmd)
        dedouble = None
        if arguments is not None:
            dedouble = await SOUCHE.dedoubler(
                arguments, str(kwargs.get("cwd") or os.getcwd()), kwargs.get("env") or {}
            )
        if dedouble is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = dedouble  # type: ignore[assignment]  # de quoi suivre un processus, et rien de plus
        self.pid = self.pgid = dedouble.pid
        return self.connection_info


def _arguments_du_noyau(commande: list[str]) -> list[str] | None:
    """Ce que la commande donne au noyau ; None si ce n'est pas un noyau Python de cet environnement.

    >>> _arguments_du_noyau([sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "noyau.json"])
    ['-f', 'noyau.json']
    >>> _arguments_du_noyau(["R", "--slave"])
    """
    if commande[0] != sys.executable or "ipykernel_launcher" not in commande:
        return None
    return commande[commande.index("ipykernel_launcher") + 1 :]


def dedoubler_les_noyaux(serveur) -> None:
    """Les noyaux que lancera ce serveur seront dédoublés, si le système le permet."""
    if not POSSIBLE:
        return
    fabrique = KernelProvisionerFactory.instance(parent=serveur)
    entree = EntryPoint(NOM, f"{__name__}:Dedoublement", KernelProvisionerFactory.GROUP_NAME)
    fabrique.provisioners[NOM] = entree
    fabrique.default_provisioner_name = NOM
    SOUCHE.demarrer()
