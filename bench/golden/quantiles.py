"""Golden quantiles and shares below, made by numpy and scipy. Usage: quantiles.py OUT.json (needs numpy and scipy).

The values are the whole numbers of a linear congruence, so that a test makes them anew instead of storing a million: value i is
((a * i + c) mod m) / m * 2 - 1 in float32. method='inverted_cdf' is the smallest value that a share p of all does not exceed: number ceil(p n) of n.
"""
import json
import sys

import numpy
import scipy
from scipy import stats

probabilities = [0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 0.9999, 0.99999, 0.999999]


def values(n, factor, offset, modulus):
    numbers = (factor * numpy.arange(n, dtype=numpy.int64) + offset) % modulus
    return (numbers / modulus * 2 - 1).astype(numpy.float32)


def case(n, factor, offset, modulus):
    x = values(n, factor, offset, modulus)
    told = [p for p in probabilities if min(p, 1 - p) * n >= 1 - 1e-9]
    quantiles = [{'probability': p, 'rho': float(numpy.quantile(x, p, method='inverted_cdf'))} for p in told]
    below = [{'rho': rho, 'percentile': float(stats.percentileofscore(x, rho, kind='strict'))} for rho in (-0.9999, -0.4, 0.0005, 0.73, 0.99987)]
    figures = {'mean': float(x.mean(dtype=numpy.float64)), 'deviation': float(x.astype(numpy.float64).std()), 'maximum': float(x.max())}
    return {'n': n, 'factor': factor, 'offset': offset, 'modulus': modulus, **figures, 'quantiles': quantiles, 'below': below}


made_by = f'numpy {numpy.__version__}, scipy {scipy.__version__}'
# The last has a thousand distinct values: ties throughout.
cases = [case(1_000_000, 7919, 12, 1_000_003), case(50_000, 7919, 12, 1_000_003), case(20_000, 331, 5, 1009)]
with open(sys.argv[1], 'w') as file:
    file.write(json.dumps({'made_by': made_by, 'cases': cases}) + '\n')
