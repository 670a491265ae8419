"""Golden values of training: a small word network in PyTorch, float64, four steps of SGD and four of Adam, with one and with two heads.

Usage: torchTraining.py OUT.json. Weights and examples are waves, made by the same formula as in tests/helpers/smallWordCnn.ts.
"""
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '../peers'))
from networks import TrainableWordCnn  # noqa: E402
from summaries import summary, write_golden  # noqa: E402

CHANNELS, FC, ROWS, COLUMNS, BATCH, WORDS, SOUNDS = (4, 6, 8, 7, 5), 10, 41, 60, 6, 5, 3
LAYERS = ['batchnorm_0', 'conv_0', 'batchnorm_1', 'conv_1', 'batchnorm_2', 'conv_2', 'conv_3', 'conv_4', 'fc_intermediate', 'fc_top', 'fc_top_audioset']


def wave(length, phase, scale, centre=0.0):
    i = np.arange(length, dtype=np.float64)
    # The program's arrays are float32.
    return (centre + scale * np.sin(1.7 * i + 0.13 * i * i + phase)).astype(np.float32).astype(np.float64)


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


def loss_of(outputs, step, two):
    words = torch.tensor([(i + step) % WORDS for i in range(BATCH)])
    if not two:
        return F.cross_entropy(outputs, words)
    present = torch.tensor([[float((i * 7 + step) % 3 == 0)] for i in range(BATCH * SOUNDS)]).reshape(BATCH, SOUNDS).double()
    return 3 * F.binary_cross_entropy_with_logits(outputs[0], present) + F.cross_entropy(outputs[1], words)


def train(make_optimiser, two):
    network = TrainableWordCnn(CHANNELS, FC, WORDS, flat=(1, 2)).double().train()
    if two:
        network.fc_top = TwoHeads().double()
    network.dropout.p = 0.0
    for norm in network.norms:
        norm.momentum = 0.1
    fill(network, two)
    optimiser = make_optimiser(network.parameters())
    losses = []
    for step in range(4):
        x = torch.tensor(wave(BATCH * ROWS * COLUMNS, 100 + step, 1.0, 1.0)).reshape(BATCH, 1, ROWS, COLUMNS)
        optimiser.zero_grad()
        loss = loss_of(network(x), step, two)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return {'losses': losses, 'weights': weights_of(network, two)}


def main():
    sgd = lambda p: torch.optim.SGD(p, 0.02, momentum=0.9, weight_decay=0.001)
    adam = lambda p: torch.optim.Adam(p, 0.002, betas=(0.9, 0.99), eps=1e-6, weight_decay=0.001)
    write_golden(sys.argv[1], {'torch': torch.__version__, 'sgd': train(sgd, False), 'adam': train(adam, False), 'two heads': train(sgd, True)})


main()
