"""The library of documents: the catalogue (SQLite), the vector index (Chroma), and retrieval over both."""

import os

# From version 1.29 on, onnxruntime reports to Microsoft, with an identifier that it keeps on the disk, unless this is
# set before it is loaded. It does so in its own code, where Python's audit hooks see nothing.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
