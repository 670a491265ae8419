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
