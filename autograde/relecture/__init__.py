"""Relire une classe : notre page locale (``grc relire DEVOIR``), ou formgrader (``grc relire --formgrader``)."""
