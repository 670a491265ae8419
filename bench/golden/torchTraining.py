"""Golden values of training: a small word network in PyTorch, float64, four steps of SGD and four of Adam, with one and with two heads,
and of SGD in the form of reduced aliasing.

Usage: torchTraining.py OUT.json. Weights and examples are waves, those of tests/helpers/smallWordCnn.ts.
"""
import os
import sys

import numpy as np
import torch

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '../peers'))
from networks import TrainableWordCnn  # noqa: E402
from summaries import summary, write_golden  # noqa: E402
from trainingSteps import SOUNDS, WORDS, adam, examples, loss_of, losses_of, sgd, wave  # noqa: E402

CHANNELS, FC, ROWS, COLUMNS = (4, 6, 8, 7, 5), 10, 41, 60
LAYERS = ['batchnorm_0', 'conv_0', 'batchnorm_1', 'conv_1', 'batchnorm_2', 'conv_2', 'conv_3', 'conv_4', 'fc_intermediate', 'fc_top', 'fc_top_audioset']


class TwoHeads(torch.nn.Module):
    """Heads side by side: fc_top_audioset for the sounds, fc_top for the words."""

    def __init__(self):
        super().__init__()
        self.heads = torch.nn.ModuleList([torch.nn.Linear(FC, SOUNDS), torch.nn.Linear(FC, WORDS)])

    def forward(self, y):
        return [head(y) for head in self.heads]


def named(network, two):
    heads = dict(zip(['fc_top_audioset', 'fc_top'], network.fc_top.heads)) if two else {'fc_top': network.fc_top}
    return {
        **{f'batchnorm_{i}': m for i, m in enumerate(network.norms)}, **{f'conv_{i}': m.conv for i, m in enumerate(network.convs)},
        'fc_intermediate': network.fc_intermediate, **heads,
    }


def to_ours(weight):
    return weight.permute(2, 3, 1, 0) if weight.dim() == 4 else weight.T


def fill(network, two):
    for name, module in named(network, two).items():
        place = 2 * LAYERS.index(name)
        if name.startswith('batchnorm'):
            module.weight.data = torch.tensor(wave(module.weight.numel(), place, 0.2, 1.0))
        else:
            ours = to_ours(module.weight)
            scale = np.sqrt(3 / (ours.numel() / ours.shape[-1]))
            values = torch.tensor(wave(ours.numel(), place, scale).reshape(ours.shape))
            module.weight.data = (values.permute(3, 2, 0, 1) if values.dim() == 4 else values.T).contiguous()
        module.bias.data = torch.tensor(wave(module.bias.numel(), place + 1, 0.2))


def weights_of(network, two):
    result = {}
    for name, module in named(network, two).items():
        if name.startswith('batchnorm'):
            parts = {'gamma': module.weight, 'beta': module.bias, 'mean': module.running_mean, 'variance': module.running_var}
        else:
            parts = {'kernel': to_ours(module.weight), 'bias': module.bias}
        result.update({f'{name}.{part}': summary(value.detach().numpy()[None]) for part, value in parts.items()})
    return result


def train(make_optimiser, two, form='aliased'):
    network = TrainableWordCnn(form, CHANNELS, FC, WORDS, flat=(1, 2)).double().train()
    if two:
        network.fc_top = TwoHeads().double()
    network.dropout.p = 0.0
    for norm in network.norms:
        norm.momentum = 0.1
    fill(network, two)
    loss_at = lambda step: loss_of(network(examples(step, (1, ROWS, COLUMNS))), step, two)
    losses = losses_of(loss_at, make_optimiser(network.parameters()))
    return {'losses': losses, 'weights': weights_of(network, two)}


def main():
    write_golden(sys.argv[1], {
        'torch': torch.__version__, 'sgd': train(sgd, False), 'adam': train(adam, False), 'two heads': train(sgd, True),
        'reduced aliasing': train(sgd, False, 'reduced-aliasing'),
    })


main()
