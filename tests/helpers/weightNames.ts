import path from 'node:path'
import type { NamedShape } from '../../src-main/engine/models/importing/namedShape.ts'
import { readJson } from './data.ts'

/** What the weight file of another program holds, by name and shape; bench/golden/weightNames.py wrote it. */
export function weightNames(file: string): NamedShape[] {
  const arrays = readJson<Record<string, number[]>>(path.resolve(import.meta.dirname, `../fixtures/weightNames/${file}.json`))
  return Object.entries(arrays).map(([name, shape]) => ({ name, shape }))
}
