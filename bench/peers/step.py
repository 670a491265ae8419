"""Time one update (forward, gradient to the input, Adam) in PyTorch. Usage: step.py CASE VARIANT STEPS. Prints one JSON line.

CASE is the name the program uses, e.g. synthesis/efficientnet-lite0/block4/b1; VARIANT is eager or channels_last for pictures,
conv1d or matmul for sounds.
"""
import sys

import torch

from cochleagram import Cochleagram
from networks import Lite0, WordCnn, vgg19
from timing import report


def build(case, variant):
    """-> (function of the input, input, reference)"""
    kind, *rest = case.split('/')
    batch = int(rest[-1][1:])
    if kind == 'frontend' or rest[0].startswith('word-cnn'):
        front = Cochleagram(variant)
        network = torch.nn.Sequential(front, WordCnn()) if kind == 'synthesis' and rest[1] == 'conv_4' else front
        return network, torch.randn(batch, 40000) * 0.01, torch.randn(batch, 40000) * 0.1
    network = vgg19(rest[1]) if rest[0] == 'vgg-19' else Lite0(rest[1])
    layout = torch.channels_last if variant == 'channels_last' else torch.contiguous_format
    x, reference = torch.rand(2, batch, 3, 224, 224)
    return network.to(memory_format=layout), (x * 0.1 + 0.5).contiguous(memory_format=layout), reference.contiguous(memory_format=layout)


def main():
    case, variant, steps = sys.argv[1], sys.argv[2], int(sys.argv[3])
    torch.manual_seed(0)
    network, x, reference = build(case, variant)
    network.eval().requires_grad_(False)
    with torch.no_grad():
        target = network(reference)
    x.requires_grad_(True)
    optimiser = torch.optim.Adam([x], 1e-3)

    def update():
        optimiser.zero_grad()
        loss = 0.5 * (network(x) - target).pow(2).sum()
        loss.backward()
        optimiser.step()
        loss.item()

    report(update, steps, torch.__version__, torch.get_num_threads())


main()
