import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeImage } from '../../../src-main/media/decodeImage.ts'
import { decodeWav } from '../../../src-main/media/decodeWav.ts'
import type { SampleSummary } from '../../../src-main/rpc/contract/methods.ts'

const folder = path.resolve(import.meta.dirname, '../../../resources/samples')
const bytesOf = (file: string) => new Uint8Array(readFileSync(path.join(folder, file)))
const samples = JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8')) as Array<SampleSummary & { file: string }>

describe('the sample stimuli', () => {
  it('are all listed, each under its own name', () => {
    const stimuli = readdirSync(folder).filter((f) => /\.(png|jpg|wav)$/.test(f))
    expect(samples.map((s) => s.file).sort()).toEqual(stimuli.sort())
    expect(new Set(samples.map((s) => s.name)).size).toBe(samples.length)
  })

  it.each(samples.filter((s) => s.kind === 'image'))('show a picture that can be opened: $title', async ({ file }) => {
    const { signal } = await decodeImage(bytesOf(file), file)
    expect(Math.min(signal.width, signal.height)).toBeGreaterThanOrEqual(224)
  })

  it.each(samples.filter((s) => s.kind === 'audio'))('last 2 s at 20 kHz with mean 0 and RMS 0.1: $title', ({ file }) => {
    const { signal, notices } = decodeWav(bytesOf(file), file)
    const mean = signal.data.reduce((sum, x) => sum + x, 0) / signal.data.length
    const rms = Math.sqrt(signal.data.reduce((sum, x) => sum + x * x, 0) / signal.data.length)
    expect([signal.sampleRateHz, signal.data.length, notices]).toEqual([20_000, 40_000, []])
    expect(Math.abs(mean)).toBeLessThan(1e-4)
    expect(rms).toBeCloseTo(0.1, 3)
  })
})
