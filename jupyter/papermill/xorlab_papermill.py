"""Parameters for Papermill in TypeScript: papermill in.ipynb out.ipynb -p trials 500

Papermill loads this module because it is announced as an engine (xorlab_papermill-1.0.dist-info/entry_points.txt): there
is no such announcement for a language. The engine is Papermill's own.
"""

import json
import re

from papermill.engines import NBClientEngine as Engine  # noqa: F401
from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators

NAME = r"[^\W\d][\w$]*|[$_][\w$]*"
TEXT = "|".join(rf"{quote}(?:\\.|[^{quote}\\])*{quote}" for quote in "\"'`")  # in which // is no comment
DECLARATION = re.compile(
    rf"^\s*(?:export\s+)?(?:const|let|var)\s+({NAME})\s*(?::\s*((?:=>|[^=])+?))?\s*=(?!>)\s*((?:{TEXT}|(?!//).)*?);?\s*(?://\s*(.*))?$"
)


class TypeScriptTranslator(Translator):
    """Values as TypeScript has them; a name is declared anew, as a later cell may."""

    @classmethod
    def translate(cls, val):
        if isinstance(val, float) and val != val:
            return "NaN"
        if isinstance(val, float) and val in (float("inf"), float("-inf")):
            return "Infinity" if val > 0 else "-Infinity"
        if isinstance(val, dict):
            return "{ " + ", ".join(f"{json.dumps(str(k))}: {cls.translate(v)}" for k, v in val.items()) + " }"
        if isinstance(val, (list, tuple)):
            return "[" + ", ".join(map(cls.translate, val)) + "]"
        if val is None or isinstance(val, (bool, int, float)):
            return json.dumps(val)
        return json.dumps(str(val))

    @classmethod
    def comment(cls, cmt_str):
        return f"// {cmt_str}".strip()

    @classmethod
    def assign(cls, name, str_val):
        if not re.fullmatch(NAME, name):
            raise ValueError(f"a parameter must be a name in TypeScript, got {name!r}")
        return f"const {name} = {str_val};"

    @classmethod
    def inspect(cls, parameters_cell):
        """The parameters that a cell declares, for papermill --help-notebook."""
        found = (DECLARATION.match(line) for line in parameters_cell["source"].splitlines())
        return [Parameter(name, kind or "None", value, hint or "") for name, kind, value, hint in (m.groups() for m in found if m)]


papermill_translators.register("typescript", TypeScriptTranslator)
