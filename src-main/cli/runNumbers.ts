import { wrong, type Arguments, type Command } from './command.ts'

/** Read "--run 1,2 --run 5" as numbers of runs. @throws UsageError */
export function runNumbers(command: Pick<Command, 'name'>, args: Arguments): number[] {
  return args.list('run').map((word) => {
    if (/^\d+$/.test(word)) return Number(word)
    throw wrong(command, `--run takes numbers of runs, not "${word}"`)
  })
}
