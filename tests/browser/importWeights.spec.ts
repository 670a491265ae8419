import { expect, test } from '@playwright/test'
import path from 'node:path'
import { storyHost } from './storyHost.ts'
import { createProject, photograph } from './window.ts'

/** Weights from a file for a network of the catalogue, by pointing and clicking: nothing is mocked. */

const models = path.resolve(import.meta.dirname, '../../models')
const host = storyHost()

test('shows how a file\'s arrays fall to a network, imports them, and checks the answer to a known picture', async ({ page }) => {
  test.slow()
  const next = page.getByTestId('next')
  await page.goto(host.address)
  await createProject(page, host.folder, 'weights')
  await page.getByRole('button', { name: 'Networks' }).click()
  await expect(page.getByRole('button', { name: 'EfficientNet-Lite0, trained' })).toBeVisible()
  await photograph(page, '21-networks')
  await page.getByTestId('import-network').click()
  await page.getByTestId('model-path').fill(path.join(models, 'efficientnet-lite0/weights.safetensors'))
  await page.getByTestId('model-path').press('Enter')
  await expect(page.getByTestId('format')).toHaveText('safetensors, weights')
  await expect(page.getByText(/It fits EfficientNet-Lite0/)).toBeVisible()
  await photograph(page, '22-import-weights-file')
  await next.click()

  await expect(page.getByTestId('catalogue-network')).toHaveValue('efficientnet-lite0')
  const found = await page.getByTestId('matched').textContent()
  const [, matched, all] = /([\d,]+) of ([\d,]+) weights/.exec(found!)!
  expect(matched).toBe(all)
  await page.getByTestId('catalogue-network').selectOption('vgg-19')
  await expect(page.getByTestId('unready')).toContainText('nothing for')
  await expect(next).toBeDisabled()
  await photograph(page, '23-import-weights-missing')
  await page.getByTestId('catalogue-network').selectOption('efficientnet-lite0')
  await page.getByTestId('network-name').fill('lite0-again')
  await expect(next).toBeEnabled()
  await photograph(page, '24-import-weights-match')
  await next.click()

  await expect(page.getByText('chosen for the next metamers')).toBeVisible({ timeout: 120_000 })
  await photograph(page, '25-import-weights-done')
  await next.click()
  await expect(page.getByTestId('network')).toHaveValue('lite0-again')
  await expect(page.getByTestId('layer-stem')).toContainText('112 × 112 × 32')
})
