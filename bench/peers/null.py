"""scipy's ranking and Spearman rho, milliseconds each. Usage: null.py CASE {scipy} STEPS. Prints one JSON line."""
import json
import resource
import statistics
import sys
import time

import numpy as np
import scipy
import scipy.stats as st

what, size = sys.argv[1].split('/')[1].split('-')
rng = np.random.default_rng(0)
base = rng.standard_normal(int(size), dtype=np.float32)
x, y = (np.maximum(base * .5 + rng.standard_normal(int(size), dtype=np.float32), 0) for _ in range(2))
work = (lambda: st.rankdata(x)) if what == 'rank' else (lambda: st.spearmanr(x, y))
times = []
for step in range(int(sys.argv[3]) + 2):
    start = time.perf_counter()
    work()
    if step >= 2:
        times.append((time.perf_counter() - start) * 1e3)
print(json.dumps(dict(times=times, median=statistics.median(times), peakMb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                      version=f'scipy {scipy.__version__}, numpy {np.__version__}', threads=1)))
