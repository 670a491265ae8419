import type { NetworkInput } from '../../src-main/domain/network.ts'

export function inputWords(input: NetworkInput): string {
  if (input.kind === 'image') return `${input.height} × ${input.width} RGB`
  return `${Number((input.samples / input.sampleRateHz).toPrecision(4))} s at ${input.sampleRateHz / 1000} kHz`
}
