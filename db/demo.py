"""The demo company."""
ADMINISTRATOR = "admin@fiches.example"
