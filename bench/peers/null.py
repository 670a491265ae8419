"""scipy's ranking and Spearman rho, milliseconds each. Usage: null.py CASE {scipy} STEPS. Prints one JSON line."""
import sys

import numpy as np
import scipy
import scipy.stats as st

from timing import report

what, size = sys.argv[1].split('/')[1].split('-')
rng = np.random.default_rng(0)
base = rng.standard_normal(int(size), dtype=np.float32)
x, y = (np.maximum(base * .5 + rng.standard_normal(int(size), dtype=np.float32), 0) for _ in range(2))
work = (lambda: st.rankdata(x)) if what == 'rank' else (lambda: st.spearmanr(x, y))
report(work, int(sys.argv[3]), f'scipy {scipy.__version__}, numpy {np.__version__}', 1)
