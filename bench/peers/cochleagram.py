"""The 2019 cochleagram in PyTorch: rFFT, 211 ERB filters, analytic magnitude, 1001 taps at stride 100, power 0.3."""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

SAMPLES, RATE, BANDS, FACTOR = 40000, 20000, 50, 4


def erb(f):
    return 9.265 * np.log(1 + f / (24.7 * 9.265))


def filters():
    """211 rows x 20001 bins; rows: low-pass, half-cosines on the ERB scale, high-pass; squares sum to one."""
    grid = np.linspace(0, RATE / 2, SAMPLES // 2 + 1)
    n = FACTOR * (BANDS + 1) - 1
    centres = np.linspace(erb(20.0), erb(8000.0), n + 2)[1:-1]
    reach = FACTOR * (centres[1] - centres[0])
    distance = erb(grid)[None] - centres[:, None]
    band = np.where(np.abs(distance) < reach, np.cos(np.pi * distance / (2 * reach)), 0)
    hz = 24.7 * 9.265 * (np.exp(centres / 9.265) - 1)
    low = [np.where(grid <= grid[grid < hz[k]].max(), np.sqrt(np.clip(1 - band[k] ** 2, 0, None)), 0) for k in range(FACTOR)]
    high = [np.where(grid >= grid[grid > hz[n - 1 - k]].min(), np.sqrt(np.clip(1 - band[n - 1 - k] ** 2, 0, None)), 0) for k in range(FACTOR)]
    return (np.concatenate([low, band, high[::-1]]) / np.sqrt(FACTOR)).astype(np.float32)


def taps():
    t = np.arange(1001) - 500.5
    return (np.kaiser(1001, 5) * np.sinc(t / 100) / 100).astype(np.float32)


class ClippedPower(torch.autograd.Function):
    @staticmethod
    def forward(ctx, e):
        ctx.save_for_backward(e)
        return e.pow(0.3)

    @staticmethod
    def backward(ctx, g):
        (e,) = ctx.saved_tensors
        return g * e.pow(-0.7).mul_(0.3).clamp_(max=1.0)


class Cochleagram(nn.Module):
    """fir 'conv1d' as one would write it, 'matmul' as blocks of 100 samples times a matrix, which is faster."""

    def __init__(self, fir):
        super().__init__()
        self.fir = fir
        self.register_buffer('h', torch.from_numpy(filters()))
        self.register_buffer('w', torch.from_numpy(taps())[None, None])
        self.register_buffer('blocks', torch.from_numpy(np.pad(taps(), (0, 99)).reshape(11, 100).T.copy()))

    def decimate(self, e):
        batch, rows, _ = e.shape
        if self.fir == 'conv1d':
            return F.conv1d(F.pad(e.reshape(batch * rows, 1, -1), (450, 451)), self.w, stride=100).view(batch, rows, 400)
        products = F.pad(e, (450, 550)).view(batch, rows, 410, 100) @ self.blocks
        return sum(products[:, :, k:k + 400, k] for k in range(11))

    def forward(self, x):
        z = torch.fft.rfft(x)[:, None] * self.h
        envelope = torch.fft.ifft(F.pad(z, (0, SAMPLES // 2 - 1))).abs()
        return ClippedPower.apply(F.relu(self.decimate(envelope)) * 796.87416837456942)
