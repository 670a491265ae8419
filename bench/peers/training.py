"""Time one training step of the word network in PyTorch: forward, backward, SGD with momentum and weight decay. Cochleagrams are given.

Usage: training.py CASE VARIANT STEPS, with VARIANT eager or channels_last. Prints one JSON line.
"""
import sys

import torch

from networks import TrainableWordCnn
from timing import report


def main():
    case, variant, steps = sys.argv[1], sys.argv[2], int(sys.argv[3])
    batch = int(case.split('/')[-1][1:])
    torch.manual_seed(0)
    network = TrainableWordCnn(case.split('/')[1].removeprefix('word-cnn-')).train()
    x, words = torch.rand(batch, 1, 211, 400), torch.randint(794, (batch,))
    if variant == 'channels_last':
        network, x = network.to(memory_format=torch.channels_last), x.contiguous(memory_format=torch.channels_last)
    optimiser = torch.optim.SGD(network.parameters(), 1e-3, momentum=0.9, weight_decay=1e-4)

    def update():
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(network(x), words)
        loss.backward()
        optimiser.step()
        loss.item()

    report(update, steps, torch.__version__, torch.get_num_threads())


main()
