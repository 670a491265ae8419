import type { TrainingPlan } from './training.ts'

/** Widths of the word networks by name: of conv_0 to conv_4, and of fc_intermediate. */
export const wordNetworkSizes: Readonly<Record<string, { channels: TrainingPlan['channels']; fc: number }>> = {
  small: { channels: [16, 32, 64, 64, 64], fc: 128 },
  full: { channels: [96, 256, 512, 1024, 512], fc: 4096 },
}

/** What the command line and the window begin with where a word network is trained, as both take it. What is not here is empty. */
export const wordTrainingDefaults = {
  network: 'aliased',
  size: 'small',
  head: 'word',
  steps: '1000',
  batch: '32',
  accumulate: '1',
  optimiser: 'adam',
  rate: '0.001',
  'weight-decay': '0',
  schedule: 'cosine',
  'loss-weights': '1,300',
  snr: '-10,10',
  shift: '0.15',
  mixtures: '2',
  validate: '100',
  'test-snr': '-10,-5,0,5,10',
  seed: '1',
  'data-seed': '1',
  licence: 'not stated',
} as const
