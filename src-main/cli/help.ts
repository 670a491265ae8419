import type { Command, OptionSpec } from './command.ts'
import { exitCodeHelp } from './exitCodes.ts'

const width = 80

/** The page that "lab --help" prints. */
export function programHelp(commands: readonly Command[]): string {
  return [
    'Usage: lab COMMAND [OPTIONS]',
    wrap('Makes, judges and exports model metamers: pictures and sounds that a network takes for the same as a natural one. This is the program of the window, without the window.'),
    section('Commands', table(commands.map(({ name, summary }) => [name, summary]))),
    section('Options', table([['--help', 'print this page; after a command, the page of that command'], ['--version', 'print the version']])),
    section('Examples', [
      '  lab networks',
      '  lab make --project p.metamer --network efficientnet-lite0 --layer block2 \\',
      '      --reference resources/samples/cat.png --preset "quick look" --seed 1',
      '  lab null --project p.metamer --network efficientnet-lite0 --pool FOLDER \\',
      '      --pairs 2000 --seed 1',
      '  lab export --project p.metamer --out stimuli',
    ].join('\n')),
    exitStatus(),
    'Results go to stdout; progress, remarks and errors to stderr.',
  ].join('\n\n') + '\n'
}

/** The page that "lab COMMAND --help" prints. */
export function commandHelp(command: Command): string {
  const options: Array<readonly [string, string]> = Object.entries(command.options).map(([name, option]) => [label(name, option), told(option)])
  return [
    `Usage: ${usage(command)}`,
    ...command.description.map((paragraph) => wrap(paragraph)),
    section('Options', table([...options, ['--help', 'print this page']])),
    section('Examples', command.examples.map((line) => `  ${line}`).join('\n')),
    exitStatus(),
  ].join('\n\n') + '\n'
}

function usage({ name, operands, options }: Command): string {
  const needed = Object.entries(options).filter(([, option]) => option.required)
  const words = [`lab ${name}`, ...needed.map(([option, spec]) => label(option, spec)), '[OPTIONS]', operands]
  return wrap(words.filter(Boolean).join(' '), 7).trimStart()
}

function label(name: string, { value }: OptionSpec): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`
}

function told(option: OptionSpec): string {
  const marks = [option.required ? 'required' : null, option.multiple ? 'may be repeated' : null, option.default === undefined ? null : `default: ${option.default}`]
  const notes = marks.filter((mark) => mark !== null)
  return notes.length > 0 ? `${option.help} (${notes.join('; ')})` : option.help
}

function exitStatus(): string {
  return section('Exit status', table(exitCodeHelp.map(([code, meaning]) => [String(code), meaning])))
}

function section(title: string, body: string): string {
  return `${title}:\n${body}`
}

function table(rows: ReadonlyArray<readonly [string, string]>): string {
  const column = Math.min(24, Math.max(...rows.map(([left]) => left.length)) + 4)
  return rows.map(([left, right]) => row(left, right, column)).join('\n')
}

function row(left: string, right: string, column: number): string {
  const start = `  ${left}`
  const text = wrap(right, column)
  return start.length + 2 > column ? `${start}\n${text}` : start.padEnd(column) + text.slice(column)
}

/** Break text into lines of at most 80 columns, each after the same indent. */
function wrap(text: string, indent = 0): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((part) => ' '.repeat(indent) + part).join('\n')
}
