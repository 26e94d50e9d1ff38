// L'onglet porte le titre du tableau de bord plutôt que le nom du fichier.
const titre = document.querySelector("h1");
if (titre) document.title = titre.firstChild.textContent.trim();
