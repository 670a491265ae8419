import type { StageMeasurement } from '../domain/run.ts'
import type { PlannedStimulus } from './planStimuli.ts'
import type { Cell, Column } from './table.ts'

/** stimuli.tsv: one row per stimulus file. What belongs to a run is n/a in the row of a reference. */
export const stimulusColumns: ReadonlyArray<Column<PlannedStimulus>> = [
  { name: 'file', description: 'Place of the stimulus inside this folder.', value: (s) => s.path },
  {
    name: 'kind',
    description: 'What the stimulus is.',
    levels: {
      image: '8-bit RGB picture, PNG',
      audio: '16-bit mono sound, WAV',
      cochleagram: 'cochleagram that is no sound\'s, float32 [1, rows, columns, 1], NPY; its picture lies beside it (PNG)',
    },
    value: (s) => s.item[s.role].kind,
  },
  {
    name: 'role',
    description: 'Whether it was found or made.',
    levels: { reference: 'natural stimulus, as the network saw it; of a sound that inverts a cochleagram, that cochleagram', metamer: 'synthesised to match a reference at one layer' },
    value: (s) => s.role,
  },
  { name: 'network', description: 'Network the metamer was made with.', value: ofMetamer((s) => s.item.run.network) },
  { name: 'network_sha256', description: 'SHA-256 that identifies its weights.', value: ofMetamer((s) => s.item.run.networkHash) },
  { name: 'layer', description: 'Generation layer: the stage whose activations were matched.', value: ofMetamer((s) => s.item.run.layer) },
  { name: 'reference_file', description: 'Stimulus file of the reference.', value: (s) => s.referencePath },
  { name: 'reference_name', description: 'Name of the file that the reference came from.', value: (s) => s.item.run.referenceName },
  { name: 'reference_sha256', description: 'SHA-256 of that file, before any cropping or resampling.', value: (s) => s.item.referenceHash },
  { name: 'run', description: 'Number of the run in the project.', value: ofMetamer((s) => s.item.run.id) },
  { name: 'inverts', description: 'Number of the run whose cochleagram this sound makes audible.', value: ofMetamer((s) => s.item.run.inverts) },
  { name: 'seed', description: 'Random seed of the initial signal.', value: ofMetamer((s) => s.item.run.seed) },
  { name: 'preset', description: 'Name of the protocol; manifest.json holds all its settings.', value: ofMetamer((s) => s.item.run.protocol.name) },
  { name: 'updates', description: 'Updates of the signal that were made.', value: ofMetamer((s) => s.item.run.updatesDone) },
  { name: 'loss_first', description: 'Matching loss of the initial signal.', value: ofMetamer((s) => s.item.run.loss?.first) },
  { name: 'loss_last', description: 'Matching loss of the final signal.', value: ofMetamer((s) => s.item.run.loss?.last) },
  {
    name: 'rho',
    description: 'Matching fidelity: Spearman correlation of metamer and reference at the generation layer, measured on the signals as in these files.',
    value: ofMetamer((s) => s.item.run.rho),
  },
  { name: 'null_pairs', description: 'Random pairs in the null distribution that the verdict rests on.', value: ofMetamer((s) => s.item.run.verdict?.null?.pairs) },
  { name: 'null_max', description: 'Highest Spearman correlation in that null distribution.', value: ofMetamer((s) => s.item.run.verdict?.null?.maximum) },
  {
    name: 'verdict',
    description: 'Whether the metamer meets the inclusion criteria: same label as its reference, and rho above the whole null.',
    levels: { included: 'meets both', excluded: 'fails at least one', undecided: 'there was no null distribution yet' },
    value: ofMetamer((s) => s.item.run.verdict?.outcome),
  },
  { name: 'reason', description: 'The verdict in words.', value: ofMetamer((s) => s.item.run.verdict?.reason) },
  { name: 'label_reference', description: 'Label that the network gives the reference.', value: ofMetamer((s) => s.item.run.labels?.reference) },
  { name: 'label_metamer', description: 'Label that the network gives the metamer.', value: ofMetamer((s) => s.item.run.labels?.metamer) },
]

/** measurements.tsv: one row per metamer, stage and signal. */
export interface MeasurementRow {
  stimulus: PlannedStimulus
  signal: 'exported' | 'float'
  measured: StageMeasurement
}

export const measurementColumns: ReadonlyArray<Column<MeasurementRow>> = [
  { name: 'file', description: 'Stimulus file of the metamer.', value: (r) => r.stimulus.path },
  { name: 'run', description: 'Number of the run in the project.', value: (r) => r.stimulus.item.run.id },
  { name: 'network', description: 'Network the metamer was made and measured with.', value: (r) => r.stimulus.item.run.network },
  { name: 'layer', description: 'Generation layer of the metamer.', value: (r) => r.stimulus.item.run.layer },
  {
    name: 'signal',
    description: 'Which form of the signals was measured.',
    levels: { exported: 'as in the files: quantised to 8 or 16 bits, cochleagrams not at all', float: 'as synthesised, before quantising' },
    value: (r) => r.signal,
  },
  { name: 'stage', description: 'Stage of the network where metamer and reference were compared.', value: (r) => r.measured.stage },
  { name: 'rho', description: 'Spearman correlation of the activations, tied ranks averaged.', value: (r) => r.measured.rho },
  { name: 'pearson', description: 'Pearson correlation of the activations.', value: (r) => r.measured.pearson },
  {
    name: 'db_authors',
    description: 'Signal-to-noise ratio as the authors of the method compute it: 10 log10(reference norm / difference norm).',
    units: 'dB',
    value: (r) => r.measured.dbAuthors,
  },
  { name: 'db_power', description: 'Conventional power ratio: 20 log10(reference norm / difference norm).', units: 'dB', value: (r) => r.measured.dbPower },
  { name: 'reference_norm', description: "Euclidean norm of the reference's activations.", value: (r) => r.measured.referenceNorm },
  { name: 'difference_norm', description: 'Euclidean norm of the difference of the activations.', value: (r) => r.measured.differenceNorm },
]

/** The rows of measurements.tsv, in the order of the metamers and of their stages. */
export function measurementRows(stimuli: readonly PlannedStimulus[]): MeasurementRow[] {
  return stimuli.filter((s) => s.role === 'metamer').flatMap(rowsOf)
}

function rowsOf(stimulus: PlannedStimulus): MeasurementRow[] {
  const { judgement } = stimulus.item.run
  if (!judgement) return []
  return [
    ...judgement.stages.map((measured) => ({ stimulus, signal: 'exported' as const, measured })),
    ...judgement.floatStages.map((measured) => ({ stimulus, signal: 'float' as const, measured })),
  ]
}

function ofMetamer(value: (stimulus: PlannedStimulus) => Cell | undefined): (stimulus: PlannedStimulus) => Cell {
  return (stimulus) => (stimulus.role === 'metamer' ? (value(stimulus) ?? null) : null)
}
