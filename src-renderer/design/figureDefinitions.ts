import type { ResultsFigureKind } from '../../src-main/domain/figure.ts'

/** What each figure is called, and what it shows. */
export const figureDefinitions: Record<ResultsFigureKind, { name: string; meaning: string }> = {
  matrix: { name: 'Layer by layer', meaning: 'Metamers generated at one layer (rows), compared with their references at every other (columns).' },
  recognition: { name: 'Recognition', meaning: 'Share of metamers that other networks recognise, by generation layer. Bars: bootstrap error over stimuli.' },
  histogram: { name: 'Histogram', meaning: 'ρ of random pairs and of metamers at one layer, with the criterion.' },
  scatter: { name: 'Activations', meaning: 'Activations of one metamer against those of its reference, at any layer, counted in bins.' },
  errorMap: { name: 'Error map', meaning: 'Where the activations of one metamer differ from its reference\'s: over space, or frequency and time.' },
  relu: { name: 'ReLU gradient', meaning: 'ρ at the generation layer with and without the modified ReLU gradient: the paper\'s Figure 2.' },
}
