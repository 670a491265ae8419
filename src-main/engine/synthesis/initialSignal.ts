import type { NetworkInput } from '../../domain/network.ts'
import type { Protocol } from '../../domain/protocol.ts'
import { inverseRealFft, type ComplexVector } from '../support/fft.ts'
import { createRandom, type Random } from '../support/random.ts'
import { signalLength } from './signalSpace.ts'

/**
 * Draw the noise that synthesis starts from. It depends on the seed and the shape of the input only,
 * so that all layers and references of one seed share it.
 *
 * @returns pictures: white noise in [0.5, 0.6) or [0.45, 0.55), row-major; sounds: pink noise, mean 0, full scale = 1
 */
export function initialSignal(
  input: NetworkInput,
  protocol: Pick<Protocol, 'imageStart' | 'initialRms'>,
  seed: number,
): Float32Array {
  const random = createRandom(seed, 'initial signal')
  return input.kind === 'image'
    ? whiteNoise(signalLength(input), protocol.imageStart, random)
    : pinkNoise(input.samples, protocol.initialRms, random)
}

/**
 * @source authors' 2019 code, make_initialization_op_random_image: centre + 0.1 U, although the paper
 *         says that the mean is the centre; 'centred' is as the paper says
 */
function whiteNoise(length: number, start: Protocol['imageStart'], random: Random): Float32Array {
  const lowest = start === 'code' ? 0.5 : 0.45
  // Rounding to float32 must not reach the open end of the interval.
  const highest = start === 'code' ? largestFloat32Below(0.6) : largestFloat32Below(0.55)
  return Float32Array.from({ length }, () => Math.min(lowest + 0.1 * random.uniform(), highest))
}

function largestFloat32Below(x: number): number {
  const rounded = Math.fround(x)
  return rounded < x ? rounded : Math.fround(x - 2 ** -24)
}

/**
 * Draw noise whose power falls as 1/frequency.
 * Departure: the authors scale before they subtract the mean, which leaves the sound about 1 % quieter than the
 * RMS that paper and code both name; here the RMS is met.
 *
 * @source authors' 2019 code, _make_pink_noise: complex normals, bin k divided by sqrt(k + 1); an odd length
 *         takes one bin more and drops the last sample
 */
function pinkNoise(samples: number, rms: number, random: Random): Float32Array {
  const evenLength = samples + (samples % 2)
  const noise = inverseRealFft(pinkSpectrum(evenLength / 2 + 1, random), evenLength).subarray(0, samples)
  const mean = noise.reduce((sum, value) => sum + value, 0) / samples
  const power = noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / samples
  const scale = rms / Math.sqrt(power)
  return Float32Array.from(noise, (value) => (value - mean) * scale)
}

function pinkSpectrum(bins: number, random: Random): ComplexVector {
  const draw = (): Float64Array => Float64Array.from({ length: bins }, (_, k) => random.normal() / Math.sqrt(k + 1))
  return { re: draw(), im: draw() }
}
