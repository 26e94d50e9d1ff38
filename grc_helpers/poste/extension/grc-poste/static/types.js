/*
 * Les types de réponse, les mêmes que dans grc_helpers/reponses/cellule.py. Chacun dit ce qu'il lit sur la ligne de magie et
 * bâtit le champ qui montre sa réponse. En ajouter un : un module à côté, une ligne ici.
 */
import { association } from "./champ_association.js";
import { choix } from "./champ_choix.js";
import { ordre } from "./champ_ordre.js";
import { tableau } from "./champ_tableau.js";
import { nombre, reponse } from "./champs_texte.js";

export const TYPES = { reponse, nombre, tableau, choix, ordre, association };
