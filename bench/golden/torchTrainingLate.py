"""Golden values of fine-tuning: stages of VGG-19, Inception-V3 and ResNet-101-V2 with a new classifier, in PyTorch, float64, four steps each.

    pip install --target FOLDER --no-deps torchvision==0.29.2
    PYTHONPATH=FOLDER python bench/golden/torchTrainingLate.py tests/fixtures/golden/training_late_torch.json

PyTorch has to be there. VGG-19 and Inception-V3 are torchvision's, ResNet-101-V2 is written after Keras Applications. Batch norms that follow
a convolution are fused by PyTorch's own function before learning begins. Weights and inputs are waves, those of tests/helpers/smallLateStages.ts.
"""
import functools
import sys

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils.fusion import fuse_conv_bn_eval
from torchvision.models import inception, vgg

from summaries import summary, write_golden
from trainingSteps import WORDS, adam, examples, loss_of, losses_of, phase_of, sgd, wave, wave_weight

BATCH = 3


# Weights as the program keeps them

def file_weight(name, shape):
    """Of a network that has learned: statistics are no longer 0 and 1."""
    length = int(np.prod(shape))
    if name.endswith('.mean'):
        return wave(length, phase_of(name), 0.2)
    if name.endswith('.variance'):
        return wave(length, phase_of(name), 0.3, 1)
    return wave_weight(name, shape)


def to_ours(weight):
    return weight.permute(2, 3, 1, 0) if weight.dim() == 4 else weight.T


def fill(module, name):
    """A convolution or a dense layer."""
    ours = torch.tensor(file_weight(f'{name}.kernel', tuple(to_ours(module.weight).shape)))
    module.weight.data = (ours.permute(3, 2, 0, 1) if ours.dim() == 4 else ours.T).contiguous()
    if module.bias is not None:
        module.bias.data = torch.tensor(file_weight(f'{name}.bias', tuple(module.bias.shape)))
    return module


def fill_norm(module, name, scaled=True):
    parts = {'gamma': module.weight, 'beta': module.bias, 'mean': module.running_mean, 'variance': module.running_var}
    for part, value in parts.items():
        if part != 'gamma' or scaled:
            value.data = torch.tensor(file_weight(f'{name}.{part}', tuple(value.shape)))
    return module.eval()


def fused(convolution, norm):
    """PyTorch leaves the bias of a convolution that had none out of learning."""
    return fuse_conv_bn_eval(convolution, norm).requires_grad_(True)


def parts_of(module):
    if isinstance(module, nn.BatchNorm2d):
        return {'gamma': module.weight, 'beta': module.bias, 'mean': module.running_mean, 'variance': module.running_var}
    return {'kernel': to_ours(module.weight), 'bias': module.bias}


# Networks: a module from [batch, channels, rows, columns] on, and its layers that learn by the program's names

def vgg_beginning():
    layers = vgg.make_layers(vgg.cfgs['E'], batch_norm=False)[:9].double()
    names = ['conv1_1', 'conv1_2', 'conv2_1', 'conv2_2']
    return layers, {name: fill(module, name) for name, module in zip(names, (m for m in layers if isinstance(m, nn.Conv2d)))}


def vgg_end():
    fc7 = nn.Linear(4096, 4096).double()
    return nn.Sequential(fc7, nn.ReLU()), {'fc7': fill(fc7, 'fc7')}


INCEPTION = {
    'Mixed_7a': (lambda: inception.InceptionD(768), {
        'branch3x3_1': 'Branch_0.Conv2d_0a_1x1', 'branch3x3_2': 'Branch_0.Conv2d_1a_3x3',
        'branch7x7x3_1': 'Branch_1.Conv2d_0a_1x1', 'branch7x7x3_2': 'Branch_1.Conv2d_0b_1x7', 'branch7x7x3_3': 'Branch_1.Conv2d_0c_7x1',
        'branch7x7x3_4': 'Branch_1.Conv2d_1a_3x3',
    }),
    'Mixed_7c': (lambda: inception.InceptionE(2048), {
        'branch1x1': 'Branch_0.Conv2d_0a_1x1',
        'branch3x3_1': 'Branch_1.Conv2d_0a_1x1', 'branch3x3_2a': 'Branch_1.Conv2d_0b_1x3', 'branch3x3_2b': 'Branch_1.Conv2d_0c_3x1',
        'branch3x3dbl_1': 'Branch_2.Conv2d_0a_1x1', 'branch3x3dbl_2': 'Branch_2.Conv2d_0b_3x3', 'branch3x3dbl_3a': 'Branch_2.Conv2d_0c_1x3',
        'branch3x3dbl_3b': 'Branch_2.Conv2d_0d_3x1', 'branch_pool': 'Branch_3.Conv2d_0b_1x1',
    }),
}


def inception_stage(stage):
    make, names = INCEPTION[stage]
    module, learning = make().double().eval(), {}
    for part, place in names.items():
        block, name = getattr(module, part), f'{stage}.{place}'
        fill(block.conv, name)
        block.conv, block.bn = fused(block.conv, fill_norm(block.bn, name, scaled=False)), nn.Identity()
        learning[name] = block.conv
    return module, learning


class ResNetUnit(nn.Module):
    """residual_block_v2 of keras.applications.resnet: He et al. 2016, identity mappings, with the stride in the 3 x 3 convolution."""

    def __init__(self, name, before, width, stride, projects):
        super().__init__()
        norm = lambda channels: nn.BatchNorm2d(channels, eps=1.001e-5)
        self.preact = fill_norm(norm(before).double(), f'{name}_preact_bn')
        self.conv1, bn1 = nn.Conv2d(before, width, 1, bias=False).double().eval(), norm(width).double()
        self.conv2, bn2 = nn.Conv2d(width, width, 3, stride, padding=1, bias=False).double().eval(), norm(width).double()
        self.conv3 = fill(nn.Conv2d(width, 4 * width, 1).double(), f'{name}_3_conv')
        self.conv1 = fused(fill(self.conv1, f'{name}_1_conv'), fill_norm(bn1, f'{name}_1_bn'))
        self.conv2 = fused(fill(self.conv2, f'{name}_2_conv'), fill_norm(bn2, f'{name}_2_bn'))
        self.conv0 = fill(nn.Conv2d(before, 4 * width, 1, stride).double(), f'{name}_0_conv') if projects else None
        self.stride = stride
        self.learning = {f'{name}_preact_bn': self.preact, f'{name}_1': self.conv1, f'{name}_2': self.conv2, f'{name}_3_conv': self.conv3}
        if projects:
            self.learning[f'{name}_0_conv'] = self.conv0

    def forward(self, x):
        active = F.relu(self.preact(x))
        shortcut = self.conv0(active) if self.conv0 else F.max_pool2d(x, 1, self.stride)
        return shortcut + self.conv3(F.relu(self.conv2(F.relu(self.conv1(active)))))


def resnet_block(number, before, width, strides):
    units = [ResNetUnit(f'conv{number + 1}_block{i + 1}', before if i == 0 else 4 * width, width, stride, i == 0) for i, stride in enumerate(strides)]
    return units, {name: module for unit in units for name, module in unit.learning.items()}


def resnet_beginning():
    """The first pool takes zeros at its border, as the convolution before it has no ReLU."""
    units, learning = resnet_block(1, 64, 64, (1, 1, 2))
    return nn.Sequential(nn.ZeroPad2d(1), nn.MaxPool2d(3, 2), *units), learning


def resnet_end():
    units, learning = resnet_block(4, 1024, 512, (1, 1, 1))
    norm = fill_norm(nn.BatchNorm2d(2048, eps=1.001e-5).double(), 'post_bn')
    return nn.Sequential(*units, norm, nn.ReLU()), {**learning, 'post_bn': norm}


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
}


def train(make, gathered, classifier, inputs, shape, make_optimiser):
    network, learning = make()
    head = nn.Linear(inputs, WORDS).double()
    head.weight.data = torch.tensor(wave_weight(f'{classifier}.kernel', (inputs, WORDS))).T.contiguous()
    head.bias.data = torch.tensor(wave_weight(f'{classifier}.bias', (WORDS,)))
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
