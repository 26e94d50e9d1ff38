// @ts-check
// L'onglet porte le titre du tableau de bord plutôt que le nom du fichier.
const titre = document.querySelector("h1")?.firstChild?.textContent;
if (titre) document.title = titre.trim();
