// Parler au serveur : le jeton de l'adresse dans un en-tête, et les gestes envoyés un par un, dans l'ordre, jusqu'à ce qu'ils soient enregistrés.

const CLE = "grc-jeton";
if (location.hash.length > 1) {
  sessionStorage.setItem(CLE, location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}

const ATTENTE = 2000; // millisecondes avant de réessayer un geste que le serveur n'a pas pu prendre
const REFUS = [400, 401, 403, 404, 409, 422]; // réessayer n'y changerait rien

/** Demande au serveur ; lève une erreur dont le message est à montrer, `refus` si réessayer ne sert à rien. */
export async function demander(chemin, envoi) {
  const options = { headers: { "X-Jeton": sessionStorage.getItem(CLE) ?? "" } };
  if (envoi) Object.assign(options, { method: "POST", body: JSON.stringify(envoi) });
  let reponse;
  try {
    reponse = await fetch("/api/" + chemin, options);
  } catch {
    throw new Error(
      "La page ne joint plus « grc relire ». Relancez-le s'il est arrêté ; sinon, nouvel essai dans un instant.",
    );
  }
  const recu = await reponse.json();
  if (!reponse.ok)
    throw Object.assign(new Error(recu.message), { refus: REFUS.includes(reponse.status) });
  return recu;
}

const file = [];
let occupee = false;

/** Combien de gestes ne sont pas encore enregistrés. */
export const enAttente = () => file.length;

/**
 * Met un geste dans la file. `suivi(sorte, message)` dit où il en est ; `fait(recu, encore)` reçoit ce qui est enregistré, et
 * `encore` dit si un autre geste sur le même chemin attend ; `refuse()` est appelé si le serveur n'en veut pas.
 */
export function envoyer(geste) {
  file.push(geste);
  if (!occupee) vider();
}

async function vider() {
  occupee = true;
  while (file.length) {
    const geste = file[0];
    geste.suivi("attente", "Enregistrement…");
    try {
      const recu = await demander(geste.chemin, geste.envoi);
      file.shift();
      geste.fait(
        recu,
        file.some((autre) => autre.groupe === geste.groupe),
      );
      if (!file.length) geste.suivi("ok", geste.dit?.(recu) ?? "Enregistré");
    } catch (erreur) {
      if (erreur.refus) {
        file.shift();
        geste.refuse();
        geste.suivi("erreur", erreur.message);
      } else {
        geste.suivi("erreur", "Pas encore enregistré. " + erreur.message);
        await new Promise((suite) => setTimeout(suite, ATTENTE));
      }
    }
  }
  occupee = false;
}

// Fermer la page pendant qu'un geste attend le perdrait : le navigateur demande confirmation.
addEventListener("beforeunload", (evenement) => {
  if (file.length) evenement.preventDefault();
});
