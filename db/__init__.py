"""What is stored: declarations, tables, statements, the unit of work. Knows nothing of GraphQL."""
