// @ts-check
// Le jeton a servi à entrer : il ne reste ni affiché au tableau, ni dans l'historique du navigateur.
{
  const adresse = new URL(location.href);
  if (adresse.searchParams.has("token")) {
    adresse.searchParams.delete("token");
    history.replaceState(null, "", adresse);
  }
}
