import type { Arguments } from './command.ts'
import { exitCodes } from './exitCodes.ts'
import { say, writeJson } from './io.ts'
import type { Lab } from './lab.ts'

/** Compute from one file to another, and tell what came out. */
export async function writtenToFile(
  { io }: Lab,
  args: Arguments,
  compute: (input: string, out: string) => Promise<{ shape: number[]; notices: string[] }>,
): Promise<number> {
  const out = args.text('out')
  const { shape, notices } = await compute(args.operands[0]!, out)
  for (const notice of notices) say(io, notice)
  if (args.on('json')) writeJson(io, { out, shape, notices })
  else io.out(`${out}: [${shape.join(', ')}]\n`)
  return exitCodes.ok
}
