"""Unpack the parts of wheels that are needed: unpack.py INTO WHEEL... (zipfile checks every CRC)."""

import re
import sys
import zipfile

NEEDED = re.compile(
    r"tensorflow/(libtensorflow_(cc|framework)\.so\.2$|include/)|nvidia/[^/]+/lib/.*\.so|nvidia/cuda_nvcc/"
)

into, *wheels = sys.argv[1:]
for wheel in wheels:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(into, [name for name in archive.namelist() if NEEDED.match(name)])
