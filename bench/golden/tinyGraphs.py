"""Two small networks with the operators of large ones, by both exporters of PyTorch: tests/fixtures/golden/graphs.

    PYTHONPATH=FOLDER python bench/golden/tinyGraphs.py tests/fixtures/golden/graphs

FOLDER as for torchGraphs.py, which says what is beside each file.
"""
import os
import sys

import numpy as np
import onnx
import torch
from torch import nn

from summaries import write_safetensors
from torchGraphs import export, gradient_of, settle_norms, spread_tensors


class TinyConvolutional(nn.Module):
    """Strided, depthwise, grouped and squeezed convolutions, three pools, a concatenation."""
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 16, 7, 2, 3, bias=False), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(3, 2, 1, ceil_mode=True))
        self.depthwise = nn.Sequential(nn.Conv2d(16, 16, 3, 1, 1, groups=16, bias=False), nn.BatchNorm2d(16), nn.ReLU6(), nn.Conv2d(16, 16, 1))
        self.before = nn.Sequential(nn.BatchNorm2d(16), nn.ReLU(), nn.Conv2d(16, 8, 3, 1, 2, dilation=2))
        self.squeeze = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(24, 24, 1), nn.Hardsigmoid())
        self.last = nn.Sequential(nn.Conv2d(24, 24, 3, 2, 1, groups=2), nn.SiLU(), nn.AvgPool2d(3, 2, 1))
        self.scores = nn.Linear(24, 10)

    def forward(self, x):
        y = self.stem(x)
        y = y + self.depthwise(y)
        y = torch.cat([y, self.before(y)], 1)
        y = nn.functional.interpolate(self.last(y * self.squeeze(y)), scale_factor=2, mode='bilinear')
        return self.scores(torch.flatten(nn.functional.adaptive_avg_pool2d(y, 1), 1))


class TinyTransformer(nn.Module):
    """Patches, a class token, attention, GELU."""
    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, 24, 8, 8)
        self.token = nn.Parameter(torch.randn(1, 1, 24))
        self.places = nn.Parameter(torch.randn(1, 17, 24))
        self.norms = nn.ModuleList([nn.LayerNorm(24) for _ in range(3)])
        self.attention = nn.MultiheadAttention(24, 3, batch_first=True)
        self.inner = nn.Sequential(nn.Linear(24, 48), nn.GELU(), nn.Linear(48, 24))
        self.scores = nn.Linear(24, 10)

    def forward(self, x):
        y = self.patches(x).reshape(x.shape[0], 24, -1).permute(0, 2, 1)
        y = torch.cat([self.token.expand(x.shape[0], -1, -1), y], 1) + self.places
        z = self.norms[0](y)
        y = y + self.attention(z, z, z, need_weights=False)[0]
        y = y + self.inner(self.norms[1](y))
        return self.scores(self.norms[2](y)[:, 0])


def strip(path):
    """Without the exporter's notes, which name the files of the machine it ran on."""
    model = onnx.load(path)
    for part in [model, model.graph, *model.graph.node, *model.graph.value_info, *model.graph.input, *model.graph.output, *model.graph.initializer]:
        part.ClearField('metadata_props')
        part.ClearField('doc_string')
    onnx.save(model, path)


def main(out):
    torch.backends.mha.set_fastpath_enabled(False)
    os.makedirs(out, exist_ok=True)
    for name, make in {'convolutional': TinyConvolutional, 'transformer': TinyTransformer}.items():
        torch.manual_seed(1)
        model = make()
        settle_norms(model, 32)
        model.eval()
        x = torch.tensor(np.random.default_rng(1).uniform(-1, 1, (1, 3, 32, 32)).astype('float32'))
        paths = [os.path.join(out, f'{name}-{exporter}-{opset}.onnx') for exporter, opset in (('legacy', 14), ('dynamo', 20))]
        for path in paths:
            exporter, opset = path.removesuffix('.onnx').split('-')[-2:]
            export(model, x, exporter, int(opset), path)
            strip(path)
        gradient = gradient_of(model, x)
        for path in paths:
            graph = onnx.load(path)
            write_safetensors(path.replace('.onnx', '.safetensors'), {'input': x.numpy(), 'input gradient': gradient, **spread_tensors(graph, {graph.graph.input[0].name: x.numpy()})})


main(*sys.argv[1:])
