"""Planning and running: many documents, notebooks with papermill, the store."""

import sys

# jsonschema imports rfc3987_syntax where JupyterLab brought it: 0.7 s for a format that no notebook uses.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
