/** Where a command writes: results to `out`, everything else to `err`. */
export interface Io {
  out(text: string): void
  err(text: string): void
  /** Is somebody watching stderr? Then a bar may be redrawn in place. */
  errIsTerminal: boolean
  /** Columns of that terminal. */
  columns(): number
  now(): number
  /** Aborted by Ctrl-C. */
  interrupted: AbortSignal
}

/** One JSON value on a line of its own. NaN, which JSON lacks, becomes null. */
export function writeJson(io: Io, value: unknown): void {
  io.out(`${JSON.stringify(value)}\n`)
}

/** A remark for people: to stderr, so that stdout carries results only. */
export function say(io: Io, sentence: string): void {
  io.err(`${sentence}\n`)
}
