/* Une panne de confort ne doit jamais gêner la saisie : elle ne laisse qu'une ligne dans la console. */

export function noter(quoi, erreur) {
  console.debug(`grc-poste : ${quoi}`, erreur);
}

/** La même action, qui ne lève plus d'erreur. */
export function sansBruit(action) {
  return (...recus) => {
    try {
      return action(...recus);
    } catch (erreur) {
      noter("sans effet", erreur);
    }
  };
}
