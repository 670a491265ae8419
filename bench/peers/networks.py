"""The compared networks in PyTorch, random weights, up to and including one layer. Same arithmetic as the program's own."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F


def pad_same(x, kernel, stride):
    """TensorFlow's SAME padding: the odd zero goes to the bottom and the right."""
    amounts = []
    for size, k, s in zip(reversed(x.shape[2:]), reversed(kernel), reversed(stride)):
        total = max((math.ceil(size / s) - 1) * s + k - size, 0)
        amounts += [total // 2, total - total // 2]
    return F.pad(x, amounts) if any(amounts) else x


class SameConv(nn.Module):
    def __init__(self, c_in, c_out, kernel, stride=(1, 1), groups=1):
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, kernel, stride, groups=groups)

    def forward(self, x):
        return self.conv(pad_same(x, self.conv.kernel_size, self.conv.stride))


class InvertedResidual(nn.Module):
    """Expand, depthwise, project; batch norm folded into the convolutions, as in the program."""

    def __init__(self, c_in, c_out, kernel, stride, expansion):
        super().__init__()
        wide = c_in * expansion
        self.expand = SameConv(c_in, wide, (1, 1)) if expansion > 1 else None
        self.depthwise = SameConv(wide, wide, (kernel, kernel), (stride, stride), groups=wide)
        self.project = SameConv(wide, c_out, (1, 1))
        self.skip = stride == 1 and c_in == c_out

    def forward(self, x):
        y = x if self.expand is None else F.relu6(self.expand(x))
        y = self.project(F.relu6(self.depthwise(y)))
        return x + y if self.skip else y


# (repeats, kernel, stride, expansion, channels out)
LITE0_BLOCKS = [(1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112), (4, 5, 2, 6, 192), (1, 3, 1, 6, 320)]


class Lite0(nn.Module):
    def __init__(self, layer):
        super().__init__()
        self.stem = SameConv(3, 32, (3, 3), (2, 2))
        blocks, c = [], 32
        last = 0 if layer == 'stem' else 7 if layer == 'head' else int(layer[-1])
        for repeats, kernel, stride, expansion, out in LITE0_BLOCKS[:last]:
            for i in range(repeats):
                blocks.append(InvertedResidual(c, out, kernel, stride if i == 0 else 1, expansion))
                c = out
        self.blocks = nn.Sequential(*blocks)
        self.head = SameConv(320, 1280, (1, 1)) if layer == 'head' else None

    def forward(self, x):
        y = self.blocks(F.relu6(self.stem((255 * x - 127) / 128)))
        return y if self.head is None else F.relu6(self.head(y))


def vgg19(layer):
    widths = [(64, 2), (128, 2), (256, 4), (512, 4), (512, 4)]
    modules, c = [], 3
    for b, (width, count) in enumerate(widths, 1):
        for i in range(1, count + 1):
            conv = nn.Conv2d(c, width, 3, padding=1)
            nn.init.kaiming_normal_(conv.weight, nonlinearity='relu')
            modules += [conv, nn.ReLU(inplace=True)]
            c = width
            if layer == f'conv{b}_{i}':
                return nn.Sequential(*modules)
        modules.append(nn.MaxPool2d(2))
    raise SystemExit(f'VGG-19 has no layer {layer}')


class Unit(nn.Module):
    """ResNet-V2: norm and ReLU, then narrow, filter, widen, the later norms folded in; plus the input, a projection or every other pixel of it."""

    def __init__(self, c_in, width, stride, first):
        super().__init__()
        self.scale, self.offset = nn.Parameter(torch.rand(1, c_in, 1, 1)), nn.Parameter(torch.randn(1, c_in, 1, 1))
        self.narrow, self.filter, self.widen = nn.Conv2d(c_in, width, 1), nn.Conv2d(width, width, 3, stride, padding=1), nn.Conv2d(width, 4 * width, 1)
        self.shortcut = nn.Conv2d(c_in, 4 * width, 1, stride) if first else nn.MaxPool2d(1, stride) if stride > 1 else None

    def forward(self, x):
        active = F.relu(x * self.scale + self.offset)
        y = self.widen(F.relu(self.filter(F.relu(self.narrow(active)))))
        first = isinstance(self.shortcut, nn.Conv2d)
        return y + (self.shortcut(active if first else x) if self.shortcut else x)


def resnet101v2(layer):
    modules, c = [nn.Conv2d(3, 64, 7, 2, padding=3), nn.ConstantPad2d(1, 0.), nn.MaxPool2d(3, 2)], 64
    for units, width, stride in [(3, 64, 2), (4, 128, 2), (23, 256, 2), (3, 512, 1)][:int(layer[-1])]:
        for i in range(units):
            modules.append(Unit(c, width, stride if i == units - 1 else 1, i == 0))
            c = 4 * width
    return nn.Sequential(*modules)


class WordCnn(nn.Module):
    """The aliased word network up to the ReLU of conv_4, from a cochleagram [batch, 211, 400]."""

    SPEC = [(1, 96, (7, 14), (3, 3)), (96, 256, (4, 8), (2, 2)), (256, 512, (2, 5), (1, 1)), (512, 1024, (2, 5), (1, 1)), (1024, 512, (2, 5), (1, 1))]

    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList(SameConv(*s) for s in self.SPEC)

    def forward(self, cochleagram):
        y = cochleagram[:, None]
        for i, conv in enumerate(self.convs):
            y = F.relu(conv(y))
            if i < 2:
                y = F.max_pool2d(pad_same(y, (2, 5), (2, 2)), (2, 5), 2)
        return y


class HannPool(nn.Module):
    """Hann-weighted averages, four strides wide; the window's ends are zero and left out, as in the program."""

    def __init__(self, channels, stride):
        super().__init__()
        window = torch.hann_window(4 * stride, periodic=False)
        window = (window / window.sum())[1:-1]
        self.register_buffer('window', torch.outer(window, window).expand(channels, 1, -1, -1).contiguous())
        self.stride = stride

    def forward(self, x):
        padded = pad_same(x, self.window.shape[2:], (self.stride, self.stride))
        return F.conv2d(padded, self.window, stride=self.stride, groups=x.shape[1])


class TrainableWordCnn(nn.Module):
    """The whole word network with batch norms and dropout, from a cochleagram [batch, 1, 211, 400] to 794 logits."""

    def __init__(self, form, channels=(96, 256, 512, 1024, 512), fc=4096, outputs=794, flat=(5, 9)):
        super().__init__()
        aliased = form == 'aliased'
        inputs = (1, *channels)
        kernels, strides = [(7, 14), (4, 8), (2, 5), (2, 5), (2, 5)], ([3, 2] if aliased else [1, 1]) + [1, 1, 1]
        max_pool = lambda y: F.max_pool2d(pad_same(y, (2, 5), (2, 2)), (2, 5), 2)
        hann_pools = lambda *strides_of: nn.ModuleList(nn.Sequential(*(HannPool(c, s) for s in pair)) for c, pair in zip(channels, strides_of))
        self.pools = [max_pool, max_pool] if aliased else hann_pools((3, 2), (2, 2))
        self.convs = nn.ModuleList(SameConv(i, c, k, (s, s)) for i, c, k, s in zip(inputs, channels, kernels, strides))
        # PyTorch's momentum is the share of the new value.
        self.norms = nn.ModuleList(nn.BatchNorm2d(c, eps=1e-3, momentum=0.01) for c in inputs[:3])
        self.fc_intermediate = nn.Linear(channels[4] * flat[0] * flat[1], fc)
        self.fc_top = nn.Linear(fc, outputs)
        self.dropout = nn.Dropout(0.5)

    def forward(self, y):
        for i, conv in enumerate(self.convs):
            y = F.relu(conv(self.norms[i](y) if i < 3 else y))
            if i < 2:
                y = self.pools[i](y)
        # Zeros of the border are not counted: the sums of values and of ones, divided.
        pool = lambda x: F.avg_pool2d(pad_same(x, (2, 5), (2, 2)), (2, 5), 2)
        y = pool(y) / pool(torch.ones_like(y[:1, :1]))
        # Places before channels, as the program flattens.
        y = y.permute(0, 2, 3, 1).flatten(1)
        return self.fc_top(self.dropout(F.relu(self.fc_intermediate(y))))
