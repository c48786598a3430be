"""Files as LibreOffice writes them: ODT, DOCX, RTF, EPUB, PDF, PPTX, XLSX, CSV, from its flat XML."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from makers.flat_sheet import sheet
from makers.flat_slides import slides
from makers.flat_text import text
from makers.source import Source

_FILTERS = {
    "rtf": "rtf:Rich Text Format",
    "docx": "docx:MS Word 2007 XML",
    "csv": "csv:Text - txt - csv (StarCalc):44,34,76,1",
}
_FLAT = {"text": ("fodt", text), "slides": ("fodp", slides), "sheet": ("fods", sheet)}


def make(source: Source) -> bytes:
    """Return the file that LibreOffice writes, by the ending of its name."""
    ending = source.file.rsplit(".", 1)[1]
    flat, write = _FLAT[source.options.get("flat", "text")]
    with tempfile.TemporaryDirectory() as folder:
        begun = Path(folder, f"{source.name}.{flat}")
        begun.write_text(write(source), encoding="utf-8")
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
        command += [_FILTERS.get(ending, ending), "--outdir", f"{folder}/made", str(begun)]
        kept = os.environ | {"HOME": folder, "SAL_USE_VCLPLUGIN": "svp"}
        done = subprocess.run(command, check=True, capture_output=True, timeout=180, env=kept, text=True)
        made = list(Path(folder, "made").glob(f"*.{ending}"))
        if not made:
            raise SystemExit(f"LibreOffice made nothing of {begun.name}: {done.stdout}{done.stderr}")
        return made[0].read_bytes()
