"""What every peer measures: milliseconds of each step after two to warm up, and the peak memory. Prints one JSON line."""
import json
import resource
import statistics
import time

WARM_UP = 2
# Steps of seconds are not repeated as often as one asked: three will do once this time is spent. The same in ours.
SECONDS, FEWEST = 5, 3


def report(step, steps, version, threads):
    for _ in range(WARM_UP):
        step()
    times = []
    processor = time.process_time()
    while len(times) < steps and not (len(times) >= FEWEST and sum(times) > SECONDS * 1e3):
        start = time.perf_counter()
        step()
        times.append((time.perf_counter() - start) * 1e3)
    print_times(times, (time.process_time() - processor) * 1e3 / len(times), version, threads)


def print_times(times, processor_ms, version, threads):
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({
        'times': times,
        'median': statistics.median(times),
        'processorMs': processor_ms,
        'peakMb': round(usage.ru_maxrss / 1024),
        'version': version,
        'threads': threads,
    }))
