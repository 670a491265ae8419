/** What the exit status tells a script. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  input: 3,
  project: 4,
  engine: 5,
  interrupted: 130,
} as const

export const exitCodeHelp: ReadonlyArray<readonly [number, string]> = [
  [exitCodes.ok, 'all was done; an excluded metamer is a result, not a failure'],
  [exitCodes.failed, 'something failed that no other number stands for; at least one run failed'],
  [exitCodes.usage, 'the command line is wrong: an unknown command, option, network, layer or preset'],
  [exitCodes.input, 'an input file cannot be used'],
  [exitCodes.project, 'the project or the export cannot be opened, read or written'],
  [exitCodes.engine, 'the engine or a network cannot be used: weights missing or damaged, or no native TensorFlow'],
  [exitCodes.interrupted, 'stopped by Ctrl-C; runs are paused and can be resumed'],
]

const byErrorCode: Record<string, number> = {
  UsageError: exitCodes.usage,
  ProtocolError: exitCodes.usage,
  MediaError: exitCodes.input,
  ShapeError: exitCodes.input,
  ProjectError: exitCodes.project,
  ExportError: exitCodes.project,
  ModelFileError: exitCodes.engine,
  EngineError: exitCodes.engine,
  NumericalError: exitCodes.engine,
}

export function exitCodeOf(error: unknown): number {
  const code = (error as { code?: unknown }).code
  return (typeof code === 'string' && byErrorCode[code]) || exitCodes.failed
}
