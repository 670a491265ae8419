import { UsageError } from '../domain/errors.ts'
import type { Host } from '../host/createHost.ts'
import { parseArguments, type Command } from './command.ts'
import { activations } from './commands/activations.ts'
import { cochleagram } from './commands/cochleagram.ts'
import { exportCommand } from './commands/export.ts'
import { figure } from './commands/figure.ts'
import { figure2 } from './commands/figure2.ts'
import { importCommand } from './commands/import.ts'
import { info } from './commands/info.ts'
import { invert } from './commands/invert.ts'
import { make } from './commands/make.ts'
import { matrix } from './commands/matrix.ts'
import { networks } from './commands/networks.ts'
import { nullCommand } from './commands/null.ts'
import { profile } from './commands/profile.ts'
import { recognise } from './commands/recognise.ts'
import { remove } from './commands/remove.ts'
import { report } from './commands/report.ts'
import { resume } from './commands/resume.ts'
import { retry } from './commands/retry.ts'
import { runs } from './commands/runs.ts'
import { train } from './commands/train.ts'
import { trainings } from './commands/trainings.ts'
import { exitCodeOf, exitCodes } from './exitCodes.ts'
import { commandHelp, programHelp } from './help.ts'
import { say, type Io } from './io.ts'
import { withLab } from './lab.ts'

const commands: readonly Command[] = [info, networks, importCommand, make, train, resume, retry, invert, figure2, nullCommand, runs, remove, trainings, recognise, matrix, figure, report, exportCommand, cochleagram, activations, profile]

export interface CliOptions {
  io: Io
  createHost(): Host
  version: string
}

/**
 * Run one command line.
 *
 * @param words  what follows "lab"
 * @returns the exit code; whatever goes wrong is told on stderr in a sentence
 */
export async function runCli(words: string[], options: CliOptions): Promise<number> {
  try {
    return await dispatch(words, options)
  } catch (error) {
    say(options.io, error instanceof Error ? error.message : String(error))
    return exitCodeOf(error)
  }
}

async function dispatch([name, ...rest]: string[], { io, createHost, version }: CliOptions): Promise<number> {
  if (name === undefined) {
    io.err(programHelp(commands))
    return exitCodes.usage
  }
  if (name === '--version' || name === 'version') return print(io, `${version}\n`)
  if (name === '--help' || name === '-h') return print(io, programHelp(commands))
  if (name === 'help') return print(io, rest[0] === undefined ? programHelp(commands) : commandHelp(commandNamed(rest[0])))
  const command = commandNamed(name)
  if (asksForHelp(rest)) return print(io, commandHelp(command))
  return command.run(parseArguments(command, rest), { io, withLab: (work) => withLab(io, createHost, work) })
}

function print(io: Io, text: string): number {
  io.out(text)
  return exitCodes.ok
}

/** What follows "--" is never an option. */
function asksForHelp(words: string[]): boolean {
  const end = words.indexOf('--')
  const options = end < 0 ? words : words.slice(0, end)
  return options.includes('--help') || options.includes('-h')
}

function commandNamed(name: string): Command {
  const found = commands.find((command) => command.name === name)
  if (found) return found
  throw new UsageError(`There is no command "${name}". The commands are: ${commands.map((c) => c.name).join(', ')}. "lab --help" tells what each does.`)
}
