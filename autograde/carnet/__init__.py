"""Le carnet de notes de nbgrader : l'ouvrir, y inscrire une classe, en lire le relevé et le journal."""
