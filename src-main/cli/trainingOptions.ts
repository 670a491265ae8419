import path from 'node:path'
import { FieldError } from '../domain/formFields.ts'
import { pictureTrainingPlanOf, type PictureTrainingField, type PictureTrainingForm } from '../domain/pictureTrainingForm.ts'
import { hearingForms, widthsWritten } from '../domain/hearingNetworks.ts'
import { headNames, type PictureTrainingPlan, type TrainingPlan, type WordTrainingPlan } from '../domain/trainingPlan.ts'
import { commonTrainingDefaults as defaults, pictureTrainingDefaults as ofPictures, wordTrainingDefaults as ofWords } from '../domain/trainingDefaults.ts'
import type { CommonTrainingField } from '../domain/trainingForm.ts'
import { wordTrainingPlanOf, type WordTrainingField, type WordTrainingForm } from '../domain/wordTrainingForm.ts'
import { wrong, type Arguments, type Command, type OptionSpec } from './command.ts'

/** "network", "rate" and "dropout" have a default for each kind of training. */
type SharedField = CommonTrainingField | 'network'

const sharedOptions = {
  name: { value: 'NAME', required: true, help: 'of the new network' },
  network: { value: 'NAME', help: `words: ${hearingForms.join(', ')} (default ${ofWords.network}); pictures: the network to begin with (default ${ofPictures.network})` },
  steps: { value: 'N', default: defaults.steps, help: 'updates at most' },
  batch: { value: 'N', default: defaults.batch, help: 'examples of one batch' },
  accumulate: { value: 'N', default: defaults.accumulate, help: 'batches of one update' },
  optimiser: { value: 'NAME', default: defaults.optimiser, help: 'adam or sgd' },
  rate: { value: 'X', help: `learning rate (default ${ofWords.rate}; for pictures ${ofPictures.rate}; VGGish learned the spoken digits at 0.0003 and not at 0.001)` },
  momentum: { value: 'X', default: defaults.momentum, help: 'of sgd' },
  'weight-decay': { value: 'X', default: defaults['weight-decay'], help: 'added to the gradient, times the weight' },
  dropout: { value: 'X', help: `share of what reaches the classifier that is left out of an update (default ${ofWords.dropout}; for pictures ${ofPictures.dropout})` },
  schedule: { value: 'NAME', default: defaults.schedule, help: 'constant, cosine (to 0 at the last step), or step:N:F (times F every N updates)' },
  cache: { value: 'FOLDER', help: 'where cochleagrams (or log-mel, MFCC) or activations are kept, to share them; otherwise beside the network' },
  validate: { value: 'N', default: defaults.validate, help: 'updates between two validations' },
  target: { value: 'T', help: 'stop at these scores: word=0.57, auc=0.83, both with a comma, or "paper" for these two; pictures: label=0.9' },
  seed: { value: 'N', default: defaults.seed, help: 'of first weights, order and dropout' },
  'data-seed': { value: 'N', default: defaults['data-seed'], help: 'of mixtures or views' },
  out: { value: 'FOLDER', help: 'where the network goes; otherwise where "lab networks" finds it' },
  title: { value: 'TEXT', help: 'shown instead of the name' },
  licence: { value: 'TEXT', default: defaults.licence, help: 'of the weights' },
} as const satisfies Record<SharedField, OptionSpec>

const wordOptions = {
  manifest: { value: 'FILE', help: 'words: CSV (file, label; start, speaker, split, word_start, word_end where known)' },
  folder: { value: 'FOLDER', help: 'words: a folder of WAV files for each label, instead of a manifest' },
  backgrounds: { value: 'FILE|FOLDER', help: 'words: what is mixed in: manifest (file, labels, split) or a folder for each label' },
  words: { value: 'A,B,...', help: 'words: labels in the order of the outputs; otherwise those of the manifest, sorted' },
  size: { value: 'SIZE', default: ofWords.size, help: `words: "small", "full" (as in the paper or as published), a share of full such as 0.25, or each width: ${widthsWritten}` },
  head: { value: 'HEAD', default: ofWords.head, help: `words: ${headNames.join(', ')} or both: words exclude each other, sounds do not` },
  'loss-weights': { value: 'W,S', default: ofWords['loss-weights'], help: 'words: of the losses of words and of sounds' },
  snr: { value: 'LOW,HIGH', default: ofWords.snr, help: 'words: dB of the word above the background; with a minus: --snr=-10,10' },
  shift: { value: 'SECONDS', default: ofWords.shift, help: 'words: how far a clip is moved at most; the word keeps covering its centre' },
  mixtures: { value: 'N', default: ofWords.mixtures, help: 'words: mixtures of each clip, kept as cochleagrams (or log-mel, MFCC) and used in turn; 0 makes new ones each time' },
  'test-snr': { value: 'DB,...', default: ofWords['test-snr'], help: 'words: SNRs at which the finished network is tested, beside clean' },
  'norm-sums': { value: 'HOW', default: ofWords['norm-sums'], help: 'words: how batch norms add up a batch: rows (each, then all), or places (one after the other, as TensorFlow does and as the shipped networks were trained)' },
} as const satisfies Record<Exclude<WordTrainingField, SharedField | 'speech'> | 'manifest' | 'folder', OptionSpec>

const pictureOptions = {
  pictures: { value: 'FOLDER|FILE', help: 'pictures instead of words: a folder of pictures for each label (all of them in folders train, validation and test, or not), or CSV (file, label, split)' },
  labels: { value: 'A,B,...', help: 'pictures: labels in the order of the outputs; otherwise those of the pictures, sorted' },
  from: { value: 'LAYER', help: 'pictures: this stage and all after it learn, those before it are frozen (default: block6 of EfficientNet-Lite, fc7 of VGG-19, Mixed_7b of Inception-V3, block4 of ResNet-101-V2)' },
  views: { value: 'N', default: ofPictures.views, help: 'pictures: random parts of each, mirrored or not, kept as activations of the frozen stages and used in turn; 0 makes new ones each time' },
  'smallest-area': { value: 'X', default: ofPictures['smallest-area'], help: "pictures: a view shows at least this share of its picture's area" },
} as const satisfies Record<Exclude<PictureTrainingField, SharedField>, OptionSpec>

const { name: nameOption, ...otherShared } = sharedOptions

/** Options that say what is trained, on what, and for how long. */
export const trainingOptions: Record<string, OptionSpec> = {
  name: nameOption,
  ...wordOptions,
  ...pictureOptions,
  ...otherShared,
  note: { value: 'TEXT', multiple: true, help: 'a sentence for the card' },
}

/** @throws UsageError naming the option that cannot be understood, or that belongs to the other kind of training */
export function trainingPlanOf(command: Pick<Command, 'name'>, args: Arguments, networksFolder: string): TrainingPlan {
  refuseOthers(command, args)
  try {
    return args.given('pictures') ? picturePlanOf(args, networksFolder) : wordPlanOf(command, args, networksFolder)
  } catch (error) {
    throw error instanceof FieldError ? wrong(command, `--${error.field} ${error.message}`) : error
  }
}

function refuseOthers(command: Pick<Command, 'name'>, args: Arguments): void {
  const isPictures = args.given('pictures')
  const stray = Object.keys(isPictures ? wordOptions : pictureOptions).find(args.given)
  if (stray === undefined) return
  throw wrong(command, isPictures ? `--${stray} is for sounds and does not go with --pictures` : `--${stray} goes with --pictures, which is missing`)
}

function wordPlanOf(command: Pick<Command, 'name'>, args: Arguments, networksFolder: string): WordTrainingPlan {
  if (args.given('manifest') && args.given('folder')) throw wrong(command, '--manifest and --folder both say where the words are; give one of them')
  const speech = args.optional('manifest') ?? args.optional('folder')
  if (speech === undefined) throw wrong(command, '--manifest or --folder is missing, or --pictures')
  return wordTrainingPlanOf({ ...textsOf(args, wordOptions, ofWords, networksFolder), speech: path.resolve(speech) } as WordTrainingForm)
}

function picturePlanOf(args: Arguments, networksFolder: string): PictureTrainingPlan {
  return pictureTrainingPlanOf(textsOf(args, pictureOptions, ofPictures, networksFolder) as PictureTrainingForm)
}

/** The compute process may have another folder of its own. */
const places = ['backgrounds', 'pictures', 'cache', 'out']

type Texts<Option extends string> = Record<Option, string> & { notes: string[] }

function textsOf<Own extends string>(args: Arguments, own: Record<Own, OptionSpec>, usual: Readonly<Record<string, string>>, networksFolder: string): Texts<SharedField | Own> {
  const text = (option: string): string => {
    const said = args.optional(option)
    if (said !== undefined) return places.includes(option) ? path.resolve(said) : said
    return option === 'out' ? networksFolder : (usual[option] ?? '')
  }
  const options = [...Object.keys(sharedOptions), ...Object.keys(own)]
  return { ...Object.fromEntries(options.map((option) => [option, text(option)])), notes: args.all('note') } as Texts<SharedField | Own>
}
