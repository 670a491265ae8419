/** What every training begins with, as the command line and the window take it. What is not here is empty. */
export const commonTrainingDefaults = {
  steps: '1000',
  batch: '32',
  accumulate: '1',
  optimiser: 'adam',
  momentum: '0.9',
  'weight-decay': '0',
  schedule: 'cosine',
  validate: '100',
  seed: '1',
  'data-seed': '1',
  licence: 'not stated',
} as const

/** The same where a network that hears is trained. */
export const wordTrainingDefaults = {
  ...commonTrainingDefaults,
  network: 'aliased',
  size: 'small',
  head: 'word',
  rate: '0.001',
  dropout: '0.5',
  'norm-sums': 'rows',
  'loss-weights': '1,300',
  snr: '-10,10',
  shift: '0.15',
  mixtures: '2',
  'test-snr': '-10,-5,0,5,10',
} as const

/** The same where a network that sees is fine-tuned. @source dropout: EfficientNet-Lite0 as published */
export const pictureTrainingDefaults = {
  ...commonTrainingDefaults,
  network: 'efficientnet-lite0',
  rate: '0.0005',
  dropout: '0.2',
  views: '8',
  'smallest-area': '0.3',
} as const
