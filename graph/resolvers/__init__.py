"""Resolvers, made from declarations. They choose what to read or write; they hold no rules."""
