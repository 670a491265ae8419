import path from 'node:path'
import { headNames, wordCnnForms, type TrainingPlan } from '../domain/training.ts'
import { wordTrainingDefaults as defaults } from '../domain/trainingDefaults.ts'
import { FieldError, wordTrainingPlanOf, type WordTrainingField } from '../domain/wordTrainingForm.ts'
import { wrong, type Arguments, type Command, type OptionSpec } from './command.ts'

/** Options that say what is trained, on what, and for how long. */
export const trainingOptions: Record<string, OptionSpec> = {
  name: { value: 'NAME', required: true, help: 'of the new network' },
  manifest: { value: 'FILE', help: 'words: CSV with the columns file, label and, where known, start, speaker, split, word_start, word_end' },
  folder: { value: 'FOLDER', help: 'words: a folder of WAV files for each label, instead of a manifest' },
  backgrounds: { value: 'FILE|FOLDER', help: 'what is mixed in: manifest (file, labels, split) or a folder for each label' },
  words: { value: 'A,B,...', help: 'labels in the order of the outputs; otherwise those of the manifest, sorted' },
  network: { value: 'FORM', default: defaults.network, help: `${wordCnnForms.join(' or ')}` },
  size: { value: 'SIZE', default: defaults.size, help: '"small", "full" (as in the paper), or C0,C1,C2,C3,C4,FC' },
  head: { value: 'HEAD', default: defaults.head, help: `${headNames.join(', ')} or both: words exclude each other, sounds do not` },
  steps: { value: 'N', default: defaults.steps, help: 'updates at most' },
  batch: { value: 'N', default: defaults.batch, help: 'examples of one batch' },
  accumulate: { value: 'N', default: defaults.accumulate, help: 'batches of one update' },
  optimiser: { value: 'NAME', default: defaults.optimiser, help: 'adam, or sgd with momentum 0.9' },
  rate: { value: 'X', default: defaults.rate, help: 'learning rate' },
  'weight-decay': { value: 'X', default: defaults['weight-decay'], help: 'added to the gradient, times the weight' },
  schedule: { value: 'NAME', default: defaults.schedule, help: 'constant, cosine (to 0 at the last step), or step:N:F (times F every N updates)' },
  'loss-weights': { value: 'W,S', default: defaults['loss-weights'], help: 'of the losses of words and of sounds' },
  snr: { value: 'LOW,HIGH', default: defaults.snr, help: 'dB of the word above the background; with a minus: --snr=-10,10' },
  shift: { value: 'SECONDS', default: defaults.shift, help: 'how far a clip is moved at most; the word keeps covering its centre' },
  mixtures: { value: 'N', default: defaults.mixtures, help: 'mixtures of each clip, kept as cochleagrams and used in turn; 0 makes new ones each time' },
  cache: { value: 'FOLDER', help: 'where cochleagrams are kept, to share them; otherwise beside the network' },
  validate: { value: 'N', default: defaults.validate, help: 'updates between two validations' },
  target: { value: 'T', help: 'stop at these scores: word=0.57, auc=0.83, both with a comma, or "paper" for these two' },
  'test-snr': { value: 'DB,...', default: defaults['test-snr'], help: 'SNRs at which the finished network is tested, beside clean' },
  seed: { value: 'N', default: defaults.seed, help: 'of first weights, order and dropout' },
  'data-seed': { value: 'N', default: defaults['data-seed'], help: 'of mixtures' },
  out: { value: 'FOLDER', help: 'where the network goes; otherwise where "lab networks" finds it' },
  title: { value: 'TEXT', help: 'shown instead of the name' },
  licence: { value: 'TEXT', default: defaults.licence, help: 'of the weights' },
  note: { value: 'TEXT', multiple: true, help: 'a sentence for the card' },
}

/** @throws UsageError naming the option that cannot be understood */
export function trainingPlanOf(command: Pick<Command, 'name'>, args: Arguments, networksFolder: string): TrainingPlan {
  const text = (option: string): string => args.optional(option) ?? ''
  const place = (option: string): string => fullPath(args.optional(option))
  const speech = args.optional('manifest') ?? args.optional('folder')
  if (speech === undefined) throw wrong(command, '--manifest or --folder is missing')
  const texts = Object.fromEntries(textFields.map((field) => [field, text(field)])) as Record<(typeof textFields)[number], string>
  try {
    return wordTrainingPlanOf({
      ...texts, speech: fullPath(speech), backgrounds: place('backgrounds'), cache: place('cache'), out: place('out') || networksFolder, notes: args.all('note'),
    })
  } catch (error) {
    throw error instanceof FieldError ? wrong(command, `--${error.field} ${error.message}`) : error
  }
}

const textFields = [
  'name', 'title', 'words', 'network', 'size', 'head', 'steps', 'batch', 'accumulate', 'optimiser', 'rate', 'weight-decay', 'schedule', 'loss-weights', 'snr', 'shift',
  'mixtures', 'validate', 'target', 'test-snr', 'seed', 'data-seed', 'licence',
] as const satisfies readonly WordTrainingField[]

/** The compute process may have another folder of its own. */
function fullPath(place: string | undefined): string {
  return place === undefined ? '' : path.resolve(place)
}
