"""Golden values of the networks that hear, with the weights this program draws, from torchAudio.py.

    node bench/golden/exportNetwork.ts vggish W.safetensors
    python bench/golden/torchAudioNetworks.py vggish W.safetensors tests/fixtures/golden/vggish_torch.json

The same for deepspeech, word-cnn-aliased and word-cnn-reduced-aliasing-word-audioset; cochleagram-2023 needs the sounds only, which any of
those files has. PyTorch has to be there.
"""
import sys

import torch

from summaries import read_safetensors, summary, write_golden
from torchAudio import average_pool, cochleagram, framed_mfcc, hann_pool, max_pool, rectify, vggish_log_mel
from torchHearing import Weights, channels_last, deepspeech, vggish


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


def heard_by_vggish(w, x, end):
    log_mel = vggish_log_mel(x)
    return {'logmel': log_mel[..., None], **vggish(w, log_mel, end)}


def heard_by_deepspeech(w, x, end):
    mfcc = framed_mfcc(x)
    stages = deepspeech(w, mfcc, end)
    return {'mfcc': mfcc, **stages, 'layer_6': w.dense(stages['layer_5'], 'layer_6')}


ONE_HEAD = {'logits': 'fc_top'}
TWO_HEADS = {'logits_audioset': 'fc_top_audioset', 'logits': 'fc_top'}
# Builder, and the layers to take gradients at, with the gradient of the ReLU at their end.
NETWORKS = {
    'word-cnn-aliased': (lambda w, x, end: word_cnn(w, x, end, False, ONE_HEAD), [('cochleagram', 'ordinary'), ('conv_1', 'generation'), ('conv_3', 'ordinary'), ('logits', 'ordinary')]),
    'word-cnn-reduced-aliasing-word-audioset': (
        lambda w, x, end: word_cnn(w, x, end, True, TWO_HEADS),
        [('pool_1_0', 'ordinary'), ('conv_4', 'generation'), ('logits_audioset', 'ordinary'), ('logits', 'ordinary')],
    ),
    'vggish': (heard_by_vggish, [('logmel', 'ordinary'), ('conv3_2', 'generation'), ('fc1_1', 'ordinary'), ('embedding', 'ordinary')]),
    'deepspeech': (heard_by_deepspeech, [('mfcc', 'ordinary'), ('layer_3', 'generation'), ('lstm', 'ordinary'), ('layer_6', 'ordinary')]),
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
