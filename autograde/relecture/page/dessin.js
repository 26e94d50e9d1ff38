// Dessiner une réponse et sa notation. Ce qui vient d'une copie n'entre dans la page que comme texte (textContent), jamais comme HTML.

import { creer, ici } from "./dom.js";

export const CREDITS = {
  0: { signe: "0", mot: "absent", presse: "false" },
  0.5: { signe: "½", mot: "en partie", presse: "mixed" },
  1: { signe: "1", mot: "acquis", presse: "true" },
};

const pluriel = (nombre, mot) => `${nombre} ${mot}${nombre > 1 ? "s" : ""}`;

/** L'énoncé et le corrigé d'une question. L'énoncé est écrit par l'auteur du cours et converti, échappé, par le serveur. */
export function dessinerLaQuestion(question) {
  ici("enonce").querySelector(".rappel").innerHTML = question.enonce;
  const corrige = question.corrige;
  const type = corrige.cases.length
    ? tableau(corrige.cases)
    : creer("div", { class: "texte" }, corrige.texte.trim() || "Aucune réponse type.");
  ici("corrige").querySelector(".rappel").replaceChildren(type);
}

/** Une réponse, pourquoi elle est à relire, ses éléments, sa note. */
export function dessiner(groupe, rang, combien) {
  const identiques = groupe.copies > 1 ? ` · ${groupe.copies} copies identiques` : "";
  ici("titre").textContent = `Réponse ${rang} sur ${combien}${identiques}`;
  ici("titre").classList.toggle("relue", !groupe.a_relire);
  ici("motifs").replaceChildren(...groupe.motifs.map((motif) => creer("li", {}, majuscule(motif))));
  ici("messages").replaceChildren(...groupe.messages.map((message) => creer("li", {}, message)));
  ici("reponse").replaceChildren(...laReponse(groupe));
  dessinerLaNotation(groupe);
}

/** La notation seule : elle change à chaque touche, la réponse reste où elle est. */
export function dessinerLaNotation(groupe) {
  const actif = document.activeElement?.dataset?.rang;
  ici("elements").replaceChildren(
    ...groupe.elements.map((element, rang) => creer("li", {}, bouton(element, rang + 1))),
  );
  if (actif) ici("elements").querySelector(`[data-rang="${actif}"]`)?.focus();
  ici("elements").classList.toggle("serre", groupe.elements.length > 6);
  if (document.activeElement !== ici("note")) ici("note").value = groupe.points ?? "";
  ici("maximum").textContent = `/ ${groupe.maximum}`;
  ici("calculee").textContent = dOuVientLaNote(groupe);
  ici("commentaire").textContent = groupe.commentaire;
}

function dOuVientLaNote({ points, calculee, a_relire }) {
  if (points === null) return "à donner";
  if (points !== calculee)
    return calculee === null ? "mise à la main" : `mise à la main ; calculée : ${calculee}`;
  return a_relire ? "à valider" : "";
}

function bouton(element, rang) {
  const { signe, mot, presse } = CREDITS[element.credit];
  const cite = element.passage ? [creer("q", {}, element.passage)] : [];
  const motif = element.motif ? [creer("em", {}, element.motif)] : [];
  return creer(
    "button",
    {
      type: "button",
      class: "element",
      "data-rang": rang,
      "data-credit": element.credit,
      "aria-pressed": presse,
    },
    creer("span", { class: `rang couleur${rang % 6}`, "aria-hidden": "true" }, String(rang)),
    creer("span", { class: "libelle" }, element.libelle, ...cite, ...motif),
    creer("span", { class: "credit" }, creer("b", {}, signe), creer("small", {}, mot)),
  );
}

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
    ...(vide ? ["Aucune réponse dans la copie."] : ecrit),
  );
  return groupe.cases.length > 1
    ? [tableau(groupe.cases), creer("details", {}, creer("summary", {}, "Ce qui est écrit"), texte)]
    : [texte];
}

/** Des cases rangées en tableau si elles ont des colonnes, sinon l'une sous l'autre. */
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

function uneCelle(uneCase) {
  if (!uneCase) return creer("td");
  const statut = uneCase.statut
    ? [" ", creer("small", { "data-statut": uneCase.statut }, uneCase.statut)]
    : [];
  return creer("td", {}, uneCase.ecrit || "–", ...statut);
}

/** L'avancement de la question. */
export function dessinerLAvancement(groupes) {
  const restent = groupes.filter((groupe) => groupe.a_relire);
  const copies = restent.reduce((somme, groupe) => somme + groupe.copies, 0);
  const identiques = restent.filter((groupe) => groupe.copies > 1).length;
  const groupees = identiques
    ? ` · ${identiques > 1 ? `${identiques} groupes` : "1 groupe"} de réponses identiques`
    : "";
  ici("bilan").textContent = copies
    ? `${pluriel(copies, "copie")} à relire${groupees}`
    : "Tout est relu à cette question";
  ici("barre").max = groupes.length || 1;
  ici("barre").value = groupes.length ? groupes.length - restent.length : 1;
}

/** Quand il n'y a rien à montrer : une phrase à la place de la réponse. */
export function dessinerLaFin(titre, suite) {
  for (const identifiant of ["motifs", "messages", "elements"]) ici(identifiant).replaceChildren();
  ici("titre").textContent = titre;
  ici("reponse").replaceChildren(creer("p", {}, suite));
}

const majuscule = (texte) => texte.charAt(0).toUpperCase() + texte.slice(1);
