import type { NetworkSummary } from '../../src-main/domain/network.ts'

export interface LayerRow {
  layer: string
  shape: number[]
  /** Against the independent implementation; null where no golden values of this form are kept. */
  error: number | null
  gradientError: number | null
  ms: number
  peakMb: number
}

export interface NetworkSection {
  network: NetworkSummary
  parameters: number
  madeWith: string | null
  rows: LayerRow[]
}

/** The page about the networks, Markdown. */
export function networkTable(sections: NetworkSection[], machine: string, steps: number): string {
  const head = [
    '# Networks',
    '',
    'Every network of the catalogue and its metamer layers. Made by `node bench/networks/main.ts`; do not edit by hand.',
    '',
    `Milliseconds are the median of ${steps} Adam updates at batch 1, and memory is the peak of that process, on ${machine}.`,
    'What else the machine does meanwhile counts: a guide to what a layer costs, up to twice what a quiet machine takes. [performance.md](performance.md) has quiet times.',
    'Errors are relative, norm and samples of the layer (or of the gradient at the input, half the squared difference from a second stimulus being the loss), against an',
    'independent implementation with the same weights. A dash: see the tests in `tests/numerics`, which keep golden values of another form for this network or layer.',
    '',
  ]
  return [...head, ...sections.flatMap(sectionOf)].join('\n')
}

function sectionOf({ network, parameters, madeWith, rows }: NetworkSection): string[] {
  const against = madeWith ? ` Checked against ${madeWith}.` : ''
  return [
    `## ${network.name}`,
    '',
    `${network.title}. ${parameters.toLocaleString('en-US')} parameters, batch norm statistics included. Base learning rate ${network.baseLearningRate}.${against}`,
    '',
    '| layer | shape | error | gradient error | ms per update | memory (MB) |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
    ...rows.map(({ layer, shape, error, gradientError, ms, peakMb }) => `| ${layer} | ${shape.join(' x ')} | ${small(error)} | ${small(gradientError)} | ${ms.toFixed(ms < 100 ? 1 : 0)} | ${peakMb} |`),
    '',
  ]
}

function small(error: number | null): string {
  return error === null ? '–' : error.toExponential(1)
}
