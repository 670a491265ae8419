import { expect, it, onTestFinished, vi } from 'vitest'
import { watchProjectFile } from '../../../src-main/host/watchProjectFile.ts'

it('tells once that the file is gone, once more when it was back, and nothing after it was stopped', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  let there = true
  const told: string[] = []
  const stop = watchProjectFile({ path: '/p/a.metamer', isInPlace: () => there }, ({ message }) => told.push(message))
  const look = (inPlace: boolean): number => {
    there = inPlace
    vi.advanceTimersByTime(20_000)
    return told.length
  }
  expect([look(true), look(false), look(false), look(true), look(false)]).toEqual([0, 1, 1, 1, 2])
  expect(told[0]).toMatch(/^The project file "\/p\/a\.metamer" was moved, replaced or deleted\. .*save a copy now/)
  stop()
  expect([look(true), look(false)]).toEqual([2, 2])
})
