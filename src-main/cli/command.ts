import { parseArgs } from 'node:util'
import { UsageError } from '../domain/errors.ts'
import type { Setting } from './setting.ts'

export interface OptionSpec {
  /** Placeholder of its value in the help, e.g. "FILE"; without one the option is a switch. */
  value?: string
  /** May be given several times. */
  multiple?: true
  required?: true
  /** Told in the help; the command applies it. */
  default?: string
  help: string
}

export interface Command {
  name: string
  /** One line for the list of commands. */
  summary: string
  /** What follows the options in the usage line, e.g. "IN.wav". */
  operands: string
  /** How many operands it takes. */
  operandCount: { from: number; to: number }
  /** Paragraphs. */
  description: string[]
  options: Record<string, OptionSpec>
  examples: string[]
  /** @returns the exit code */
  run(args: Arguments, setting: Setting): Promise<number>
}

/** The words after the command's name, checked against its options. */
export interface Arguments {
  /** The value of an option, or its default. @throws UsageError when there is neither */
  text(option: string): string
  optional(option: string): string | undefined
  /** Whether it was said, not left to its default. */
  given(option: string): boolean
  /** Every value of an option that may be repeated. */
  all(option: string): string[]
  /** The same where each value may hold several, separated by commas. */
  list(option: string): string[]
  on(option: string): boolean
  /** @throws UsageError when it is no whole number in the range */
  whole(option: string, from: number, to: number): number
  operands: string[]
}

/** @throws UsageError naming what is wrong and the help that lists what is right */
export function parseArguments(command: Command, words: string[]): Arguments {
  const { values, positionals } = parse(command, words)
  checkOperands(command, positionals)
  for (const [name, { required }] of Object.entries(command.options)) {
    if (required && values[name] === undefined) throw wrong(command, `--${name} is missing`)
  }
  const all = (name: string): string[] => (values[name] as string[] | undefined) ?? []
  const optional = (name: string): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : command.options[name]!.default
  }
  return {
    optional,
    given: (name) => values[name] !== undefined,
    text(name) {
      const value = optional(name)
      if (value === undefined) throw wrong(command, `--${name} is missing`)
      return value
    },
    all,
    list: (name) => all(name).flatMap((words) => words.split(',')).map((word) => word.trim()),
    on: (name) => values[name] === true,
    whole(name, from, to) {
      const value = optional(name) ?? ''
      const number = Number(value)
      if (/^\d+$/.test(value) && number >= from && number <= to) return number
      throw wrong(command, `--${name} takes a whole number from ${from} to ${to}, not "${value}"`)
    },
    operands: positionals,
  }
}

function parse(command: Command, words: string[]) {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { value, multiple }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: multiple ?? false },
    ]),
  )
  try {
    return parseArgs({ args: words, options, allowPositionals: true, strict: true })
  } catch (error) {
    // Node's first sentence names the option; the rest explains its own syntax.
    throw wrong(command, (error as Error).message.split(/\.\s/, 1)[0]!.replace(/\.$/, ''))
  }
}

function checkOperands(command: Command, operands: string[]): void {
  const { from, to } = command.operandCount
  if (operands.length >= from && operands.length <= to) return
  if (operands.length < from) throw wrong(command, `${command.operands} is missing`)
  throw wrong(command, `"${operands[to]}" is one word too many`)
}

export function wrong(command: Pick<Command, 'name'>, what: string): UsageError {
  return new UsageError(`lab ${command.name}: ${what}. "lab ${command.name} --help" lists what it takes.`)
}
