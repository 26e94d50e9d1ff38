// @ts-check
/* Une panne de confort ne doit jamais gêner la saisie : elle ne laisse qu'une ligne dans la console. */

/**
 * @param {string} quoi
 * @param {unknown} erreur
 */
export function noter(quoi, erreur) {
  console.debug(`grc-poste : ${quoi}`, erreur);
}

/**
 * La même action, qui ne lève plus d'erreur.
 *
 * @template {unknown[]} R
 * @param {(...recus: R) => unknown} action
 * @returns {(...recus: R) => void}
 */
export function sansBruit(action) {
  return (...recus) => {
    try {
      action(...recus);
    } catch (erreur) {
      noter("sans effet", erreur);
    }
  };
}
