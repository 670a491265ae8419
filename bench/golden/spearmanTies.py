"""Golden ranks and correlations by scipy, with heavy ties. Usage: spearmanTies.py OUT.json"""
import json, sys
import numpy as np, scipy, scipy.stats as st

rng = np.random.default_rng(20)
n = 200
base = rng.standard_normal(n, dtype=np.float32)
noise = [rng.standard_normal(n, dtype=np.float32) for _ in range(6)]
x = [
    np.maximum(base * np.float32(.5) + noise[0], 0),            # half zeros
    np.maximum(base * np.float32(.5) + noise[1] - 1, 0),        # mostly zeros
    np.minimum(np.maximum(base + noise[2], 0), np.float32(.5)), # ties at both ends
    np.round(base + noise[3]),                                  # whole numbers, -0 among them
    base + noise[4],                                            # no ties
    np.where(noise[5] > 0, np.float32(0), np.float32(-0.0)),    # constant but for the sign of zero
]
x[5][0] = 1
rows = [[float(v) for v in a.astype(np.float32)] for a in x]
json.dump(dict(made_by=f'scipy {scipy.__version__}, numpy {np.__version__}', values=rows, ranks=[st.rankdata(a).tolist() for a in x],
               rho=[[float(st.spearmanr(a, b).statistic) for b in x] for a in x]), open(sys.argv[1], 'w'))
