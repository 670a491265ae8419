"""Late stages of the networks that see, in PyTorch, as they go on learning: with the weights of a network that has learned, its batch norms fused.

VGG-19 and Inception-V3 are torchvision's, EfficientNet-Lite0 is its package's, ResNet-101-V2 is written after Keras Applications. Each function
gives a module that takes [batch, channels, rows, columns], and the layers in it that learn, by the program's names.
"""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from efficientnet_lite_pytorch import EfficientNet
from torch.nn.utils.fusion import fuse_conv_bn_eval
from torchvision.models import inception, vgg

from trainingSteps import phase_of, wave

NORM_PARTS = ('gamma', 'beta', 'mean', 'variance')


# Weights

def file_weight(name, shape):
    """A wave, as in tests/helpers/smallLateStages.ts. Kernels have their outputs last; of a kernel of single channels the last axis is 1."""
    length, phase = int(np.prod(shape)), phase_of(name)
    if name.endswith('mean'):
        return wave(length, phase, 0.2)
    if name.endswith(('variance', 'var')):
        return wave(length, phase, 0.3, 1.0)
    if len(shape) > 1:
        inputs = shape[0] * shape[1] if shape[-1] == 1 else length / shape[-1]
        return wave(length, phase, np.sqrt(3 / inputs)).reshape(shape)
    return wave(length, phase, 0.2, 1.0 if name.endswith(('gamma', 'weight')) else 0.0)


def to_ours(module):
    """A kernel with its axes in the program's order."""
    if module.weight.dim() == 2:
        return module.weight.T
    return module.weight.permute(2, 3, 0, 1) if module.groups > 1 else module.weight.permute(2, 3, 1, 0)


def from_ours(module, values):
    """The same back."""
    if values.dim() == 2:
        return values.T
    return values.permute(2, 3, 0, 1) if module.groups > 1 else values.permute(3, 2, 0, 1)


def fill(module, name, kernel='kernel'):
    """A convolution or a dense layer. @param kernel  what the weight file calls its kernel"""
    values = torch.tensor(file_weight(f'{name}.{kernel}', tuple(to_ours(module).shape)))
    module.weight.data = from_ours(module, values).contiguous()
    if module.bias is not None:
        module.bias.data = torch.tensor(file_weight(f'{name}.bias', tuple(module.bias.shape)))
    return module


def fill_norm(module, name, parts=NORM_PARTS):
    """A part called None stays as it is."""
    for part, value in zip(parts, (module.weight, module.bias, module.running_mean, module.running_var)):
        if part:
            value.data = torch.tensor(file_weight(f'{name}.{part}', tuple(value.shape)))
    return module.eval()


def fused(convolution, norm):
    """PyTorch leaves the bias of a convolution that had none out of learning."""
    return fuse_conv_bn_eval(convolution, norm).requires_grad_(True)


def parts_of(module):
    """Values by the program's names of them."""
    if isinstance(module, nn.BatchNorm2d):
        return dict(zip(NORM_PARTS, (module.weight, module.bias, module.running_mean, module.running_var)))
    return {'kernel': to_ours(module), 'bias': module.bias}


# Networks

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
        block.conv, block.bn = fused(block.conv, fill_norm(block.bn, name, (None, 'beta', 'mean', 'variance'))), nn.Identity()
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


def lite_end():
    """The blocks of 7 x 7 places and the head."""
    model = EfficientNet.from_name('efficientnet-lite0').double().eval()
    parts, learning = ('weight', 'bias', 'running_mean', 'running_var'), {}

    def fold(owner, prefix, convolution, norm):
        module = fill(getattr(owner, convolution), f'{prefix}{convolution}', 'weight')
        learning[f'{prefix}{convolution}'] = module = fused(module, fill_norm(getattr(owner, norm), f'{prefix}{norm}', parts))
        setattr(owner, convolution, module)
        setattr(owner, norm, nn.Identity())

    blocks = model._blocks[11:]
    for i, block in enumerate(blocks, 11):
        for convolution, norm in (('_expand_conv', '_bn0'), ('_depthwise_conv', '_bn1'), ('_project_conv', '_bn2')):
            fold(block, f'_blocks.{i}.', convolution, norm)
    fold(model, '', '_conv_head', '_bn1')
    return nn.Sequential(*blocks, model._conv_head, nn.ReLU6()), learning
