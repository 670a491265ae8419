import { z } from 'zod'
import { clausesOf } from './clausesOf.ts'
import { ProtocolError } from './errors.ts'
import { fieldProblem, settingFields } from './numberField.ts'

/** Named, versioned settings of a synthesis, as projects hold them. New ones are held to narrower limits, see below. Source tags: shared method notes; Feather et al. 2019, section 3.1. */
export const protocolSchema = z.strictObject({
  name: z.string().min(1),
  version: z.literal(1),
  /** 'adam' as in the paper. 'l-bfgs' often gets nearer in fewer updates; its learning rate sets the first step alone, and it needs the ReLU's standard gradient. */
  optimiser: z.enum(['adam', 'l-bfgs']).default('adam'),
  /** Updates of the signal: of L-BFGS, evaluations of loss and gradient. */
  updates: z.int().min(1).max(1_000_000),
  /** Base rate; null takes the network card's own (0.001 for most). */
  learningRate: z.number().positive().nullable(),
  /** The rate is multiplied by this^(i/1000), continuously, i = updates already made. 1 = constant. */
  decayPer1000: z.number().positive().max(1),
  beta1: z.number().min(0).lt(1),
  beta2: z.number().min(0).lt(1),
  epsilon: z.number().positive(),
  /** 'code': U[0.5, 0.6). 'centred': 0.5 + 0.1 (U - 0.5). */
  imageStart: z.enum(['code', 'centred']),
  /** RMS of the pink noise a sound starts from. */
  initialRms: z.number().positive(),
  /** 'modified' lets every gradient through the ReLU of the generation layer, and of that layer only. */
  reluGradient: z.enum(['modified', 'standard']),
  /** 'none': half the sum of squares. 'elements': that, divided by the number of elements. */
  lossNormalisation: z.enum(['none', 'elements']),
  /** Criterion 1: arg max over all labels, or over the 16 categories (pictures only). */
  labelCriterion: z.enum(['all', '16-way']),
  /** What is moved. Absent: the signal itself, so that protocols stored before there was a choice stay the same. */
  space: z.literal('cochleagram').optional(),
})
export type Protocol = z.infer<typeof protocolSchema>

/** One sentence for each number that is beyond what is allowed now: earlier versions stored others, which can still be read. */
function beyondLimits(settings: Partial<Protocol>): Array<{ setting: keyof typeof settingFields; sentence: string }> {
  return (Object.keys(settingFields) as Array<keyof typeof settingFields>).flatMap((setting) => {
    const value = settings[setting] ?? null
    const sentence = value === null ? null : fieldProblem(String(value), settingFields[setting])
    return sentence === null ? [] : [{ setting, sentence }]
  })
}

/** A line search asks whether the loss falls along the gradient; along the modified one it need not. Earlier versions stored such protocols, which can still be read. */
const withTrueGradientSchema = protocolSchema.refine(({ optimiser, reluGradient }) => optimiser === 'adam' || reluGradient === 'standard', {
  message: 'L-BFGS needs the gradient of the loss itself, which the modified ReLU gradient is not: standard is needed, or the optimiser adam',
  path: ['reluGradient'],
})

/** What a new run may be made by. */
export const newProtocolSchema = withTrueGradientSchema.superRefine((protocol, context) => {
  for (const { setting, sentence } of beyondLimits(protocol)) context.addIssue({ code: 'custom', path: [setting], message: sentence })
})

const asCode: Protocol = {
  name: '2019 as code',
  version: 1,
  optimiser: 'adam',
  updates: 15_000,
  learningRate: null,
  decayPer1000: 0.95,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  imageStart: 'code',
  initialRms: 0.01,
  reluGradient: 'modified',
  lossNormalisation: 'none',
  labelCriterion: 'all',
}

/** The preset protocols, the default first. */
export const presets: readonly Protocol[] = [
  asCode,
  { ...asCode, name: '2019 as printed', decayPer1000: 1, imageStart: 'centred' },
  { ...asCode, name: 'quick look', updates: 500 },
  { ...asCode, name: 'fewer updates', optimiser: 'l-bfgs', reluGradient: 'standard', updates: 500 },
]

/** What to tell about each preset wherever its results are shown. */
export const presetNotes: Readonly<Record<string, string>> = {
  '2019 as code': '15,000 updates, rate falling by 5 % per 1,000, as in the authors\' code.',
  '2019 as printed': '15,000 updates, constant rate, centred start, as the paper is worded.',
  'quick look': '500 updates: a look, not a metamer by the paper\'s protocol.',
  'fewer updates': '500 updates of L-BFGS, with the standard ReLU gradient: often, not always, nearer than 1,000 of Adam. Not the paper\'s protocol.',
}

/**
 * Find a preset by name and apply changes to it; its name then says what was changed.
 *
 * @throws ProtocolError naming the presets, or the setting that is out of range
 */
export function protocolFrom(name: string, changes: Partial<Protocol> = {}): Protocol {
  const preset = presets.find((p) => p.name === name)
  if (!preset) {
    const names = presets.map((p) => `"${p.name}"`).join(', ')
    throw new ProtocolError(`There is no preset "${name}". The presets are: ${names}. Choose one of these.`)
  }
  return withChanges(preset, changes)
}

/** @throws ProtocolError with one sentence per setting that is out of range */
export function checkProtocol(value: unknown): Protocol {
  return checkedBy(newProtocolSchema, value)
}

/** The same for one that is stored. */
export function readProtocol(value: unknown): Protocol {
  return checkedBy(protocolSchema, value)
}

function checkedBy(schema: typeof protocolSchema, value: unknown): Protocol {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const what = clausesOf(parsed.error, 'protocol')
  throw outOfRange(what)
}

function outOfRange(what: string): ProtocolError {
  return new ProtocolError(`The protocol has a setting out of range: ${what}. Correct it, or choose a preset.`)
}

/** Whatever a protocol can be changed in. */
export type SettingName = Exclude<keyof Protocol, 'name' | 'version'>
export const settingNames = (Object.keys(protocolSchema.shape) as Array<keyof Protocol>).filter((name): name is SettingName => name !== 'name' && name !== 'version')

/** The same with other settings, and a name that says so; what is not changed may be as it was stored. @throws ProtocolError naming the setting that is out of range */
export function withChanges(protocol: Protocol, changes: Partial<Pick<Protocol, SettingName>>): Protocol {
  const [beyond] = beyondLimits(changes)
  if (beyond) throw outOfRange(`${beyond.setting}: ${beyond.sentence}`)
  return checkedBy(withTrueGradientSchema, trulyNamed({ ...protocol, ...changes }))
}

/**
 * Call a protocol what it is: by the preset it began as, and each setting in which it differs. A preset's name alone must not promise
 * what is not done; and runs are compared by protocol, so two that differ need two names.
 */
export function trulyNamed(protocol: Protocol): Protocol {
  const base = protocol.name.split(', ')[0]!
  const preset = presets.find(({ name }) => name === base) ?? asCode
  const changed = settingNames.filter((setting) => protocol[setting] !== preset[setting])
  return { ...protocol, name: [base, ...changed.map((setting) => wordsFor(setting, protocol[setting]))].join(', ') }
}

function wordsFor(setting: SettingName, value: Protocol[SettingName]): string {
  return setting === 'updates' ? `${value} updates` : `${setting} ${value}`
}

/** The same with the other gradient of the generation layer's ReLU. @throws ProtocolError for L-BFGS */
export function withOtherGradient(protocol: Protocol): Protocol {
  return withChanges(protocol, { reluGradient: protocol.reluGradient === 'modified' ? 'standard' : 'modified' })
}

/** Do two protocols differ in the gradient of the generation layer's ReLU, and in nothing else but the name? */
export function isWithOtherGradient(a: Protocol, b: Protocol): boolean {
  const besides = ({ name: _, reluGradient: __, ...rest }: Protocol): string => JSON.stringify(rest)
  return a.reluGradient !== b.reluGradient && besides(a) === besides(b)
}

/** What synthesis can move: the picture or sound that a network takes, or the cochleagram that its front end makes of it. */
export const movedSpaces = ['signal', 'cochleagram'] as const
export type MovedSpace = (typeof movedSpaces)[number]

/** The same moved in this space. */
export function movedIn(space: MovedSpace, { space: _, ...protocol }: Protocol): Protocol {
  return trulyNamed(space === 'signal' ? protocol : { ...protocol, space })
}

/** Learning rate of update i (0-based): base x decay^(i/1000). @source authors' 2019 code, run_optimization */
export function learningRateAt(protocol: Pick<Protocol, 'decayPer1000'>, baseRate: number, update: number): number {
  return baseRate * protocol.decayPer1000 ** (update / 1000)
}
