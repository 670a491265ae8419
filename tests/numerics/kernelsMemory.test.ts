import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { create2023FrontEnd, createCochleagramFrontEnd, createFrontEnd, type CochleagramFrontEnd } from '../../src-main/engine/frontends/cochleagram.ts'
import { installKernels, type EnvelopesKernelDesign, type Kernels } from '../../src-main/engine/native/kernels.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'

const kernels = path.resolve(import.meta.dirname, '../../src-main/engine/native/kernels')
const program = path.resolve(import.meta.dirname, '../helpers/checkEnvelopes.cc')
const sources = ['envelopes', 'group', 'fourier', 'spectrum', 'team'].map((name) => path.join(kernels, `${name}.cc`))
const checks = ['-std=c++17', '-O1', '-g', '-Wno-psabi', '-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-pthread']
const folder = mkdtempSync(path.join(os.tmpdir(), 'metamer-lab-kernels-'))
const built = path.join(folder, 'envelopes')

/** Why this machine's compiler cannot check memory, where it cannot. */
let missing: string | null = null

beforeAll(async () => {
  await loadBackend()
  missing = cannotCheck()
  if (missing === null) compile(['-I', kernels, program, ...sources])
}, 120_000)
beforeEach((context) => context.skip(missing !== null, missing ?? ''))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function compile(args: string[], input = ''): void {
  execFileSync(process.env['CXX'] ?? 'g++', [...checks, ...args, '-o', built], { input, stdio: 'pipe' })
}

function cannotCheck(): string | null {
  try {
    compile(['-x', 'c++', '-'], 'int main() {}')
    return null
  } catch (error) {
    return `no compiler with checks of memory: ${(error as Error).message.split('\n', 1)[0]}`
  }
}

/** What a front end gives to the kernels. */
function designOf(frontEnd: CochleagramFrontEnd): EnvelopesKernelDesign {
  let design: EnvelopesKernelDesign | null = null
  installKernels({
    makeEnvelopes: (given: EnvelopesKernelDesign) => (design = given),
    forward: () => new Float32Array(design!.groups.reduce((rows, group) => rows + group.rows.length, 0) * design!.columns),
  } as unknown as Kernels, 1)
  tf.tidy(() => frontEnd.forward(tf.zeros([1, frontEnd.samples])))
  installKernels(null, 1)
  return design!
}

/** As the program reads it: whole numbers and float32, each list after its length. */
function bytesOf({ samples, columns, reach, groups }: EnvelopesKernelDesign): Buffer {
  const numbers = (...values: number[]) => Buffer.from(Int32Array.from(values).buffer)
  const floats = (values: Float32Array) => Buffer.concat([numbers(values.length), Buffer.from(values.slice().buffer)])
  return Buffer.concat([
    numbers(samples, columns, reach, groups.length),
    ...groups.flatMap(({ length, taps, ends, rows }) => [
      numbers(length), floats(taps), floats(ends), numbers(rows.length),
      ...rows.flatMap(({ start, responses }) => [numbers(start), floats(responses)]),
    ]),
  ])
}

describe('the envelope kernels, built with the compiler\'s checks of memory', () => {
  const small = { samples: 8000, sampleRateHz: 8000, envelopeRateHz: 100, taps: 401, filters: 13, sampleFactor: 2, lowestHz: 50, highestHz: 3500 }
  it.each<[string, () => CochleagramFrontEnd]>([
    ['the cochleagram of 2019', () => createCochleagramFrontEnd({ filters: 50, method: 'reduced' })],
    ['that with 40 filters, of one second', () => createCochleagramFrontEnd({ filters: 40, method: 'reduced', durationS: 1 })],
    ['the cochleagram of 2023', () => create2023FrontEnd({ method: 'reduced' })],
    ['other sizes', () => createFrontEnd(small, 'reduced')],
  ])('stay within what is theirs: %s', (name, create) => {
    const frontEnd = create()
    const file = path.join(folder, `${name}.design`)
    writeFileSync(file, bytesOf(designOf(frontEnd)))
    expect(execFileSync(built, [file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })).toBe(`${frontEnd.rows} rows, gradient finite\n`)
  }, 120_000)
})
