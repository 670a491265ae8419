import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** ρ of one pair after the other at every layer, on disk: what a stopped job has done is found again. */
export interface PairValues {
  readonly pairs: number
  /** NaN where it is undefined. */
  add(rhos: Float32Array): void
  ofLayer(layer: number): Float32Array
}

export function openPairValues(folder: string, layers: number): PairValues {
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, 'pairs.rho')
  const stored = existsSync(file) ? readFileSync(file) : new Uint8Array(0)
  const values = Array.from(new Float32Array(stored.buffer.slice(stored.byteOffset, stored.byteOffset + stored.length - (stored.length % (4 * layers)))))
  return {
    get pairs() {
      return values.length / layers
    },
    add(rhos) {
      values.push(...rhos)
      appendFileSync(file, new Uint8Array(rhos.buffer, rhos.byteOffset, rhos.byteLength))
    },
    ofLayer: (layer) => Float32Array.from({ length: values.length / layers }, (_, pair) => values[pair * layers + layer]!),
  }
}
