import { MediaError } from '../../domain/errors.ts'
import type { AudioSignal } from '../../domain/stimulus.ts'
import { resample, resampledLength } from './resample.ts'

export interface WantedSound {
  sampleRateHz: number
  samples: number
  /** 'rms': mean removed, RMS 0.1; 'keep': samples as they are. */
  level: 'keep' | 'rms'
}

export interface PreparedSound {
  /** float32 [samples] */
  data: Float32Array
  /** What was done to it, one sentence each; empty when it was taken as it is. */
  notices: string[]
}

const targetRms = 0.1
/** Changes of mean and level below this share of the level are those that rounding to a file makes. */
const worthTelling = 1e-3

/**
 * Bring a sound to the rate, length and level that a network takes: resampled, the middle taken or silence
 * added on both sides, then the level set.
 *
 * @throws MediaError when it is empty, holds a value that is no finite number, or is silent though a level is wanted
 * @source authors' 2019 code, use_audio_path_specified_audio (rate and level)
 */
export function prepareSound(signal: AudioSignal, want: WantedSound): PreparedSound {
  checkSamples(signal.data)
  if (want.level === 'rms') checkNotConstant(signal.data, 'The sound is silent')
  const notices: string[] = []
  const excerpt = atRateAndLength(signal, want, notices)
  return { data: want.level === 'rms' ? atLevel(excerpt, notices) : excerpt, notices }
}

function atRateAndLength({ data, sampleRateHz }: AudioSignal, want: WantedSound, notices: string[]): Float32Array {
  const available = resampledLength(data.length, sampleRateHz, want.sampleRateHz)
  const spare = available - want.samples
  if (sampleRateHz !== want.sampleRateHz) notices.push(rateNotice(sampleRateHz, want.sampleRateHz))
  if (spare !== 0) notices.push(lengthNotice(available, want))
  const range = { first: Math.max(0, Math.floor(spare / 2)), count: Math.min(available, want.samples) }
  const prepared = new Float32Array(want.samples)
  prepared.set(resample(data, sampleRateHz, want.sampleRateHz, range), Math.max(0, Math.floor(-spare / 2)))
  return prepared
}

function rateNotice(fromHz: number, toHz: number): string {
  const nyquist = figure(Math.min(fromHz, toHz) / 2)
  return `The sound was ${figure(fromHz)} Hz; resampled to ${figure(toHz)} Hz, so nothing above ${nyquist} Hz is in it.`
}

function lengthNotice(available: number, { samples, sampleRateHz }: WantedSound): string {
  const seconds = (count: number) => figure(count / sampleRateHz)
  return available > samples
    ? `The sound was ${seconds(available)} s long; its middle ${seconds(samples)} s were taken.`
    : `The sound was ${seconds(available)} s long; silence was added on both sides to make ${seconds(samples)} s.`
}

function atLevel(data: Float32Array, notices: string[]): Float32Array {
  checkNotConstant(data, 'The part of the sound that is used is silent')
  const mean = data.reduce((sum, x) => sum + x, 0) / data.length
  const rms = Math.sqrt(data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / data.length)
  if (Math.abs(mean) > worthTelling * rms) notices.push(`Its mean of ${figure(mean)} was removed.`)
  if (Math.abs(rms / targetRms - 1) > worthTelling) notices.push(`Its level was brought from RMS ${figure(rms)} to ${targetRms}.`)
  return data.map((x) => ((x - mean) * targetRms) / rms)
}

function checkSamples(data: Float32Array): void {
  if (data.length === 0) throw new MediaError('The sound has no samples. Choose a recording that is not empty.')
  const bad = data.findIndex((x) => !Number.isFinite(x))
  if (bad < 0) return
  throw new MediaError(`Sample ${bad} of the sound is ${data[bad]}, not a finite number. Export the recording again without such values.`)
}

function checkNotConstant(data: Float32Array, what: string): void {
  if (data.some((x) => x !== data[0])) return
  throw new MediaError(`${what}: every sample is ${figure(data[0]!)}, so no level can be set. Choose a recording with sound in it, or level "keep".`)
}

/** At most four figures, without zeros at the end and without exponents for the usual sizes. */
function figure(value: number): string {
  return String(Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4)))
}
