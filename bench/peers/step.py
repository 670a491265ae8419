"""Time one update (forward, gradient to the input, Adam) in PyTorch. Usage: step.py CASE VARIANT STEPS. Prints one JSON line.

CASE is the name the program uses, e.g. synthesis/efficientnet-lite0/block4/b1; VARIANT is eager, channels_last, compile, plenoptic or
several joined by + for pictures, conv1d or matmul for sounds.
"""
import sys
import time
import warnings

import torch

from cochleagram import Cochleagram
from networks import Lite0, WordCnn, resnet101v2, vgg19
from timing import WARM_UP_SECONDS, WARM_UP_STEPS, print_times, report


def build(case, variant):
    """-> (function of the input, input, reference)"""
    kind, *rest = case.split('/')
    batch = int(rest[-1][1:])
    if kind == 'frontend' or rest[0].startswith('word-cnn'):
        front = Cochleagram(variant[0])
        network = torch.nn.Sequential(front, WordCnn()) if kind == 'synthesis' and rest[1] == 'conv_4' else front
        return network, torch.randn(batch, 40000) * 0.01, torch.randn(batch, 40000) * 0.1
    network = {'vgg-19': vgg19, 'resnet-101-v2': resnet101v2, 'efficientnet-lite0': Lite0}[rest[0]](rest[1])
    layout = torch.channels_last if 'channels_last' in variant else torch.contiguous_format
    x, reference = torch.rand(2, batch, 3, 224, 224)
    return network.to(memory_format=layout), (x * 0.1 + 0.5).contiguous(memory_format=layout), reference.contiguous(memory_format=layout)


def by_plenoptic(network, x, reference, steps):
    """A Metamer with our loss, no penalty, and Adam. A step is the time from one call of the loss to the next."""
    import plenoptic
    warnings.simplefilter('ignore')
    starts, processor = [], []

    def loss(made, wanted, **_):
        starts.append(time.perf_counter())
        processor.append(time.process_time())
        return 0.5 * (made - wanted).pow(2).sum()

    metamer = plenoptic.Metamer(reference, network, loss_function=loss, penalty_lambda=0.0)
    metamer.setup(initial_image=x, optimizer=torch.optim.Adam, optimizer_kwargs={'lr': 1e-3})
    begun = time.perf_counter()
    warm = 0
    while warm < WARM_UP_STEPS or time.perf_counter() - begun < WARM_UP_SECONDS:
        metamer.synthesize(max_iter=2, stop_criterion=0)
        warm += 2
    starts.clear()
    processor.clear()
    metamer.synthesize(max_iter=steps + 1, stop_criterion=0)
    times = [(b - a) * 1e3 for a, b in zip(starts, starts[1:])]
    processor_ms = (processor[-1] - processor[0]) * 1e3 / len(times)
    print_times(times, processor_ms, f'{plenoptic.__version__} with torch {torch.__version__}', torch.get_num_threads())


def main():
    case, variant, steps = sys.argv[1], sys.argv[2].split('+'), int(sys.argv[3])
    torch.manual_seed(0)
    network, x, reference = build(case, variant)
    network.eval().requires_grad_(False)
    if 'plenoptic' in variant:
        # It takes no time limit.
        return by_plenoptic(network, x, reference, min(steps, 4))
    with torch.no_grad():
        target = network(reference)
    x.requires_grad_(True)
    optimiser = torch.optim.Adam([x], 1e-3)

    def loss_of(signal):
        return 0.5 * (network(signal) - target).pow(2).sum()

    if 'compile' in variant:
        loss_of = torch.compile(loss_of)

    def update():
        optimiser.zero_grad()
        loss = loss_of(x)
        loss.backward()
        optimiser.step()
        loss.item()

    report(update, steps, torch.__version__, torch.get_num_threads())


main()
