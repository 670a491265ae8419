"""Golden values of training: VGGish, DeepSpeech and musicnn's VGG, narrow, in PyTorch, float64: four steps of SGD, four of Adam, and four of
SGD with two heads.

Usage: torchTrainingHearing.py OUT.json. The layers are those of torchHearing.py; weights and examples are waves, those of tests/helpers/smallHearing.ts.
"""
import sys

import torch
import torch.nn.functional as F

from summaries import summary, write_golden
from torchHearing import Weights, deepspeech, musicnn_vgg, vggish
from trainingSteps import SOUNDS, WORDS, adam, examples, loss_of, losses_of, sgd, wave_weight

BATCH = 3
RATES = {'sgd': 0.02, 'adam': 0.002}


class LearningWeights(Weights):
    """Weights that learn; batch norms take the batch's statistics and move the running ones."""

    def __init__(self, shapes):
        statistics = ('.mean', '.variance')
        self.tensors = {name: torch.tensor(wave_weight(name, shape)).requires_grad_(not name.endswith(statistics)) for name, shape in shapes.items()}

    def __call__(self, name):
        return self.tensors[name]

    def norm(self, x, name):
        mean, variance, gamma, beta = (self(f'{name}.{part}') for part in ('mean', 'variance', 'gamma', 'beta'))
        # PyTorch's momentum is the share of the new value. It divides the batch's own variance by n, the running one by n - 1.
        return F.batch_norm(x, mean, variance, gamma, beta, training=True, momentum=0.1, eps=1e-3)


def layer(name, *kernel):
    return {f'{name}.kernel': kernel, f'{name}.bias': kernel[-1:]}


def norm(name, channels):
    return {f'{name}.{part}': (channels,) for part in ('gamma', 'beta', 'mean', 'variance')}


def vggish_shapes(c1, c2, c3, c4, fc, embedding):
    widths = {'conv1': (1, c1), 'conv2': (c1, c2), 'conv3_1': (c2, c3), 'conv3_2': (c3, c3), 'conv4_1': (c3, c4), 'conv4_2': (c4, c4)}
    shapes = {}
    for name, (before, after) in widths.items():
        shapes |= layer(name, 3, 3, before, after)
    return shapes | layer('fc1_1', 6 * 4 * c4, fc) | layer('fc1_2', fc, fc) | layer('fc2', fc, embedding)


def deepspeech_shapes(inputs, cells):
    shapes = layer('layer_1', inputs, cells) | layer('lstm', 2 * cells, 4 * cells)
    for name in ('layer_2', 'layer_3', 'layer_5'):
        shapes |= layer(name, cells, cells)
    return shapes


def musicnn_shapes(channels):
    shapes = norm('batch_normalization', 1)
    for i in range(1, 6):
        shapes |= layer(f'{i}CNN', 3, 3, 1 if i == 1 else channels, channels) | norm(f'batch_normalization_{i}', channels)
    return shapes


# What heads of words and sounds take is this program's choice (docs/training.md): the networks were published with other ends.
NETWORKS = {
    'vggish': {
        'shapes': vggish_shapes(3, 4, 5, 6, 7, 8), 'width': 8, 'input': (2, 96, 64), 'scale': 2, 'rates': RATES,
        'gathered': lambda w, x: F.relu(vggish(w, x)['embedding']).mean(1),
    },
    'deepspeech': {
        'shapes': deepspeech_shapes(12, 8), 'width': 8, 'input': (7, 12), 'scale': 24, 'rates': RATES,
        'gathered': lambda w, x: deepspeech(w, x)['layer_5'].mean(1),
    },
    'musicnn-vgg': {
        'shapes': musicnn_shapes(4), 'width': 8, 'input': (187, 96), 'scale': 1, 'rates': {'sgd': 0.0005, 'adam': 0.0005},
        'gathered': musicnn_vgg,
    },
}


def train(network, make_optimiser, rate, two):
    heads = {'fc_top_audioset': SOUNDS, 'fc_top': WORDS} if two else {'fc_top': WORDS}
    shapes = dict(network['shapes'])
    for name, outputs in heads.items():
        shapes |= layer(name, network['width'], outputs)
    w = LearningWeights(shapes)

    def loss_at(step):
        y = network['gathered'](w, examples(step, network['input'], BATCH, network['scale']))
        outputs = [w.dense(y, name) for name in heads]
        return loss_of(outputs if two else outputs[0], step, two, BATCH)

    losses = losses_of(loss_at, make_optimiser([tensor for tensor in w.tensors.values() if tensor.requires_grad], rate))
    return {'losses': losses, 'weights': {name: summary(tensor.detach().numpy()[None]) for name, tensor in w.tensors.items()}}


def main():
    result = {'torch': torch.__version__}
    for name, network in NETWORKS.items():
        of_sgd, of_adam = network['rates']['sgd'], network['rates']['adam']
        result[name] = {'sgd': train(network, sgd, of_sgd, False), 'adam': train(network, adam, of_adam, False), 'two heads': train(network, sgd, of_sgd, True)}
    write_golden(sys.argv[1], result)


main()
