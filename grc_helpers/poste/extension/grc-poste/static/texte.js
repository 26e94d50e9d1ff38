// @ts-check
/* Comparer des textes comme le lecteur (grc_helpers/reponses/nombres.py). Rien ici ne touche à la page. */

/**
 * Minuscules, sans accents, espaces simples : la même comparaison que « sans_accents » du lecteur.
 *
 * @param {string} texte
 */
export function sansAccents(texte) {
  const simple = texte.toLowerCase().replace(/’/g, "'").replace(/−/g, "-");
  return simple.normalize("NFKD").replace(/\p{M}/gu, "").trim().replace(/\s+/g, " ");
}
