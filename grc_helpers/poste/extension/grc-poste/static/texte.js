// @ts-check
/* Comparer des textes comme le lecteur (grc_helpers/francais/forme.py). Rien ici ne touche à la page. */

// Ce qui ne se voit pas à l'écran : la même liste que le lecteur.
const INVISIBLES =
  /[\0-\x08\x0e-\x1b\x1f\x7f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/**
 * Minuscules, sans accents, espaces simples : la même comparaison que « sans_accents » du lecteur.
 *
 * @param {string} texte
 */
export function sansAccents(texte) {
  const simple = texte
    .replace(INVISIBLES, "")
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/[−\u2010\u2011]/g, "-");
  return simple
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .trim()
    .replace(/[\s\x85]+/g, " ");
}
