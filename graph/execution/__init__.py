"""Operations compiled to plans: the reads of a selection, and the code that makes its answer.

Most of what a large answer costs is graphql-core resolving field after field. Selections of
columns, relations, connections, comments, counts and aggregates need none of it: they are compiled
once for a document (`compiling`) into the levels of rows to read (`levels`) and Python source that
turns rows into the answer (`answers`), and run by `running`. Both paths take their SQL from the
listings of `db`, and their arguments from the same resolvers; what is not compiled, and whatever
goes wrong, is graphql-core's, field by field (docs/decisions/execution.md).
"""
