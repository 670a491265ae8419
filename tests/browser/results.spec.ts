import { expect, test } from '@playwright/test'
import { storyHost } from './storyHost.ts'
import { createProject, photograph } from './window.ts'

/** What many metamers say together, by pointing and clicking. Nothing is mocked. */

const host = storyHost()

test('shows the stimuli of a bar of the histogram, and the matrix of one run', async ({ page }) => {
  test.slow()
  await page.goto(host.address)
  await createProject(page, host.folder)
  await page.getByTestId('network').selectOption('efficientnet-lite0')
  await page.getByTestId('layer-stem').click()
  for (const sample of ['cat', 'coffee', 'rocket']) await page.getByTestId('samples').selectOption(sample)
  await expect(page.getByTestId('make')).toContainText('Make 3 metamers')
  await page.getByTestId('preset').selectOption('quick look')
  await page.getByTestId('settings').click()
  await page.getByTestId('updates').fill('5')
  await page.getByTestId('updates').blur()
  await page.getByTestId('make').click()
  await expect(page.getByText('3 runs')).toBeVisible()
  await expect(page.getByTestId('run-state')).toHaveText('finished', { timeout: 120_000 })

  await page.getByRole('button', { name: 'Results', exact: true }).click()
  await expect(page.getByText(/^3 metamers, /)).toBeVisible({ timeout: 120_000 })
  await page.getByRole('button', { name: 'Histogram' }).click()
  const bars = page.getByTestId('place')
  await expect(bars.first()).toBeVisible()
  const name = await bars.first().getAttribute('aria-label')
  const runs = /^Runs? ([\d, ]+):/.exec(name!)![1]!.split(', ')
  await bars.first().click()
  await expect(page.getByTestId('pointed')).toContainText(`${runs.length} ${runs.length === 1 ? 'metamer' : 'metamers'} of this bar, of 3.`)
  await expect(page.getByTestId('metamers').locator('tbody tr')).toHaveCount(runs.length)
  await expect(page.getByTestId('metamers').locator('tbody img')).toHaveCount(2 * runs.length)
  await expect(page.getByTestId('metamers').locator('tbody img').first()).toBeInViewport()
  await photograph(page, '8-histogram-bar')

  await page.getByRole('button', { name: 'Layer by layer' }).click()
  await page.getByTestId('matrix-run').selectOption(runs[0]!)
  await expect(page.getByRole('img', { name: `efficientnet-lite0: run ${runs[0]} at every layer` })).toBeVisible()
  await photograph(page, '9-matrix-of-a-run')
})
