import { expect, it, vi } from 'vitest'
import { leave, leaveDialog } from '../../../src-main/shell/dialogOptions.ts'
import { agreedToLeave } from '../../../src-main/shell/leaveProject.ts'
import { run } from '../../helpers/fakeLab/data.ts'
import { handlersWith } from '../../helpers/handlers.ts'

const summary = { path: '/p/a.metamer', name: 'a', readOnlyReason: null }

function hostWith(states: Array<'running' | 'finished'>, current: typeof summary | null = summary) {
  return {
    handlers: handlersWith({
      'project.current': () => current,
      'runs.list': async () => states.map((state, i) => run(i + 1, { state })),
      'trainings.list': () => [],
      'nulls.list': () => ({ nulls: [], jobs: [] }),
    }),
  }
}

it('asks before work stops for another project, and does what is answered', async () => {
  const ask = vi.fn(async () => false)
  expect(await agreedToLeave(hostWith(['running', 'finished']), '/p/b.metamer', ask)).toBe(false)
  const question = { project: 'a', words: '1 run at work or waiting: paused, to be resumed when this project is open again.' }
  expect(ask.mock.calls).toEqual([[question]])
  expect(await agreedToLeave(hostWith(['running']), '/p/b.metamer', async () => true)).toBe(true)
  const { message, detail, buttons, cancelId, defaultId } = leaveDialog(question)
  expect([message, detail]).toEqual(['Leave a?', question.words])
  expect([buttons![leave], cancelId, defaultId]).toEqual(['Leave anyway', 0, 0])
})

it.each([
  ['nothing is at work', hostWith(['finished']), '/p/b.metamer'],
  ['it is the one that is open', hostWith(['running']), '/p/x/../a.metamer'],
  ['none is open', hostWith(['running'], null), '/p/b.metamer'],
])('asks nothing when %s', async (_, host, file) => {
  const ask = vi.fn(async () => false)
  expect(await agreedToLeave(host, file, ask)).toBe(true)
  expect(ask).not.toHaveBeenCalled()
})
