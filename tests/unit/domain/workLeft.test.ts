import { expect, it } from 'vitest'
import { workLeft } from '../../../src-main/domain/workLeft.ts'

it('says what is paused and what is stopped, and nothing when all is at rest', () => {
  const rest = [{ state: 'finished' as const }, { state: 'failed' as const }]
  expect(workLeft({ runs: rest, trainings: rest, nulls: rest })).toBeNull()
  const busy = [{ state: 'running' as const }]
  expect(workLeft({ runs: [{ state: 'planned' }, ...busy, ...rest], trainings: busy, nulls: busy })).toBe(
    '2 runs and 1 training at work or waiting: paused, to be resumed when this project is open again. 1 null distribution being made: stopped.',
  )
  expect(workLeft({ runs: rest, trainings: rest, nulls: [...busy, ...busy] })).toBe('2 null distributions being made: stopped.')
})
