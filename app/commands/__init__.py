"""The commands of ``whrd``, each with its help beside its code. Heavy modules are imported by the command that runs."""
