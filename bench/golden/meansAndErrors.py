"""Values for the errors of means: a bootstrap with given indices (numpy) and the standard error of a mean (scipy).

usage: python bench/golden/meansAndErrors.py > tests/fixtures/golden/means_and_errors.json
"""

import json

import numpy
from scipy import stats

random = numpy.random.default_rng(20191108)
values = [1, 0, 0, 1, 1, 0, 1]
indices = random.integers(0, len(values), (1000, len(values)))
means = numpy.array(values, float)[indices].mean(axis=1)
figures = [0.5, -0.25, 0.75, 0.125, 0.9]

print(json.dumps({
    "made_by": f"numpy {numpy.__version__}, scipy {__import__('scipy').__version__}",
    "bootstrap": {"values": values, "indices": indices.ravel().tolist(), "sem": float(means.std())},
    "mean": {"values": figures, "mean": float(numpy.mean(figures)), "sem": float(stats.sem(figures, ddof=0))},
}))
