"""What is served: a GraphQL schema derived from the declarations of a suite."""
