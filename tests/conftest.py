"""Makes the helpers that stand in this folder importable from every test (`from loopback import serving`)."""
