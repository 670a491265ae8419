"""Four steps of training in PyTorch, float64, on examples that are waves: the formulas are those of tests/helpers/trainingWaves.ts."""
import numpy as np
import torch
import torch.nn.functional as F

BATCH, WORDS, SOUNDS = 6, 5, 3
MOMENTUM, DECAY = 0.9, 0.001


def wave(length, phase, scale, centre=0.0):
    """It repeats itself after 65,521 values."""
    i = np.arange(length, dtype=np.float64) % 65521
    # The program's arrays are float32.
    return (centre + scale * np.sin(1.7 * i + 0.13 * i * i + phase)).astype(np.float32).astype(np.float64)


def phase_of(name):
    return sum((i + 1) * ord(letter) for i, letter in enumerate(name))


def wave_weight(name, shape):
    """First values of a weight, as the program keeps it: outputs last."""
    length = int(np.prod(shape))
    if name.endswith('.mean'):
        return np.zeros(shape)
    if name.endswith('.variance'):
        return np.ones(shape)
    scale = np.sqrt(3 / (length / shape[-1])) if name.endswith('.kernel') else 0.2
    return wave(length, phase_of(name), scale, 1.0 if name.endswith('.gamma') else 0.0).reshape(shape)


def examples(step, shape, batch=BATCH, scale=1.0):
    return torch.tensor(wave(batch * int(np.prod(shape)), 100 + step, scale, 1.0).reshape(batch, *shape))


def loss_of(outputs, step, two, batch=BATCH):
    """The loss of one head, of words; or of two, [sounds, words], with three times that of the sounds."""
    words = torch.tensor([(i + step) % WORDS for i in range(batch)])
    if not two:
        return F.cross_entropy(outputs, words)
    present = torch.tensor([[float((i * 7 + step) % 3 == 0)] for i in range(batch * SOUNDS)]).reshape(batch, SOUNDS).double()
    return 3 * F.binary_cross_entropy_with_logits(outputs[0], present) + F.cross_entropy(outputs[1], words)


def sgd(parameters, rate=0.02):
    return torch.optim.SGD(parameters, rate, momentum=MOMENTUM, weight_decay=DECAY)


def adam(parameters, rate=0.002):
    return torch.optim.Adam(parameters, rate, betas=(0.9, 0.99), eps=1e-6, weight_decay=DECAY)


def losses_of(loss_at, optimiser, steps=4):
    """Train. `loss_at` gives the loss of a step's examples; the losses before each update come back."""
    losses = []
    for step in range(steps):
        optimiser.zero_grad()
        loss = loss_at(step)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return losses
