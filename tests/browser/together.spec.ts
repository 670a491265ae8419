import { expect, test } from '@playwright/test'
import { storyHost } from './storyHost.ts'
import { createProject, openSettings, photograph } from './window.ts'

/** Three references of one layer are made together: all are seen at work, and one is paused on its own. */

const host = storyHost()

test('shows three runs at work at once, and pauses one of them; and makes them one after the other where that is wanted', async ({ page }) => {
  await page.goto(host.address)
  await createProject(page, host.folder)
  await page.getByTestId('network').selectOption('efficientnet-lite0')
  await page.getByTestId('layer-stem').click()
  for (const name of ['cat', 'coffee', 'rocket']) await page.getByTestId('samples').selectOption(name)
  // More than can be made while this story is told.
  await openSettings(page)
  await page.getByTestId('updates').fill('200000')
  await page.getByTestId('updates').blur()
  await expect(page.getByTestId('make')).toContainText('Make 3 metamers')
  await page.getByTestId('make').click()

  const queue = page.getByRole('region', { name: 'Queue' })
  const atWork = queue.locator('li.running')
  await expect(atWork).toHaveCount(3, { timeout: 120_000 })
  await expect(atWork.last()).toContainText(/\d/, { timeout: 60_000 })
  await expect(page.getByTestId('update')).toHaveText(/^[1-9]/, { timeout: 60_000 })
  await photograph(page, 'together-1')

  // Samples are read at once: which of them comes second is chance.
  await atWork.filter({ hasText: 'coffee' }).getByRole('button', { name: 'Pause' }).click()
  await expect(atWork).toHaveCount(2, { timeout: 60_000 })
  await expect(queue.locator('li.paused')).toContainText('coffee')
  await photograph(page, 'together-2')

  await page.getByTestId('at-once').selectOption('1')
  await queue.locator('li.paused').getByRole('button', { name: 'Resume' }).click()
  await expect(queue.locator('li.planned')).toContainText('coffee')
  await atWork.first().getByRole('button', { name: 'Cancel' }).click()
  await expect(atWork).toHaveCount(1, { timeout: 60_000 })
  await expect(queue.locator('li.planned')).toContainText('coffee')
  await page.getByTestId('at-once').selectOption('8')
  await expect(atWork).toHaveCount(2, { timeout: 60_000 })
})
