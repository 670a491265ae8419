import type { Io } from './io.ts'

export interface ProgressState {
  /** What is at work, e.g. "run 3 · block2 · cat.png". */
  label: string
  done: number
  total: number
  /** Steps per second, and what to call them. */
  speed: number
  unit: string
  /** Seconds; not finite when unknown. */
  remainingS: number
  /** More to tell, e.g. the loss. */
  note: string
}

/** Shows how long work goes: a bar that is redrawn where somebody watches, else a line now and then. */
export interface ProgressBar {
  show(state: ProgressState): void
  /** Remove the bar, so that a line can be printed where it was. */
  clear(): void
}

const lineEveryMs = 10_000

export function createProgressBar(io: Io): ProgressBar {
  return io.errIsTerminal ? barInPlace(io) : linesNowAndThen(io)
}

function barInPlace(io: Io): ProgressBar {
  let drawn = false
  return {
    show(state) {
      io.err(`\r\u001b[2K${barLine(state, io.columns())}`)
      drawn = true
    },
    clear() {
      if (drawn) io.err('\r\u001b[2K')
      drawn = false
    },
  }
}

function linesNowAndThen(io: Io): ProgressBar {
  // The first at once: it says that work has begun.
  let lastMs = -Infinity
  return {
    show(state) {
      if (io.now() - lastMs < lineEveryMs) return
      lastMs = io.now()
      io.err(`${figures(state)}\n`)
    },
    clear: () => undefined,
  }
}

function barLine(state: ProgressState, columns: number): string {
  const text = figures(state)
  const room = columns - text.length - 4
  if (room < 8) return text.slice(0, Math.max(columns - 1, 0))
  const cells = Math.min(room, 30)
  const full = Math.round((cells * state.done) / Math.max(state.total, 1))
  return `[${'#'.repeat(full)}${'.'.repeat(cells - full)}] ${text}`
}

function figures({ label, done, total, speed, unit, remainingS, note }: ProgressState): string {
  return [label, `${done}/${total}`, `${speed.toFixed(1)} ${unit}/s`, `${duration(remainingS)} left`, note].filter(Boolean).join('  ')
}

/** "0:05", "2:10", "1:02:10"; "?" when it is not known. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?'
  const whole = Math.max(0, Math.round(seconds))
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (n: number): string => String(n).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
