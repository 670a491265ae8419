"""What every peer measures: milliseconds of each step after some to warm up, and the peak memory. Prints one JSON line."""
import json
import resource
import statistics
import time

# What is timed is the middle of a long run: compilers of either side have had their time. The same in ours, as is what follows.
WARM_UP_STEPS, WARM_UP_SECONDS = 2, 1
# Steps of seconds are not repeated as often as one asked: three will do once this time is spent.
SECONDS, FEWEST = 5, 3


def report(step, steps, version, threads):
    begun = time.perf_counter()
    warm = 0
    while warm < WARM_UP_STEPS or time.perf_counter() - begun < WARM_UP_SECONDS:
        step()
        warm += 1
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
