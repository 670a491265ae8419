"""Golden values of the networks that hear, with the weights this program draws, from torchAudio.py.

    node bench/golden/exportNetwork.ts vggish W.safetensors
    python bench/golden/torchAudioNetworks.py vggish W.safetensors tests/fixtures/golden/vggish_torch.json

The same for deepspeech, word-cnn-aliased and word-cnn-reduced-aliasing-word-audioset; cochleagram-2023 needs the sounds only, which any of
those files has. PyTorch has to be there.
"""
import sys

import torch
import torch.nn.functional as F

from summaries import read_safetensors, summary, write_golden
from torchAudio import average_pool, cochleagram, convolve, framed_mfcc, hann_pool, max_pool, rectify, vggish_log_mel


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


def word_cnn(w, x, end, reduced, heads):
    """Stages by name, channels first where there are channels. `end` names the stage whose ReLU lets every gradient through."""
    relu = lambda y, name: rectify(y, 'generation' if name == end else 'ordinary')
    stages = {'cochleagram': cochleagram(x, 2019)}
    y = w.norm(stages['cochleagram'], 'batchnorm_0')
    if reduced:
        stages['pool_0_0'] = y = hann_pool(rectify(w.convolve(y, 'conv_0')), 3)
        y = w.norm(hann_pool(y, 2), 'batchnorm_1')
        stages['pool_1_0'] = y = hann_pool(rectify(w.convolve(y, 'conv_1')), 2)
        y = hann_pool(y, 2)
    else:
        stages['conv_0'] = y = relu(w.convolve(y, 'conv_0', 3), 'conv_0')
        y = w.norm(max_pool(y, (2, 5), (2, 2)), 'batchnorm_1')
        stages['conv_1'] = y = relu(w.convolve(y, 'conv_1', 2), 'conv_1')
        y = max_pool(y, (2, 5), (2, 2))
    y = w.norm(y, 'batchnorm_2')
    for name in ('conv_2', 'conv_3', 'conv_4'):
        stages[name] = y = relu(w.convolve(y, name), name)
    y = channels_last(average_pool(y, (2, 5), (2, 2))).flatten(1)
    stages['fc_intermediate'] = y = relu(w.dense(y, 'fc_intermediate'), 'fc_intermediate')
    for stage, name in heads.items():
        stages[stage] = w.dense(y, name)
    return {name: channels_last(value) if value.ndim == 4 else value for name, value in stages.items()}


def vggish(w, x, end):
    relu = lambda y, name: rectify(y, 'generation' if name == end else 'ordinary')
    stages = {'logmel': vggish_log_mel(x)[..., None]}
    y = stages['logmel'][..., 0].reshape(-1, 1, 96, 64)
    for name in ('conv1', 'conv2', 'conv3_1', 'conv3_2', 'conv4_1', 'conv4_2'):
        if name in ('conv2', 'conv3_1', 'conv4_1'):
            y = F.max_pool2d(y, 2)
        y = relu(w.convolve(y, name), name)
        stages[name] = channels_last(y)
    y = channels_last(F.max_pool2d(y, 2)).flatten(1)
    for name in ('fc1_1', 'fc1_2'):
        stages[name] = y = relu(w.dense(y, name), name)
    stages['embedding'] = w.dense(y, 'fc2')
    return {name: value.reshape(-1, 2, *value.shape[1:]) if name != 'logmel' else value for name, value in stages.items()}


def deepspeech(w, x, end):
    relu = lambda y, name: rectify(y, 'generation' if name == end else 'ordinary', 20)
    stages = {'mfcc': framed_mfcc(x)}
    y = stages['mfcc']
    for name in ('layer_1', 'layer_2', 'layer_3'):
        stages[name] = y = relu(w.dense(y, name), name)
    stages['lstm'] = y = lstm(w)(y)[0]
    stages['layer_5'] = y = relu(w.dense(y, 'layer_5'), 'layer_5')
    stages['layer_6'] = w.dense(y, 'layer_6')
    return stages


def lstm(w):
    """PyTorch's own, which orders its gates input, forget, candidate, output."""
    torch_order = lambda values: torch.cat([values.chunk(4, -1)[i] for i in (0, 2, 1, 3)], -1)
    kernel, bias = torch_order(w('lstm.kernel')), torch_order(w('lstm.bias'))
    cells = bias.numel() // 4
    layer = torch.nn.LSTM(cells, cells, batch_first=True, dtype=torch.float64)
    state = {'weight_ih_l0': kernel[:cells].T, 'weight_hh_l0': kernel[cells:].T, 'bias_ih_l0': bias, 'bias_hh_l0': torch.zeros_like(bias)}
    layer.load_state_dict(state)
    return layer.requires_grad_(False)


ONE_HEAD = {'logits': 'fc_top'}
TWO_HEADS = {'logits_audioset': 'fc_top_audioset', 'logits': 'fc_top'}
# Builder, and the layers to take gradients at, with the gradient of the ReLU at their end.
NETWORKS = {
    'word-cnn-aliased': (lambda w, x, end: word_cnn(w, x, end, False, ONE_HEAD), [('cochleagram', 'ordinary'), ('conv_1', 'generation'), ('conv_3', 'ordinary'), ('logits', 'ordinary')]),
    'word-cnn-reduced-aliasing-word-audioset': (
        lambda w, x, end: word_cnn(w, x, end, True, TWO_HEADS),
        [('pool_1_0', 'ordinary'), ('conv_4', 'generation'), ('logits_audioset', 'ordinary'), ('logits', 'ordinary')],
    ),
    'vggish': (vggish, [('logmel', 'ordinary'), ('conv3_2', 'generation'), ('fc1_1', 'ordinary'), ('embedding', 'ordinary')]),
    'deepspeech': (deepspeech, [('mfcc', 'ordinary'), ('layer_3', 'generation'), ('lstm', 'ordinary'), ('layer_6', 'ordinary')]),
    'cochleagram-2023': (lambda w, x, end: {'cochleagram': channels_last(cochleagram(x, 2023))}, [('cochleagram', 'ordinary')]),
}


def gradient_at(build, weights, layer, end, sound, reference):
    x = sound.clone().requires_grad_()
    target = build(weights, reference, None)[layer]
    loss = 0.5 * ((build(weights, x, layer if end == 'generation' else None)[layer] - target) ** 2).sum()
    gradient, = torch.autograd.grad(loss, x)
    return {'layer': layer, 'end': end, 'loss': loss.item(), **summary(gradient.numpy())}


def main(network, weights_file, out):
    arrays = read_safetensors(weights_file)
    sound, reference = (torch.tensor(arrays.pop(name).astype('float64')) for name in ('sound', 'reference'))
    build, gradients = NETWORKS[network]
    weights = Weights(arrays)
    result = {
        'made_by': f'numpy and PyTorch {torch.__version__.split("+")[0]}, float64; bench/golden/torchAudioNetworks.py',
        'parameters': 0, 'layers': {}, 'gradients': [],
    }
    with torch.no_grad():
        for name, values in build(weights, sound, None).items():
            result['layers'][name] = summary(values.contiguous().numpy())
    result['parameters'] = sum(arrays[name].size for name in weights.used)
    assert network == 'cochleagram-2023' or weights.used == set(arrays), set(arrays) - weights.used
    result['gradients'] = [gradient_at(build, weights, layer, end, sound, reference) for layer, end in gradients]
    write_golden(out, result)


main(*sys.argv[1:])
