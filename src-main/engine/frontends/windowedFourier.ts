/**
 * A periodic Hann window and the Fourier transform of real frames, as one matrix. A frame shorter than the transform is followed
 * by zeros there.
 *
 * @returns [frameLength, 2 * bins], row-major: the real parts of the bins from 0 Hz to Nyquist, then the imaginary parts
 */
export function windowedFourier(frameLength: number, transformLength: number): Float32Array {
  const bins = transformLength / 2 + 1
  return Float32Array.from({ length: frameLength * 2 * bins }, (_, i) => {
    const [t, column] = [Math.floor(i / (2 * bins)), i % (2 * bins)]
    const window = 0.5 * (1 - Math.cos((2 * Math.PI * t) / frameLength))
    const phase = (2 * Math.PI * ((t * (column % bins)) % transformLength)) / transformLength
    return window * (column < bins ? Math.cos(phase) : -Math.sin(phase))
  })
}
