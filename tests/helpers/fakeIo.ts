import type { Io } from '../../src-main/cli/io.ts'

export interface FakeIo extends Io {
  written: { out: string; err: string }
  nowMs: number
}

/** A terminal of the test's own: what was written to it, and a clock that stands still until it is set. */
export function fakeIo(changes: Partial<Io> = {}): FakeIo {
  const written = { out: '', err: '' }
  const io: FakeIo = {
    written,
    nowMs: 0,
    out: (text: string) => void (written.out += text),
    err: (text: string) => void (written.err += text),
    errIsTerminal: false,
    columns: () => 80,
    now: () => io.nowMs,
    interrupted: new AbortController().signal,
    ...changes,
  }
  return io
}
