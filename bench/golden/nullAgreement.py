"""What scipy's spearmanr makes of the pairs of bench/golden/nullAgreement.ts. Usage: nullAgreement.py FOLDER (needs numpy and scipy)."""

import json
import pathlib
import sys

import numpy
import scipy
from scipy import stats

folder = pathlib.Path(sys.argv[1])
found = json.loads((folder / "pairs.json").read_text())
pairs = numpy.array(found["rows"]).reshape(-1, 2)
print(f"{found['network']}, {len(pairs)} pairs, scipy {scipy.__version__}. Largest difference of rho:")
for layer, ours in zip(found["layers"], found["rhos"]):
    activations = numpy.memmap(folder / f"{layer['name']}.f32", numpy.float32, "r").reshape(-1, layer["size"])
    theirs = [stats.spearmanr(activations[a], activations[b]).statistic for a, b in pairs]
    differences = [abs(x - y) for x, y in zip(ours, theirs) if x is not None]
    undefined = [numpy.isnan(y) for x, y in zip(ours, theirs) if x is None]
    assert all(undefined), f"{layer['name']}: undefined here, a number there"
    print(f"{layer['name']:18} {max(differences):.1e}   ({len(undefined)} undefined in both)")
