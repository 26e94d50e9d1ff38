"""Une classe fictive pour essayer la correction."""
