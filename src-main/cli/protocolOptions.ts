import { fieldProblem, settingFields, type NumberField } from '../domain/numberField.ts'
import { protocolFrom, protocolSchema, settingNames as allSettings, type Protocol, type SettingName as AnySetting } from '../domain/protocol.ts'
import { wrong, type Arguments, type Command } from './command.ts'

type SettingName = Exclude<AnySetting, 'space'>
type Named = Pick<Command, 'name'>

/** What "--set" can change; the space is chosen apart. */
export const settingNames = allSettings.filter((name): name is SettingName => name !== 'space')

/**
 * The preset that was asked for, with the settings that were changed.
 *
 * @throws UsageError, ProtocolError naming what is wrong and what is possible
 */
export function protocolOf(command: Named, args: Arguments): Protocol {
  return protocolFrom(args.text('preset'), { ...settingsOf(command, args), ...updatesOf(command, args) })
}

function updatesOf(command: Named, args: Arguments): Pick<Protocol, 'updates'> | null {
  if (args.optional('updates') === undefined) return null
  if (args.all('set').some((word) => nameIn(word) === 'updates')) throw wrong(command, '--updates and --set updates=... are the same; give one of them')
  return { updates: args.whole('updates', 1, 1_000_000) }
}

function settingsOf(command: Named, args: Arguments): Partial<Protocol> {
  return Object.fromEntries(args.all('set').map((word) => settingIn(command, word))) as Partial<Protocol>
}

/** Read "NAME=VALUE" as the protocol's schema has it. */
function settingIn(command: Named, word: string): [SettingName, unknown] {
  const name = settingNames.find((setting) => setting === nameIn(word))
  if (!name) throw wrong(command, `--set takes NAME=VALUE with one of these names: ${settingNames.join(', ')}; not "${word}"`)
  const [text, field] = [textIn(word), (settingFields as Partial<Record<SettingName, NumberField>>)[name]]
  const problem = field && text !== 'null' ? fieldProblem(text, field) : null
  if (problem) throw wrong(command, `--set ${word}: ${problem}`)
  const parsed = protocolSchema.shape[name].safeParse(valueIn(text))
  if (parsed.success) return [name, parsed.data]
  // What is left of zod's sentence says what was expected.
  throw wrong(command, `--set ${word}: ${parsed.error.issues[0]!.message.replace(/^Invalid \w+: /, '')}`)
}

function nameIn(word: string): string {
  return word.slice(0, Math.max(word.indexOf('='), 0)).trim()
}

function textIn(word: string): string {
  return word.slice(word.indexOf('=') + 1).trim()
}

function valueIn(text: string): string | number | null {
  if (text === 'null') return null
  return text === '' || Number.isNaN(Number(text)) ? text : Number(text)
}
