"""Golden values of scores, made by scikit-learn. Usage: scores.py OUT.json (needs numpy and scikit-learn)."""
import json
import sys

import numpy as np
from sklearn.metrics import roc_auc_score, top_k_accuracy_score


def case(rng, n, levels, share):
    """Scores on a grid of so many levels: few levels make many ties."""
    scores = rng.integers(0, levels, n) / 8
    present = (rng.random(n) < share).astype(int)
    present[:2] = [0, 1]
    return {'scores': scores.tolist(), 'present': present.tolist(), 'area': float(roc_auc_score(present, scores))}


def main():
    rng = np.random.default_rng(1)
    auc = [case(rng, n, levels, share) for n, levels, share in [(12, 3, 0.5), (40, 1000, 0.2), (60, 5, 0.1), (30, 1, 0.5), (50, 2, 0.9)]]
    logits = np.round(rng.normal(size=(40, 9)), 3)
    classes = rng.integers(0, 9, 40)
    shares = {k: float(top_k_accuracy_score(classes, logits, k=k, labels=range(9))) for k in (1, 2, 5)}
    top = {'logits': logits.ravel().tolist(), 'classes': classes.tolist(), 'shares': shares}
    with open(sys.argv[1], 'w') as file:
        file.write(json.dumps({'auc': auc, 'topK': top}) + '\n')


main()
