"""Networks that hear, behind their front ends, in PyTorch: written from their publications, not from the program's layers.

A network asks for its weights by the program's names, and gives its stages by theirs. `end` names the stage whose ReLU lets every gradient
through.
"""
import torch
import torch.nn.functional as F

from torchAudio import convolve, rectify


class Weights:
    def __init__(self, arrays):
        self.arrays = arrays
        self.used = set()

    def __call__(self, name):
        self.used.add(name)
        return torch.tensor(self.arrays[name].astype('float64'))

    def convolve(self, x, name, stride=1):
        return convolve(x, self(f'{name}.kernel').permute(3, 2, 0, 1), self(f'{name}.bias'), (stride, stride))

    def dense(self, x, name):
        return x @ self(f'{name}.kernel') + self(f'{name}.bias')

    def norm(self, x, name):
        mean, variance, gamma, beta = (self(f'{name}.{part}') for part in ('mean', 'variance', 'gamma', 'beta'))
        return F.batch_norm(x, mean, variance, gamma, beta, eps=1e-3)


def channels_last(x):
    return x.movedim(1, -1)


def vggish(w, x, end=None):
    """AudioSet's vggish_slim.py, its embedding without a ReLU, from a log-mel spectrogram [batch, patches, 96, 64]."""
    relu = lambda y, name: rectify(y, 'generation' if name == end else 'ordinary')
    patches, stages = x.shape[1], {}
    y = x.reshape(-1, 1, 96, 64)
    for name in ('conv1', 'conv2', 'conv3_1', 'conv3_2', 'conv4_1', 'conv4_2'):
        if name in ('conv2', 'conv3_1', 'conv4_1'):
            y = F.max_pool2d(y, 2)
        y = relu(w.convolve(y, name), name)
        stages[name] = channels_last(y)
    y = channels_last(F.max_pool2d(y, 2)).flatten(1)
    for name in ('fc1_1', 'fc1_2'):
        stages[name] = y = relu(w.dense(y, name), name)
    stages['embedding'] = w.dense(y, 'fc2')
    return {name: value.reshape(-1, patches, *value.shape[1:]) for name, value in stages.items()}


def deepspeech(w, x, end=None):
    """DeepSpeech 0.9.3's train.py up to layer_5, from framed MFCC [batch, steps, coefficients]."""
    relu = lambda y, name: rectify(y, 'generation' if name == end else 'ordinary', 20)
    stages, y = {}, x
    for name in ('layer_1', 'layer_2', 'layer_3'):
        stages[name] = y = relu(w.dense(y, name), name)
    stages['lstm'] = y = lstm(y, w('lstm.kernel'), w('lstm.bias'))
    stages['layer_5'] = relu(w.dense(y, 'layer_5'), 'layer_5')
    return stages


def lstm(x, kernel, bias):
    """PyTorch's own, which orders its gates input, forget, candidate, output, and would add a second bias."""
    torch_order = lambda values: torch.cat([values.chunk(4, -1)[i] for i in (0, 2, 1, 3)], -1)
    kernel, bias = torch_order(kernel), torch_order(bias)
    cells = bias.numel() // 4
    start = torch.zeros(1, x.shape[0], cells, dtype=x.dtype)
    weights = [kernel[:-cells].T, kernel[-cells:].T, bias, torch.zeros_like(bias)]
    y, _, _ = torch.lstm(x, (start, start), weights, has_biases=True, num_layers=1, dropout=0.0, train=True, bidirectional=False, batch_first=True)
    return y


def musicnn_vgg(w, x):
    """musicnn 0.1.0's models.py, vgg, up to its last pool: from a log-mel spectrogram [batch, 187, 96] to 256 values at 128 channels.

    Batch norms come after the ReLU, pools have no border, and the first takes every second mel band as it is.
    """
    y = w.norm(x[:, None], 'batch_normalization')
    for i, (window, stride) in enumerate([((4, 1), 2), ((2, 2), 2), ((2, 2), 2), ((2, 2), 2), ((4, 4), 4)], 1):
        y = w.norm(F.relu(w.convolve(y, f'{i}CNN')), f'batch_normalization_{i}')
        y = F.max_pool2d(y, window, stride)
    return channels_last(y).flatten(1)
