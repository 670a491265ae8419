import { expect, test } from '@playwright/test'
import { startHost, windowIsBuilt, type HostUnderTest } from './hostUnderTest.ts'
import { createProject, photograph } from './window.ts'

/** Three references of one layer are made together: all are seen at work, and one is paused on its own. */

let host: HostUnderTest

test.use({ testIdAttribute: 'data-test' })
test.skip(!windowIsBuilt, 'The window is not built: run "npm run build" first')
test.beforeAll(async () => {
  host = await startHost()
})
test.afterAll(async () => host?.stop())

test('shows three runs at work at once, and pauses one of them', async ({ page }) => {
  await page.goto(host.address)
  await createProject(page, host.folder)
  await page.getByTestId('network').selectOption('efficientnet-lite0')
  await page.getByTestId('layer-stem').click()
  for (const name of ['cat', 'coffee', 'rocket']) await page.getByTestId('samples').selectOption(name)
  await expect(page.getByTestId('make')).toContainText('Make 3 metamers')
  await page.getByTestId('make').click()

  const queue = page.getByRole('region', { name: 'Queue' })
  const atWork = queue.locator('li.running')
  await expect(atWork).toHaveCount(3, { timeout: 120_000 })
  await expect(atWork.last()).toContainText(/\d/, { timeout: 60_000 })
  await expect(page.getByTestId('update')).toHaveText(/^[1-9]/, { timeout: 60_000 })
  await photograph(page, 'together-1')

  await atWork.nth(1).getByRole('button', { name: 'Pause' }).click()
  await expect(atWork).toHaveCount(2, { timeout: 60_000 })
  await expect(queue.locator('li.paused')).toContainText('coffee')
  await page.setViewportSize({ width: 1024, height: 700 })
  await photograph(page, 'together-2')
})
