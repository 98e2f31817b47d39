"""An import contract that import-linter lacks: some modules import named ones, and nothing else."""

from __future__ import annotations

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OnlyContract(Contract):
    """`source_modules`, with all below them, import each other, `allowed_modules` (exactly those)
    and the standard library.
    """

    type_name = "only"

    source_modules = fields.ListField(subfield=fields.StringField())
    allowed_modules = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        sources: set[str] = set()
        for name in self.source_modules:  # type: ignore[attr-defined]  # a field reads as its value
            sources |= {name, *graph.find_descendants(name)}
        allowed = sources | set(self.allowed_modules) | sys.stdlib_module_names  # type: ignore[call-overload]
        wrong = {
            f"{importer} imports {imported}"
            for importer in sources
            for imported in graph.find_modules_directly_imported_by(importer)
            if imported not in allowed
        }
        return ContractCheck(kept=not wrong, metadata={"wrong": sorted(wrong)})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["wrong"]:
            output.print_error(line, bold=False)
