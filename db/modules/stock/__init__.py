"""Inventory management."""
