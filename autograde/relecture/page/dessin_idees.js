// @ts-check
// Dessiner la vue par idées. Ce qui vient d'une copie n'entre dans la page que comme texte, jamais comme HTML.

import { pluriel, toutEstFait } from "./avancement.js";
import { CREDITS, majuscule } from "./dessin.js";
import { creer } from "./dom.js";
import { page } from "./page.js";

/** @import { Attente, Ligne } from "./idees.js" */
/** @import { GroupeDIdee, Idee, Proposition, QuestionParIdees } from "./serveur.js" */

/** Une lettre par ligne, pour y aller d'une touche ; celles qui font un geste n'en sont pas. */
export const LETTRES = "abcfghijklnopqstuwxyz";
/** @type {Record<Idee["genre"], string>} */
const SIGNES = { element: "", fausse: "✗", reste: "…" };
const ACCEPTER = {
  element: "Accepter ce qui est proposé",
  fausse: "Accepter ce qui est proposé",
  reste: "Écarter ce qui reste",
};
const TITRES = { element: "", fausse: "Idée fausse : ", reste: "" };
/** @type {Record<Idee["genre"], [string, string][]>} */
const CONSIGNES = {
  element: [
    ["1", "acquis"],
    ["M", "à moitié"],
    ["0", "non"],
    ["Espace", "ouvrir le groupe"],
    ["D", "puis un chiffre : donner aussi à cet élément"],
  ],
  fausse: [
    ["1", "c'est bien une idée fausse"],
    ["0", "ce n'en est pas une"],
    ["Espace", "ouvrir le groupe"],
  ],
  reste: [
    ["1…9", "donner à cet élément"],
    ["M", "avant : à moitié"],
    ["D", "avant : un numéro à deux chiffres"],
    ["0", "écarter"],
    ["Espace", "voir la réponse"],
  ],
};
/**
 * Les idées de la question, et ce qui attend à chacune.
 *
 * @param {QuestionParIdees} question
 * @param {number} ouverte
 * @param {(rang: number) => void} choisir
 */
export function dessinerLesIdees(question, ouverte, choisir) {
  page.titre.textContent = "Les idées de la question";
  page.titre.className = "";
  const lignes = question.idees.map((idee, rang) => {
    const attendent = idee.groupes.filter((groupe) => groupe.attend).length;
    const compte = attendent ? String(attendent) : idee.groupes.length ? "✔" : "–";
    const dit = attendent ? `${pluriel(attendent, "groupe")} à voir` : "rien n'attend";
    const bouton = creer(
      "button",
      { type: "button", class: "idee", "data-attend": String(attendent > 0) },
      creer(
        "span",
        { class: `rang ${idee.rang ? `couleur${idee.rang % 6}` : ""}`, "aria-hidden": "true" },
        idee.rang ? String(idee.rang) : SIGNES[idee.genre],
      ),
      creer("span", { class: "libelle" }, TITRES[idee.genre] + idee.libelle),
      creer("span", { class: "compte", title: dit }, compte),
    );
    if (rang === ouverte) bouton.setAttribute("aria-current", "true");
    bouton.addEventListener("click", () => {
      bouton.blur();
      choisir(rang);
    });
    return creer("li", {}, bouton);
  });
  page.idees.replaceChildren(...lignes);
  lignes.at(ouverte)?.scrollIntoView({ block: "nearest" });
  const { a_relire: restent } = question;
  page.bilan.textContent = restent
    ? `${pluriel(restent, "réponse")} à relire`
    : "Cette question n'attend plus rien";
  const faits = question.idees.flatMap((idee) => idee.groupes).filter((groupe) => !groupe.attend);
  page.barre.max = question.idees.reduce((somme, idee) => somme + idee.groupes.length, 0) || 1;
  page.barre.value = page.barre.max === 1 && !restent ? 1 : faits.length;
}

/**
 * Les groupes d'une idée ; celui qui est choisi est encadré.
 *
 * @param {QuestionParIdees} question
 * @param {Idee} idee
 * @param {Ligne[]} lignes
 * @param {{ rang: number, ouvert: string, attente: Attente }} etat
 * @param {(rang: number, touche?: string) => void} choisir
 */
export function dessinerUneIdee(question, idee, lignes, { rang, ouvert, attente }, choisir) {
  const numero = idee.rang ? `${idee.rang}. ` : "";
  page.nomDAccepter.textContent = ACCEPTER[idee.genre];
  page.idee.textContent = numero + TITRES[idee.genre] + idee.libelle;
  page.consigne.classList.toggle("question", attente.donner || attente.moitie);
  page.consigne.replaceChildren(...laConsigne(idee, attente));
  const elements = question.idees.filter(({ genre }) => genre === "element").length;
  const dessinees = lignes.map((ligne, place) => {
    const touches = lesTouches(idee, elements).map((touche) => {
      const bouton = creer(
        "button",
        { type: "button", class: "touche", "aria-label": leNomDeLaTouche(idee, touche) },
        touche === "M" ? "½" : touche,
      );
      bouton.addEventListener("click", () => choisir(place, touche));
      return bouton;
    });
    const contenu = ligne.proposition
      ? uneCopie(question, ligne.proposition)
      : unGroupe(idee, ligne.groupe, ligne.groupe.id === ouvert);
    const element = creer(
      "li",
      { class: ligne.proposition ? "ligne copie" : "ligne groupe" },
      creer("kbd", { class: "lettre" }, (LETTRES[place] ?? "").toUpperCase()),
      ...contenu,
      creer("span", { class: "touches" }, ...touches),
    );
    element.dataset.attend = String(ligne.groupe.attend);
    if (place === rang) element.setAttribute("aria-current", "true");
    element.addEventListener("click", ({ target }) => {
      if (target instanceof Element && !target.closest("button")) choisir(place);
    });
    return element;
  });
  page.groupes.replaceChildren(
    ...(dessinees.length
      ? dessinees
      : [
          creer(
            "li",
            { class: "discret" },
            "Aucune proposition de la classe n'a été reconnue ici.",
          ),
        ]),
  );
  dessinees.at(rang)?.scrollIntoView({ block: "nearest" });
}

/**
 * @param {Idee} idee
 * @param {Attente} attente
 */
function laConsigne(idee, attente) {
  if (attente.donner || attente.moitie) {
    const moitie = attente.moitie ? "À moitié, pour quel élément ?" : "Pour quel élément ?";
    const tape = attente.nombre ? ` ${attente.nombre}… (Entrée)` : " Tapez son numéro";
    const avant = attente.moitie ? "" : ", M avant pour la moitié";
    return [`${moitie}${tape}${avant} (Échap : renoncer).`];
  }
  return CONSIGNES[idee.genre].map(([touche, dit]) =>
    creer("span", {}, creer("kbd", {}, touche), ` ${dit}`),
  );
}

/**
 * @param {Idee} idee
 * @param {number} elements
 */
function lesTouches(idee, elements) {
  if (idee.genre === "element") return ["1", "M", "0"];
  if (idee.genre === "fausse") return ["1", "0"];
  return [...Array(elements).keys()].map((rang) => String(rang + 1)).concat("0");
}

/**
 * @param {Idee} idee
 * @param {string} touche
 */
function leNomDeLaTouche(idee, touche) {
  if (idee.genre === "reste") return touche === "0" ? "Écarter" : `Donner à l'élément ${touche}`;
  if (idee.genre === "fausse") return touche === "1" ? "Idée fausse" : "Pas une idée fausse";
  return majuscule({ 1: "acquis", M: "à moitié", 0: "non" }[touche] ?? touche);
}

/**
 * @param {Idee} idee
 * @param {GroupeDIdee} groupe
 * @param {boolean} ouvert
 */
function unGroupe(idee, groupe, ouvert) {
  const extraits = groupe.extraits.map((texte) => creer("q", {}, texte));
  const motif = groupe.motif ? [creer("em", {}, groupe.motif)] : [];
  return [
    leCredit(idee, groupe),
    creer("span", { class: "extraits" }, ...extraits, ...motif),
    creer(
      "span",
      { class: "copies" },
      `${pluriel(groupe.copies, "copie")}${groupe.passages.length > 1 ? (ouvert ? " ▾" : " ▸") : ""}`,
    ),
  ];
}

/**
 * @param {Idee} idee
 * @param {GroupeDIdee} groupe
 */
function leCredit(idee, { propose, decide }) {
  const credit = decide ?? propose;
  const { signe, mot } = credit === null ? { signe: "?", mot: "à voir" } : CREDITS[credit];
  const dits = { fausse: credit ? "fausse" : "non", reste: "écarté", element: mot };
  const dit = credit === null ? mot : dits[idee.genre];
  return creer(
    "span",
    { class: decide === null ? "credit propose" : "credit", "data-valeur": String(credit) },
    creer("b", {}, signe),
    creer("small", {}, decide === null && credit !== null ? `${dit} ?` : dit),
  );
}

/**
 * Une copie d'un groupe ouvert : sa réponse entière, la proposition surlignée.
 *
 * @param {QuestionParIdees} question
 * @param {Proposition} proposition
 */
function uneCopie(question, { reponse, copies, debut, fin }) {
  const texte = question.reponses[reponse];
  const identiques = copies > 1 ? ` (${copies} copies identiques)` : "";
  return [
    creer(
      "span",
      { class: "texte" },
      texte.slice(0, debut).trimStart(),
      creer("mark", {}, texte.slice(debut, fin)),
      texte.slice(fin).trimEnd() + identiques,
    ),
  ];
}

/**
 * Plus aucune proposition n'attend.
 *
 * @param {QuestionParIdees} question
 */
export function laFinDesIdees({ une_a_une: restent }) {
  const suite = toutEstFait()
    ? "Tout est enregistré dans le carnet. Arrêtez « grc relire » par Ctrl + C ; suite : grc retours, grc notes."
    : "Entrée : la question suivante à relire. Les flèches reviennent à ce que vous avez décidé.";
  page.idee.textContent = restent
    ? `${pluriel(restent, "réponse")} à voir une par une`
    : toutEstFait()
      ? "Tout est relu"
      : "Cette question n'attend plus rien";
  page.consigne.classList.remove("question");
  page.consigne.replaceChildren();
  page.groupes.replaceChildren(
    creer(
      "li",
      { class: "discret" },
      restent
        ? "Leurs propositions sont toutes vues, mais autre chose les retient (texte écrit ailleurs, version changée) : tapez V."
        : suite,
    ),
  );
}
