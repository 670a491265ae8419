import { describe, expect, it } from 'vitest'
import { createProgressBar, duration, type ProgressState } from '../../../src-main/cli/progressBar.ts'
import { fakeIo } from '../../helpers/fakeIo.ts'

const state: ProgressState = { label: 'run 3', done: 500, total: 1000, speed: 45.24, unit: 'it', remainingS: 11, note: 'loss 3.2' }
const figures = 'run 3  500/1000  45.2 it/s  0:11 left  loss 3.2'

describe('progressBar', () => {
  it('redraws one line where somebody watches, and takes it away', () => {
    const io = fakeIo({ errIsTerminal: true })
    const bar = createProgressBar(io)
    bar.show(state)
    expect(io.written.err).toBe(`\r\u001b[2K[###############..............] ${figures}`)
    bar.clear()
    expect(io.written.err.endsWith('\r\u001b[2K')).toBe(true)
    expect(io.written.out).toBe('')
  })

  it.each([20, 50, 60, 80, 200])('never fills a terminal of %i columns', (columns) => {
    const io = fakeIo({ errIsTerminal: true, columns: () => columns })
    createProgressBar(io).show(state)
    expect(io.written.err.slice('\r\u001b[2K'.length).length).toBeLessThan(columns)
  })

  it('prints a line at once and then every ten seconds where nobody watches', () => {
    const io = fakeIo()
    const bar = createProgressBar(io)
    for (const ms of [0, 250, 9999, 10_000, 15_000, 20_000]) {
      io.nowMs = ms
      bar.show({ ...state, done: ms })
    }
    bar.clear()
    expect(io.written.err.match(/\d+(?=\/1000)/g)).toEqual(['0', '10000', '20000'])
    expect(io.written.err).not.toContain('\u001b')
  })
})

describe('duration', () => {
  it.each([
    [0, '0:00'],
    [65.4, '1:05'],
    [3725, '1:02:05'],
    [NaN, '?'],
    [Infinity, '?'],
  ])('shows %f s as %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text)
  })
})
