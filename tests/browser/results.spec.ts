import { expect, test } from '@playwright/test'
import { storyHost } from './storyHost.ts'
import { chooseThree, createProject, photograph } from './window.ts'

/** What many metamers say together, by pointing and clicking. Nothing is mocked. */

const host = storyHost()

test('makes both gradients at once, shows the stimuli of a bar of the histogram and the matrix of one run, and scores judges by true classes', async ({ page }) => {
  test.slow()
  await page.goto(host.address)
  await createProject(page, host.folder)
  await chooseThree(page, 5)
  await page.getByTestId('both-gradients').check()
  await expect(page.getByTestId('make')).toContainText('Make 6 metamers (3 with each gradient)')
  await photograph(page, '7-both-gradients')
  await page.getByTestId('make').click()
  await expect(page.getByText('6 runs')).toBeVisible()
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

  await page.getByRole('button', { name: 'ReLU gradient' }).click()
  await expect(page.getByRole('img', { name: 'efficientnet-lite0: modified and standard ReLU gradient' })).toBeVisible()

  await page.getByRole('button', { name: 'Recognition', exact: true }).click()
  await page.getByTestId('standard').selectOption('class')
  await page.getByTestId('true-classes').click()
  const field = page.getByTestId('answer-cat.png')
  await field.fill('tabbby')
  await field.press('Enter')
  await expect(page.getByRole('alert')).toContainText('Not kept: "tabbby" is no label of any network here, no index of one, and none of the 16 categories. Nearest: "tabby".')
  await photograph(page, '10-true-class-refused')
  await page.getByLabel('File of true classes').setInputFiles({ name: 'answers.tsv', mimeType: 'text/plain', buffer: Buffer.from('cat.png\ttabby\ncoffee.png\tespresso\n') })
  await expect(page.getByTestId('answers-given')).toHaveText('2 of 3 given.')
  await expect(field).toHaveValue('tabby')
  await page.getByTestId('answer-rocket.jpg').fill('744')
  await page.getByTestId('answer-rocket.jpg').blur()
  await expect(page.getByTestId('answers-given')).toHaveText('3 of 3 given.')
  await photograph(page, '11-true-classes')
  await page.getByRole('button', { name: 'Close (Esc)' }).click()

  await page.getByLabel('EfficientNet-Lite1').check()
  await page.getByTestId('judge').click()
  await expect(page.getByRole('img', { name: 'Metamers of efficientnet-lite0, recognised by other networks' })).toBeVisible({ timeout: 120_000 })
  await photograph(page, '12-recognised')
  const saved = page.waitForEvent('download')
  await page.getByTestId('whole-table').click()
  expect((await saved).suggestedFilename()).toBe('story recognition.csv')
})
