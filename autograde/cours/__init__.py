"""Le cours sur le disque : ses dossiers, un devoir, son barème, ce que le formateur a décidé, le corrigé."""
