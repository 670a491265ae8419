// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { useRetries } from '../../../../src-renderer/stores/retries.ts'
import { finished } from '../../../helpers/fakeLab/data.ts'
import { settle, withStores } from './withStores.ts'

it('plans once, however often it is pressed meanwhile', async () => {
  const rpc = withStores({ 'runs.retriable': () => [finished(1, 'excluded')], 'runs.retry': () => ({ runIds: [2] }) })
  const retries = useRetries()
  await settle()
  retries.chosen = [1]
  await Promise.all([retries.retry(), retries.retry()])
  expect(rpc.calls.filter(({ method }) => method === 'runs.retry')).toHaveLength(1)
  expect(retries.busy).toBe(false)
})

it.each([
  [{ tries: '0' }, 'Tries: a whole number from 2 to 100, written as in 3; not "0".'],
  [{ tries: '1000' }, 'Tries: a whole number from 2 to 100, written as in 3; not "1000".'],
  [{ tries: '' }, 'Tries: a whole number from 2 to 100, written as in 3.'],
  [{ updates: '0' }, 'Updates: a whole number from 1 to 1,000,000, written as in 500; not "0".'],
  [{ updates: '1.5' }, 'Updates: a whole number from 1 to 1,000,000, written as in 500; not "1.5".'],
  [{ learningRate: '-1' }, 'Rate: a number above 0, up to 10, written as in 0.001; not "-1".'],
])('asks for nothing with %j, and says what is expected', async (options, sentence) => {
  const rpc = withStores({ 'runs.retriable': () => [finished(1, 'excluded')] })
  const retries = useRetries()
  await settle()
  retries.chosen = [1]
  Object.assign(retries.options, options)
  expect(retries.problem).toBe(sentence)
  await retries.retry()
  expect(rpc.calls.filter(({ method }) => method === 'runs.retry')).toEqual([])
})
