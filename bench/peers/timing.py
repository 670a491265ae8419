"""What every peer measures: milliseconds of each step after two to warm up, and the peak memory. Prints one JSON line."""
import json
import resource
import statistics
import time

WARM_UP = 2


def report(step, steps, version, threads):
    times = []
    for i in range(steps + WARM_UP):
        start = time.perf_counter()
        step()
        if i >= WARM_UP:
            times.append((time.perf_counter() - start) * 1e3)
    print(json.dumps({
        'times': times,
        'median': statistics.median(times),
        'peakMb': round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        'version': version,
        'threads': threads,
    }))
