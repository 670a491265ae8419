import { ShapeError } from '../../domain/errors.ts'

export interface FilterbankOptions {
  /** Length of the signal, even. */
  samples: number
  sampleRateHz: number
  /** N: half-cosine filters before the sample factor multiplies them. */
  filters: number
  /** Filters per filter width; also the number of low-pass and of high-pass rows. */
  sampleFactor: number
  lowestHz: number
  highestHz: number
}

/** Amplitude responses over the bins of the half spectrum, each row one run of bins, zero elsewhere. */
export interface Filterbank {
  /** Low to high: low-pass, band-pass, high-pass. */
  rows: FilterRow[]
  /** samples / 2 + 1, DC to Nyquist. */
  bins: number
  /** Centre of each row; nominal for the low-pass and high-pass rows. */
  frequenciesHz: Float32Array
}

export interface FilterRow {
  /** First bin that is not zero. */
  start: number
  values: Float64Array
}

const erbScale = 9.265
const erbCornerHz = 24.7 * erbScale

/** Turn a frequency in Hz into its place on the ERB-rate scale. @source Glasberg & Moore 1990, as in pycochleagram */
export function hzToErb(hz: number): number {
  return erbScale * Math.log(1 + hz / erbCornerHz)
}

/** Turn a place on the ERB-rate scale into Hz. */
export function erbToHz(erb: number): number {
  return erbCornerHz * (Math.exp(erb / erbScale) - 1)
}

/**
 * Make half-cosine filters, evenly spaced and equally wide on the ERB-rate scale, with low-pass and high-pass rows
 * at the ends so that the squared responses sum to one at every frequency.
 *
 * @returns sampleFactor * (filters + 1) - 1 + 2 * sampleFactor rows: 211 for 50 filters, 171 for 40, factor 4
 * @throws ShapeError when the length is odd
 * @source McDermott & Simoncelli 2011; pycochleagram, make_erb_cos_filters_nx
 */
export function erbFilterbank(options: FilterbankOptions): Filterbank {
  const { samples, sampleRateHz, filters, sampleFactor, lowestHz, highestHz } = options
  if (samples < 2 || samples % 2 !== 0) {
    throw new ShapeError(`A filterbank needs an even number of samples; ${samples} was asked for. Cut or pad the signal by one sample.`)
  }
  const bandPasses = sampleFactor * (filters + 1) - 1
  const lowest = hzToErb(lowestHz)
  const spacing = (hzToErb(highestHz) - lowest) / (bandPasses + 1)
  const halfWidth = sampleFactor * spacing
  const centres = Array.from({ length: bandPasses }, (_, i) => lowest + spacing * (i + 1))
  const erbs = Float64Array.from({ length: samples / 2 + 1 }, (_, bin) => hzToErb((bin * sampleRateHz) / samples))

  const rows = [
    ...centres.slice(0, sampleFactor).map((centre) => lowPass(erbs, centre, halfWidth)),
    ...centres.map((centre) => bandPass(erbs, centre, halfWidth)),
    ...centres.slice(-sampleFactor).map((centre) => highPass(erbs, centre, halfWidth)),
  ]
  for (const row of rows) row.values.forEach((value, i) => (row.values[i] = value / Math.sqrt(sampleFactor)))
  const places = [
    ...centres.slice(0, sampleFactor).map((centre) => centre - halfWidth),
    ...centres,
    ...centres.slice(-sampleFactor).map((centre) => centre + halfWidth),
  ]
  return { rows, bins: erbs.length, frequenciesHz: Float32Array.from(places, erbToHz) }
}

/** Half a cosine around the centre, zero from one half-width on. */
function halfCosine(erb: number, centre: number, halfWidth: number): number {
  const distance = (erb - centre) / (2 * halfWidth)
  return Math.abs(distance) < 0.5 ? Math.cos(Math.PI * distance) : 0
}

function bandPass(erbs: Float64Array, centre: number, halfWidth: number): FilterRow {
  const start = erbs.findIndex((erb) => erb > centre - halfWidth)
  const end = firstOrEnd(erbs, (erb) => erb >= centre + halfWidth)
  return run(erbs, start, end, (erb) => halfCosine(erb, centre, halfWidth))
}

/** What the band-pass around `centre` leaves, from DC up to its centre. */
function lowPass(erbs: Float64Array, centre: number, halfWidth: number): FilterRow {
  return run(erbs, 0, firstOrEnd(erbs, (erb) => erb > centre), (erb) => complement(halfCosine(erb, centre, halfWidth)))
}

/** What the band-pass around `centre` leaves, from its centre up to Nyquist. */
function highPass(erbs: Float64Array, centre: number, halfWidth: number): FilterRow {
  return run(erbs, firstOrEnd(erbs, (erb) => erb >= centre), erbs.length, (erb) => complement(halfCosine(erb, centre, halfWidth)))
}

function complement(response: number): number {
  return Math.sqrt(1 - response * response)
}

function firstOrEnd(erbs: Float64Array, test: (erb: number) => boolean): number {
  const index = erbs.findIndex(test)
  return index < 0 ? erbs.length : index
}

function run(erbs: Float64Array, start: number, end: number, response: (erb: number) => number): FilterRow {
  return { start, values: erbs.slice(start, end).map(response) }
}
