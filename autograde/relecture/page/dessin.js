// @ts-check
// Dessiner une réponse et sa notation. Ce qui vient d'une copie n'entre dans la page que comme texte (textContent), jamais comme HTML.

import { pluriel } from "./avancement.js";
import { creer } from "./dom.js";
import { aLeClavier, boutonsDesElements, page } from "./page.js";

/** @import { Attendu, Case, Credit, Groupe, Question } from "./serveur.js" */

/** @type {Record<Credit, { signe: string, mot: string, presse: string }>} */
export const CREDITS = {
  0: { signe: "0", mot: "absent", presse: "false" },
  0.5: { signe: "½", mot: "en partie", presse: "mixed" },
  1: { signe: "1", mot: "acquis", presse: "true" },
};

/** Ce que la machine n'a pas reconnu, et dont elle ne dit rien. */
const INCONNU = { signe: "?", mot: "à voir", presse: "false" };

/**
 * L'énoncé et le corrigé d'une question. L'énoncé est écrit par l'auteur du cours et converti, échappé, par le serveur.
 *
 * @param {Question} question
 */
export function dessinerLaQuestion(question) {
  page.texteDeLEnonce.innerHTML = question.enonce;
  const corrige = question.corrige;
  const type = corrige.cases.length
    ? tableau(corrige.cases)
    : creer("div", { class: "texte" }, corrige.texte.trim() || "Aucune réponse type.");
  page.texteDuCorrige.replaceChildren(type);
}

/**
 * Une réponse, pourquoi elle est à relire, ses éléments, sa note.
 *
 * @param {Groupe} groupe
 * @param {number} rang
 * @param {number} combien
 */
export function dessiner(groupe, rang, combien) {
  const identiques = groupe.copies > 1 ? ` · ${groupe.copies} copies identiques` : "";
  page.titre.textContent = `Réponse ${rang} sur ${combien}${identiques}`;
  page.titre.classList.toggle("relue", groupe.relue && !groupe.a_relire);
  page.titre.classList.toggle("sure", !groupe.relue && !groupe.a_relire);
  page.motifs.replaceChildren(...groupe.motifs.map((motif) => creer("li", {}, majuscule(motif))));
  page.messages.replaceChildren(...groupe.messages.map((message) => creer("li", {}, message)));
  page.reponse.replaceChildren(...laReponse(groupe));
  dessinerLaNotation(groupe);
}

/**
 * La notation seule : elle change à chaque touche, la réponse reste où elle est.
 *
 * @param {Groupe} groupe
 */
export function dessinerLaNotation(groupe) {
  const actif = boutonsDesElements().findIndex(aLeClavier);
  page.elements.replaceChildren(
    ...groupe.elements.map((element, rang) => creer("li", {}, bouton(element, rang + 1))),
  );
  boutonsDesElements()[actif]?.focus();
  page.elements.classList.toggle("serre", groupe.elements.length > 5);
  if (!aLeClavier(page.note)) page.note.value = groupe.points ?? "";
  page.note.placeholder = groupe.elements.length ? "?" : "";
  page.maximum.textContent = `/ ${groupe.maximum}`;
  page.calculee.textContent = dOuVientLaNote(groupe);
  page.commentaire.textContent = groupe.commentaire;
}

/** @param {Groupe} groupe */
function dOuVientLaNote({ points, calculee, a_relire, elements }) {
  if (points === null) return elements.length ? "rien de reconnu : Entrée vaut 0" : "à donner";
  if (points !== calculee)
    return calculee === null ? "mise à la main" : `mise à la main ; calculée : ${calculee}`;
  return a_relire ? "à valider" : "";
}

/**
 * @param {Attendu} element
 * @param {number} rang
 */
function bouton(element, rang) {
  const { signe, mot, presse } = element.credit === null ? INCONNU : CREDITS[element.credit];
  const cite = element.passage ? [creer("q", {}, element.passage)] : [];
  const motif = element.motif ? [creer("em", {}, element.motif)] : [];
  return creer(
    "button",
    {
      type: "button",
      class: "element",
      "data-rang": rang,
      "data-credit": element.credit ?? "inconnu",
      "aria-pressed": presse,
    },
    creer("span", { class: `rang couleur${rang % 6}`, "aria-hidden": "true" }, String(rang)),
    creer("span", { class: "libelle" }, element.libelle, ...cite, ...motif),
    creer("span", { class: "credit" }, creer("b", {}, signe), creer("small", {}, mot)),
  );
}

/** @param {Groupe} groupe */
function laReponse(groupe) {
  const ecrit = groupe.reponse.map(({ texte, rangs }) =>
    rangs.length
      ? creer("mark", { class: `couleur${rangs[0] % 6}`, "data-rangs": rangs.join(" ") }, texte)
      : texte,
  );
  const vide = groupe.reponse.every(({ texte }) => !texte.trim());
  const texte = creer(
    "div",
    { class: vide ? "texte vide" : "texte" },
    ...(vide ? ["Aucune réponse dans la cellule prévue."] : ecrit),
  );
  const reponse =
    groupe.cases.length > 1
      ? [
          tableau(groupe.cases),
          creer("details", {}, creer("summary", {}, "Ce qui est écrit"), texte),
        ]
      : [texte];
  return [...reponse, ...ecritACote(groupe.a_cote)];
}

/** @param {string[]} textes */
function ecritACote(textes) {
  if (!textes.length) return [];
  return [
    creer("h3", {}, "Écrit ailleurs dans la copie"),
    ...textes.map((texte) => creer("div", { class: "texte a-cote" }, texte)),
  ];
}

/**
 * Des cases rangées en tableau si elles ont des colonnes, sinon l'une sous l'autre.
 *
 * @param {Case[]} cases
 */
function tableau(cases) {
  const colonnes = [...new Set(cases.map((uneCase) => uneCase.colonne))];
  const lignes = [...new Set(cases.map((uneCase) => uneCase.ligne))];
  const titres = colonnes.some(Boolean)
    ? [creer("tr", {}, creer("td"), ...colonnes.map((nom) => creer("th", { scope: "col" }, nom)))]
    : [];
  const rangees = lignes.map((ligne) => {
    const siennes = colonnes.map((colonne) =>
      cases.find((uneCase) => uneCase.ligne === ligne && uneCase.colonne === colonne),
    );
    return creer("tr", {}, creer("th", { scope: "row" }, ligne), ...siennes.map(uneCelle));
  });
  return creer("table", {}, ...titres, ...rangees);
}

/** @param {Case | undefined} uneCase */
function uneCelle(uneCase) {
  if (!uneCase) return creer("td");
  const statut = uneCase.statut
    ? [" ", creer("small", { "data-statut": uneCase.statut }, uneCase.statut)]
    : [];
  return creer("td", {}, uneCase.ecrit || "–", ...statut);
}

/**
 * L'avancement de la question.
 *
 * @param {Groupe[]} groupes
 */
export function dessinerLAvancement(groupes) {
  const restent = groupes.filter((groupe) => groupe.a_relire);
  const copies = restent.reduce((somme, groupe) => somme + groupe.copies, 0);
  const identiques = restent.filter((groupe) => groupe.copies > 1).length;
  const groupees = identiques
    ? ` · ${identiques > 1 ? `${identiques} groupes` : "1 groupe"} de réponses identiques`
    : "";
  page.bilan.textContent = copies
    ? `${pluriel(copies, "copie")} à relire${groupees}`
    : "Cette question n'attend plus rien";
  page.barre.max = groupes.length || 1;
  page.barre.value = groupes.length ? groupes.length - restent.length : 1;
}

/**
 * Quand il n'y a rien à montrer : une phrase à la place de la réponse.
 *
 * @param {string} titre
 * @param {string} suite
 */
export function dessinerLaFin(titre, suite) {
  for (const liste of [page.motifs, page.messages, page.elements]) liste.replaceChildren();
  page.titre.textContent = titre;
  page.reponse.replaceChildren(creer("p", {}, suite));
}

/** @param {string} texte */
export const majuscule = (texte) => texte.charAt(0).toUpperCase() + texte.slice(1);
