"""The front ends that hear and the layers behind them, written anew from their publications in numpy and PyTorch, float64.

Nothing is taken over from the program: the rate is changed by stuffing zeros and filtering at 80 kHz, frames go through PyTorch's
Fourier transform, the mel bands follow the loops of their sources, and cochleagrams take every subband at the full rate.
"""
import numpy as np
import torch
import torch.nn.functional as F


class ClippedPower(torch.autograd.Function):
    """x ** power, the slope clipped."""
    @staticmethod
    def forward(ctx, x, power, steepest):
        ctx.save_for_backward(x)
        ctx.power, ctx.steepest = power, steepest
        return x ** power

    @staticmethod
    def backward(ctx, dy):
        x, = ctx.saved_tensors
        return dy * torch.clamp(ctx.power * x ** (ctx.power - 1), -ctx.steepest, ctx.steepest), None, None


class ClippedLog(torch.autograd.Function):
    """log(x), the slope clipped to 1."""
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.log(x)

    @staticmethod
    def backward(ctx, dy):
        return dy * torch.clamp(1 / ctx.saved_tensors[0], -1, 1)


class PassingClamp(torch.autograd.Function):
    """Clamp the values, let every gradient through."""
    @staticmethod
    def forward(ctx, x, low, high):
        return torch.clamp(x, low, high)

    @staticmethod
    def backward(ctx, dy):
        return dy, None, None


def rectify(x, end='ordinary', ceiling=None):
    return PassingClamp.apply(x, 0, ceiling) if end == 'generation' else torch.clamp(x, 0, ceiling)


# Cochleagrams

def erb(hz):
    return 9.265 * np.log(1 + hz / (24.7 * 9.265))


def erb_filters(samples, rate, filters, low, high, factor=4):
    """[rows, samples / 2 + 1]: low-pass, half-cosine and high-pass rows, squares summing to one."""
    places = erb(np.linspace(0, rate / 2, samples // 2 + 1))
    count = factor * (filters + 1) - 1
    edges = np.linspace(erb(low), erb(high), count + 2)
    centres, half = edges[1:-1], factor * (edges[1] - edges[0])
    inside = np.abs(places - centres[:, None]) < half
    bands = np.where(inside, np.cos(np.pi * (places - centres[:, None]) / (2 * half)), 0)
    lows = [np.where(places <= centres[k], np.sqrt(1 - bands[k] ** 2), 0) for k in range(factor)]
    highs = [np.where(places >= centres[k], np.sqrt(1 - bands[k] ** 2), 0) for k in range(count - factor, count)]
    return np.vstack([lows, bands, highs]) / np.sqrt(factor)


def anti_alias():
    t = np.arange(1001) - 500.5
    return np.kaiser(1001, 5) * np.sinc(t / 100) / 100


COCHLEAGRAMS = {
    2019: {'low': 20, 'high': 8000, 'padding': (450, 451), 'scale': 796.87416837456942, 'offset': 0, 'steepest': 1, 'below': 'ordinary'},
    2023: {'low': 50, 'high': 10000, 'padding': (0, 0), 'scale': 1, 'offset': 1e-8, 'steepest': 5, 'below': 'generation'},
}


def cochleagram(wave, year):
    """[batch, 40000] to [batch, 1, 211, columns]."""
    c = COCHLEAGRAMS[year]
    samples = wave.shape[1]
    filters = torch.tensor(erb_filters(samples, 20000, 50, c['low'], c['high']))
    spectrum = torch.fft.rfft(wave)[:, None] * filters
    envelopes = torch.fft.ifft(F.pad(spectrum, (0, samples // 2 - 1))).abs()
    taps = torch.tensor(anti_alias())[None, None]
    batch, rows, _ = envelopes.shape
    slow = F.conv1d(F.pad(envelopes.reshape(batch * rows, 1, samples), c['padding']), taps, stride=100)
    scaled = c['scale'] * rectify(slow, c['below']) + c['offset']
    return ClippedPower.apply(scaled, 0.3, c['steepest']).reshape(batch, 1, rows, -1)


# Log-mel and MFCC

def to_16_khz(wave):
    """20 to 16 kHz: three zeros after each sample, a windowed sinc at 80 kHz, every fifth value."""
    reach, beta, cutoff = 64, 8, 0.95
    k = np.arange(-320, 321) / 5  # in samples at 16 kHz
    window = np.i0(beta * np.sqrt(np.maximum(0, 1 - (k / reach) ** 2))) / np.i0(beta)
    taps = torch.tensor(0.8 * cutoff * np.sinc(cutoff * k) * window)
    stuffed = F.pad(wave[:, :, None], (0, 3)).reshape(wave.shape[0], 1, -1)
    return F.conv1d(stuffed, taps[None, None], padding=320, stride=5)[:, 0]


def magnitudes(wave, length, hop):
    """[batch, samples] to [batch, frames, 257]."""
    frames = wave.unfold(1, length, hop) * torch.hann_window(length, periodic=True, dtype=torch.float64)
    return torch.fft.rfft(frames, 512).abs()


def htk_mel(hz):
    return 1127 * np.log(1 + np.asarray(hz) / 700)


def vggish_bands():
    """mel_features.spectrogram_to_mel_matrix"""
    bins = htk_mel(np.linspace(0, 8000, 257))
    edges = np.linspace(htk_mel(125), htk_mel(7500), 66)
    matrix = np.empty((257, 64))
    for i in range(64):
        low, centre, high = edges[i:i + 3]
        matrix[:, i] = np.maximum(0, np.minimum((bins - low) / (centre - low), (high - bins) / (high - centre)))
    matrix[0] = 0
    return torch.tensor(matrix)


def tensorflow_bands(channels=40, low=20, high=8000, bins=257):
    """mfcc_mel_filterbank.cc: each bin's weight, and the rest of it to the next channel."""
    spacing = (htk_mel(high) - htk_mel(low)) / (channels + 1)
    centres = htk_mel(low) + spacing * np.arange(1, channels + 2)
    hz_per_bin = 0.5 * 16000 / (bins - 1)
    matrix = np.zeros((bins, channels))
    channel = 0
    for i in range(int(1.5 + low / hz_per_bin), int(high / hz_per_bin) + 1):
        mel = htk_mel(i * hz_per_bin)
        while channel < channels and centres[channel] < mel:
            channel += 1
        own = channel - 1
        below = centres[own] if own >= 0 else htk_mel(low)
        weight = (centres[own + 1] - mel) / (centres[own + 1] - below)
        if own >= 0:
            matrix[i, own] += weight
        if own + 1 < channels:
            matrix[i, own + 1] += 1 - weight
    return torch.tensor(matrix)


def vggish_log_mel(wave):
    """[batch, 40000] to [batch, 2, 96, 64]."""
    mel = magnitudes(to_16_khz(wave), 400, 160) @ vggish_bands()
    return ClippedLog.apply(mel + 0.01)[:, :192].reshape(-1, 2, 96, 64)


def framed_mfcc(wave):
    """[batch, 40000] to [batch, 99, 494]."""
    bands = magnitudes(to_16_khz(wave), 512, 320) @ tensorflow_bands()
    logs = ClippedLog.apply(torch.clamp(bands, min=1e-12))
    i, j = np.arange(26)[:, None], np.arange(40)
    cosines = torch.tensor(np.sqrt(2 / 40) * np.cos(i * np.pi / 40 * (j + 0.5)))
    mfcc = F.pad(logs @ cosines.T, (0, 0, 9, 9))
    return mfcc.unfold(1, 19, 1).transpose(2, 3).flatten(2)


# Layers with TensorFlow's SAME padding

def same(x, size, stride, value=0.0):
    pads = []
    for length, window, step in zip(reversed(x.shape[2:]), reversed(size), reversed(stride)):
        total = max((-(-length // step) - 1) * step + window - length, 0)
        pads += [total // 2, total - total // 2]
    return F.pad(x, pads, value=value)


def convolve(x, kernel, bias=None, stride=(1, 1), groups=1):
    return F.conv2d(same(x, kernel.shape[2:], stride), kernel, bias, stride, groups=groups)


def max_pool(x, size, stride):
    return F.max_pool2d(same(x, size, stride, float('-inf')), size, stride)


def average_pool(x, size, stride):
    """Zeros of the border are not counted."""
    counts = F.avg_pool2d(same(torch.ones_like(x[:1, :1]), size, stride), size, stride)
    return F.avg_pool2d(same(x, size, stride), size, stride) / counts


def hann_pool(x, stride):
    i = np.arange(4 * stride)
    window = 0.5 * (1 - np.cos(2 * np.pi * i / (4 * stride - 1)))
    kernel = torch.tensor(np.outer(window, window) / window.sum() ** 2)
    channels = x.shape[1]
    return convolve(x, kernel.expand(channels, 1, -1, -1), stride=(stride, stride), groups=channels)
