import path from 'node:path'
import { headNames, paperTarget, wordCnnForms, type PictureTrainingPlan, type TrainingPlan, type WordTrainingPlan } from '../domain/training.ts'
import { wrong, type Arguments, type Command, type OptionSpec } from './command.ts'

/** Widths by name: of conv_0 to conv_4, and of fc_intermediate. */
const sizes: Record<string, Pick<WordTrainingPlan, 'channels' | 'fc'>> = {
  small: { channels: [16, 32, 64, 64, 64], fc: 128 },
  full: { channels: [96, 256, 512, 1024, 512], fc: 4096 },
}

/** Options that say what is trained, on what, and for how long. */
export const trainingOptions: Record<string, OptionSpec> = {
  name: { value: 'NAME', required: true, help: 'of the new network' },
  manifest: { value: 'FILE', help: 'words: CSV with the columns file, label and, where known, start, speaker, split, word_start, word_end' },
  folder: { value: 'FOLDER', help: 'words: a folder of WAV files for each label, instead of a manifest' },
  backgrounds: { value: 'FILE|FOLDER', help: 'what is mixed in: manifest (file, labels, split) or a folder for each label' },
  words: { value: 'A,B,...', help: 'labels in the order of the outputs; otherwise those of the manifest, sorted' },
  pictures: { value: 'FOLDER|FILE', help: 'pictures instead of words: a folder of pictures for each label (all of them in folders train, validation and test, or not), or CSV (file, label, split)' },
  labels: { value: 'A,B,...', help: 'pictures: labels in the order of the outputs; otherwise those of the pictures, sorted' },
  network: { value: 'NAME', help: `words: ${wordCnnForms.join(' (default) or ')}; pictures: the network to begin with (default efficientnet-lite0)` },
  from: { value: 'LAYER', help: 'pictures: this stage and all after it learn, those before it are frozen (default block6, the first of 7 x 7 places)' },
  views: { value: 'N', help: 'pictures: random parts of each, mirrored or not, kept as activations of the frozen stages and used in turn (default 8); 0 makes new ones each time' },
  'smallest-area': { value: 'X', help: "pictures: a view shows at least this share of its picture's area (default 0.3)" },
  size: { value: 'SIZE', default: 'small', help: '"small", "full" (as in the paper), or C0,C1,C2,C3,C4,FC' },
  head: { value: 'HEAD', default: 'word', help: `${headNames.join(', ')} or both: words exclude each other, sounds do not` },
  steps: { value: 'N', default: '1000', help: 'updates at most' },
  batch: { value: 'N', default: '32', help: 'examples of one batch' },
  accumulate: { value: 'N', default: '1', help: 'batches of one update' },
  optimiser: { value: 'NAME', default: 'adam', help: 'adam, or sgd with momentum 0.9' },
  rate: { value: 'X', help: 'learning rate (default 0.001; for pictures 0.0005)' },
  'weight-decay': { value: 'X', default: '0', help: 'added to the gradient, times the weight' },
  schedule: { value: 'NAME', default: 'cosine', help: 'constant, cosine (to 0 at the last step), or step:N:F (times F every N updates)' },
  'loss-weights': { value: 'W,S', default: '1,300', help: 'of the losses of words and of sounds' },
  snr: { value: 'LOW,HIGH', default: '-10,10', help: 'dB of the word above the background; with a minus: --snr=-10,10' },
  shift: { value: 'SECONDS', default: '0.15', help: 'how far a clip is moved at most; the word keeps covering its centre' },
  mixtures: { value: 'N', default: '2', help: 'mixtures of each clip, kept as cochleagrams and used in turn; 0 makes new ones each time' },
  cache: { value: 'FOLDER', help: 'where cochleagrams or activations are kept, to share them; otherwise beside the network' },
  validate: { value: 'N', default: '100', help: 'updates between two validations' },
  target: { value: 'T', help: 'stop at these scores: word=0.57, auc=0.83, both with a comma, or "paper" for these two; pictures: label=0.9' },
  'test-snr': { value: 'DB,...', default: '-10,-5,0,5,10', help: 'SNRs at which the finished network is tested, beside clean' },
  seed: { value: 'N', default: '1', help: 'of first weights, order and dropout' },
  'data-seed': { value: 'N', default: '1', help: 'of mixtures or views' },
  out: { value: 'FOLDER', help: 'where the network goes; otherwise where "lab networks" finds it' },
  title: { value: 'TEXT', help: 'shown instead of the name' },
  licence: { value: 'TEXT', default: 'not stated', help: 'of the weights' },
  note: { value: 'TEXT', multiple: true, help: 'a sentence for the card' },
}

/** @throws UsageError naming the option that cannot be understood */
export function trainingPlanOf(command: Pick<Command, 'name'>, args: Arguments, networksFolder: string): TrainingPlan {
  const pictures = args.optional('pictures')
  refuseOthers(command, args, pictures === undefined ? 'words' : 'pictures')
  return pictures === undefined ? wordPlanOf(command, args, networksFolder) : picturePlanOf(command, args, networksFolder, pictures)
}

/** Options without a default that belong to one kind of training. */
const onlyFor = { words: ['manifest', 'folder', 'backgrounds', 'words'], pictures: ['from', 'labels', 'views', 'smallest-area'] } as const

function refuseOthers(command: Pick<Command, 'name'>, args: Arguments, kind: 'words' | 'pictures'): void {
  const other = kind === 'words' ? 'pictures' : 'words'
  const stray = onlyFor[other].find((option) => args.optional(option) !== undefined)
  if (stray === undefined) return
  throw wrong(command, kind === 'words' ? `--${stray} goes with --pictures, which is missing` : `--${stray} is for sounds and does not go with --pictures`)
}

function wordPlanOf(command: Pick<Command, 'name'>, args: Arguments, networksFolder: string): WordTrainingPlan {
  const numbers = (option: string, count?: number): number[] => numbersOf(command, args, option, count)
  const mixtures = args.whole('mixtures', 0, 1_000_000)
  const speech = args.optional('manifest') ?? args.optional('folder')
  if (speech === undefined) throw wrong(command, '--manifest or --folder is missing, or --pictures')
  const [word, sounds] = numbers('loss-weights', 2) as [number, number]
  return {
    ...commonOf(command, args, networksFolder, 0.001),
    form: oneOf(command, 'network', args.optional('network') ?? 'aliased', wordCnnForms),
    ...sizeOf(command, args),
    heads: args.text('head') === 'both' ? [...headNames] : [oneOf(command, 'head', args.text('head'), headNames)],
    data: {
      speech: path.resolve(speech),
      backgrounds: fullPath(args.optional('backgrounds')),
      words: listOf(args.optional('words')),
      snrDb: numbers('snr', 2) as [number, number],
      shiftS: numbers('shift', 1)[0]!,
      mixtures: mixtures === 0 ? null : mixtures,
      cacheFolder: fullPath(args.optional('cache')),
      seed: args.whole('data-seed', 0, 0xffff_ffff),
    },
    lossWeights: { word, sounds },
    dropout: 0.5,
    normMomentum: 0.95,
    testSnrsDb: numbers('test-snr'),
  }
}

/** @source dropout: EfficientNet-Lite0 as published */
function picturePlanOf(command: Pick<Command, 'name'>, args: Arguments, networksFolder: string, pictures: string): PictureTrainingPlan {
  const views = args.optional('views') === undefined ? 8 : args.whole('views', 0, 1_000_000)
  return {
    kind: 'pictures',
    ...commonOf(command, args, networksFolder, 0.0005),
    base: args.optional('network') ?? 'efficientnet-lite0',
    from: args.optional('from') ?? null,
    data: {
      pictures: path.resolve(pictures),
      labels: listOf(args.optional('labels')),
      views: views === 0 ? null : views,
      smallestArea: args.optional('smallest-area') === undefined ? 0.3 : numbersOf(command, args, 'smallest-area', 1)[0]!,
      cacheFolder: fullPath(args.optional('cache')),
      seed: args.whole('data-seed', 0, 0xffff_ffff),
    },
    dropout: 0.2,
  }
}

type CommonSettings = Pick<TrainingPlan, Exclude<keyof TrainingPlan, 'kind' | 'data' | 'dropout'>>

function commonOf(command: Pick<Command, 'name'>, args: Arguments, networksFolder: string, usualRate: number): CommonSettings {
  const number = (option: string): number => numbersOf(command, args, option, 1)[0]!
  const steps = args.whole('steps', 1, 100_000_000)
  return {
    name: args.text('name'),
    title: args.optional('title') ?? args.text('name'),
    batchSize: args.whole('batch', 1, 100_000),
    accumulate: args.whole('accumulate', 1, 100_000),
    optimiser: optimiserOf(oneOf(command, 'optimiser', args.text('optimiser'), ['adam', 'sgd'] as const), number('weight-decay')),
    rate: args.optional('rate') === undefined ? usualRate : number('rate'),
    schedule: scheduleOf(command, args.text('schedule'), steps),
    steps,
    validateEvery: args.whole('validate', 1, 100_000_000),
    target: targetOf(command, args.optional('target')),
    seed: args.whole('seed', 0, 0xffff_ffff),
    outFolder: fullPath(args.optional('out')) ?? networksFolder,
    licence: args.text('licence'),
    notes: args.all('note'),
  }
}

function numbersOf(command: Pick<Command, 'name'>, args: Arguments, option: string, count?: number): number[] {
  const values = args.text(option).split(',').map((word) => (word.trim() === '' ? NaN : Number(word)))
  if (values.every(Number.isFinite) && (count === undefined || values.length === count)) return values
  throw wrong(command, `--${option} takes ${count ?? 'one or more'} numbers, separated by commas, not "${args.text(option)}"`)
}

function listOf(text: string | undefined): string[] | null {
  return text?.split(',').map((label) => label.trim()) ?? null
}

/** The compute process may have another folder of its own. */
function fullPath(place: string | undefined): string | null {
  return place === undefined ? null : path.resolve(place)
}

function oneOf<T extends string>(command: Pick<Command, 'name'>, option: string, value: string, allowed: readonly T[]): T {
  if (allowed.includes(value as T)) return value as T
  throw wrong(command, `--${option} takes ${allowed.join(', ')}, not "${value}"`)
}

function sizeOf(command: Pick<Command, 'name'>, args: Arguments): Pick<WordTrainingPlan, 'channels' | 'fc'> {
  const size = args.text('size')
  if (sizes[size]) return sizes[size]
  const widths = size.split(',').map(Number)
  if (widths.length !== 6 || !widths.every((width) => Number.isInteger(width) && width > 0)) throw wrong(command, `--size takes small, full or six whole numbers, not "${size}"`)
  return { channels: widths.slice(0, 5) as WordTrainingPlan['channels'], fc: widths[5]! }
}

function optimiserOf(kind: 'adam' | 'sgd', weightDecay: number): TrainingPlan['optimiser'] {
  return kind === 'adam' ? { kind, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay } : { kind, momentum: 0.9, weightDecay }
}

function scheduleOf(command: Pick<Command, 'name'>, text: string, steps: number): TrainingPlan['schedule'] {
  const [kind, every, factor] = text.split(':')
  if (text === 'constant') return { kind: 'constant' }
  if (text === 'cosine') return { kind: 'cosine', steps }
  if (kind === 'step' && Number(every) > 0 && Number(factor) > 0) return { kind, every: Number(every), factor: Number(factor) }
  throw wrong(command, `--schedule takes constant, cosine or step:N:F, not "${text}"`)
}

function targetOf(command: Pick<Command, 'name'>, text: string | undefined): TrainingPlan['target'] {
  if (text === undefined) return {}
  if (text === 'paper') return { ...paperTarget }
  const target: TrainingPlan['target'] = {}
  for (const part of text.split(',')) {
    const [name, value] = part.split('=')
    if (!(Number(value) >= 0 && Number(value) <= 1) || !['word', 'label', 'auc'].includes(name!)) throw wrong(command, `--target takes word=SHARE, auc=AREA, both or "paper", or label=SHARE for pictures, not "${text}"`)
    target[name === 'auc' ? 'meanAuc' : 'wordAccuracy'] = Number(value)
  }
  return target
}
