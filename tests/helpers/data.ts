import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

/**
 * Where a data file lies: in this repository's fixtures, else in the folder METAMER_LAB_DATA names.
 * `relative` starts with golden/ or data/, e.g. "golden/center_freqs.f32".
 *
 * @returns the path, or null when the file is not on this machine: skip the test and say so
 */
export function dataPath(relative: string): string | null {
  const places = [path.join(root, 'tests/fixtures', relative)]
  if (process.env['METAMER_LAB_DATA']) places.push(path.join(process.env['METAMER_LAB_DATA'], relative))
  return places.find((p) => existsSync(p)) ?? null
}

export function readFloat32(file: string): Float32Array {
  const bytes = readFileSync(file)
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

export function readJson<T = Record<string, unknown>>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T
}

/** Relative L2 error of `actual` against `expected`. */
export function relativeL2(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let difference = 0
  let norm = 0
  for (let i = 0; i < expected.length; i++) {
    difference += (actual[i]! - expected[i]!) ** 2
    norm += expected[i]! ** 2
  }
  return Math.sqrt(difference / norm)
}

export function maxAbsDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = 0
  for (let i = 0; i < expected.length; i++) worst = Math.max(worst, Math.abs(actual[i]! - expected[i]!))
  return worst
}
