"""Golden values of fine-tuning: stages of the networks that see with a new classifier, in PyTorch, float64, four steps each.

    pip install --target FOLDER --no-deps torchvision==0.29.2 efficientnet-lite-pytorch==0.1.0
    PYTHONPATH=FOLDER python bench/golden/torchTrainingLate.py tests/fixtures/golden/training_late_torch.json

PyTorch has to be there. The stages are those of torchLateStages.py; inputs are waves.
"""
import functools
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F

from summaries import summary, write_golden
from torchLateStages import fill, inception_stage, lite_end, parts_of, resnet_beginning, resnet_end, vgg_beginning, vgg_end
from trainingSteps import WORDS, adam, examples, loss_of, losses_of, sgd

BATCH = 3


def flattened(y):
    """Places before channels."""
    return y.movedim(1, -1).flatten(1)


def mean_of_places(y):
    return y.mean((2, 3))


# What learns, what a classifier called so takes of it, how long that is, shape of an input, optimiser.
CASES = {
    'vgg-19 conv1_2': (vgg_beginning, flattened, 'fc8', 2048, (8, 8, 3), functools.partial(sgd, rate=0.002)),
    'vgg-19 fc7': (vgg_end, flattened, 'fc8', 4096, (4096,), functools.partial(sgd, rate=0.001)),
    'inception-v3 Mixed_7a': (lambda: inception_stage('Mixed_7a'), flattened, 'Logits', 5120, (5, 5, 768), functools.partial(sgd, rate=0.001)),
    'inception-v3 Mixed_7c': (lambda: inception_stage('Mixed_7c'), mean_of_places, 'Logits', 2048, (3, 4, 2048), functools.partial(adam, rate=0.00005)),
    'inception-v3 Mixed_7c, torchvision': (lambda: inception_stage('Mixed_7c'), mean_of_places, 'Logits', 2048, (3, 4, 2048), functools.partial(sgd, rate=0.005)),
    'resnet-101-v2 block1': (resnet_beginning, flattened, 'predictions', 2304, (9, 9, 64), functools.partial(adam, rate=0.0001)),
    'resnet-101-v2 block4': (resnet_end, mean_of_places, 'predictions', 2048, (2, 3, 1024), functools.partial(sgd, rate=0.001)),
    'efficientnet-lite0 block6': (lite_end, mean_of_places, '_fc', 1280, (4, 4, 112), functools.partial(sgd, rate=0.001)),
}


def train(make, gathered, classifier, inputs, shape, make_optimiser):
    network, learning = make()
    head = fill(nn.Linear(inputs, WORDS).double(), classifier)
    learning = {**learning, classifier: head}

    def loss_at(step):
        x = examples(step, shape, BATCH)
        y = network(x.movedim(-1, 1) if x.dim() == 4 else x)
        return loss_of(head(gathered(y)), step, False, BATCH)

    losses = losses_of(loss_at, make_optimiser([value for module in learning.values() for value in module.parameters()]))
    values = {f'{name}.{part}': value for name, module in learning.items() for part, value in parts_of(module).items()}
    return {'losses': losses, 'weights': {name: summary(value.detach().numpy()[None]) for name, value in values.items()}}


def main():
    average = F.avg_pool2d
    result = {'torch': torch.__version__}
    for name, case in CASES.items():
        # torchvision counts the zeros of the border, its original in TensorFlow does not.
        F.avg_pool2d = average if name.endswith('torchvision') else functools.partial(average, count_include_pad=False)
        result[name] = train(*case)
    write_golden(sys.argv[1], result)


main()
