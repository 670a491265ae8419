import { wrong, type Arguments, type Command } from './command.ts'

/** Read an option that takes one of a few words. @throws UsageError that lists them */
export function oneOf<T extends string>(command: Pick<Command, 'name'>, args: Arguments, option: string, allowed: readonly T[]): T {
  const value = args.text(option)
  const found = allowed.find((word) => word === value)
  if (found !== undefined) return found
  throw wrong(command, `--${option} takes ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}, not "${value}"`)
}
