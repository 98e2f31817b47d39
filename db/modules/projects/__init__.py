"""Project management."""
