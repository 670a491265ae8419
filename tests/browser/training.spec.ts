import { expect, test } from '@playwright/test'
import path from 'node:path'
import { writeWordFolder } from '../helpers/wordFolder.ts'
import { startHost, windowIsBuilt, type HostUnderTest } from './hostUnderTest.ts'
import { createProject, photograph } from './window.ts'

/** A network is planned, trained and looked at in the window, and metamers are made with it: nothing is mocked. */

let host: HostUnderTest

test.use({ testIdAttribute: 'data-test', actionTimeout: 30_000 })
test.skip(!windowIsBuilt, 'The window is not built: run "npm run build" first')
test.beforeAll(async () => {
  host = await startHost()
})
test.afterAll(async () => host?.stop())

test('trains a small network of two words, pauses it, shows how well it does, and takes it to the Workbench', async ({ page }) => {
  test.setTimeout(600_000)
  const words = writeWordFolder(path.join(host.folder, 'words'), { clips: { train: 6, validation: 3, test: 4 } })
  const field = (name: string) => page.getByTestId(`training-${name}`)
  await page.goto(host.address)
  await createProject(page, host.folder, 'training')
  await page.keyboard.press('Alt+5')
  await expect(page.getByRole('heading', { name: 'New training of a word network' })).toBeVisible()

  await page.getByTestId('start-training').click()
  await expect(page.getByText('Updates takes')).toHaveCount(0)
  await expect(page.getByText('Name is missing.')).toBeVisible()
  await field('name').fill('tones')
  await field('size').fill('4,4')
  await expect(page.getByText('Size takes small, full or six whole numbers, not "4,4".')).toBeVisible()
  await photograph(page, '51-training-wrong-input')
  await field('size').fill('4,4,4,4,4,8')
  await page.getByRole('button', { name: 'Manifest…' }).first().click()
  await page.getByLabel('Path').fill(path.join(host.folder, 'words'))
  await page.getByLabel('Path').press('Enter')
  await page.getByRole('button', { name: /speech.csv/ }).click()
  await page.getByRole('button', { name: 'Choose', exact: true }).click()
  await expect(field('speech')).toHaveValue(words.speech)
  await field('backgrounds').fill(words.backgrounds)
  await field('head').selectOption('both')
  await field('steps').fill('60')
  await page.getByText('More settings').click()
  await field('batch').fill('4')
  await field('validate').fill('10')
  await field('test-snr').fill('-5,5')
  await field('loss-weights').fill('1,1')

  await page.getByTestId('start-training').click()
  await expect(page.getByTestId('training-state')).toHaveText('running', { timeout: 60_000 })
  await expect(page.getByTestId('score-chart').getByRole('img')).toBeVisible({ timeout: 300_000 })
  await page.getByTestId('pause-training').click()
  await expect(page.getByTestId('training-state')).toHaveText('paused', { timeout: 60_000 })
  await photograph(page, '54-training-paused')
  await page.getByTestId('resume-training').click()
  await expect(page.getByTestId('training-now')).toContainText('examples/s', { timeout: 120_000 })
  await photograph(page, '55-training-running')

  await expect(page.getByTestId('training-state')).toHaveText('finished', { timeout: 300_000 })
  await expect(page.getByTestId('loss-chart').getByRole('img')).toHaveAccessibleName(/loss: training [\d.]+ after 59 updates; validation [\d.]+ after 60 updates/)
  await photograph(page, '56-training-finished')

  await page.getByTestId('make-metamers').click()
  await expect(page.getByTestId('network')).toHaveValue('tones')
})
