import { expect, test } from '@playwright/test'
import path from 'node:path'
import { writeWordFolder } from '../helpers/wordFolder.ts'
import { storyHost } from './storyHost.ts'
import { createProject, photograph } from './window.ts'

/** A network is planned, trained and looked at in the window, and metamers are made with it: nothing is mocked. */

const host = storyHost()

test.use({ actionTimeout: 30_000 })

test('trains a small network of two words, pauses it, shows how well it does, and takes it to the Workbench', async ({ page }) => {
  test.setTimeout(600_000)
  const words = writeWordFolder(path.join(host.folder, 'words'), { clips: { train: 6, validation: 3, test: 4 } })
  const field = (name: string) => page.getByTestId(`training-${name}`)
  await page.goto(host.address)
  await createProject(page, host.folder, 'training')
  await page.keyboard.press('Alt+5')
  await expect(page.getByRole('heading', { name: 'New training', exact: true })).toBeVisible()

  await page.getByTestId('start-training').click()
  await expect(page.getByText('Updates takes')).toHaveCount(0)
  await expect(page.getByText('Name is missing.')).toBeVisible()
  await field('name').fill('tones')
  await field('size').fill('4,4')
  await expect(page.getByText('Size takes small, full, a share of full such as 0.25, or six whole numbers (C0,C1,C2,C3,C4,FC) for aliased, not "4,4".')).toBeVisible()
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
  await field('steps').fill('200')
  await page.getByText('More settings').click()
  await field('batch').fill('4')
  await field('validate').fill('20')
  await field('test-snr').fill('-5,5')
  await field('loss-weights').fill('1,1')

  await page.getByTestId('look-at-data').click()
  await expect(page.getByTestId('survey-of-words')).toContainText('26 files')
  await expect(page.getByTestId('survey-of-words')).toContainText('none missing')
  await photograph(page, '52-training-data')
  await page.getByTestId('examples').click()
  await expect(page.getByTestId('example-0')).toBeVisible({ timeout: 60_000 })
  await page.getByTestId('example-2').click()
  // A clip lasts as long as it lasts: on a machine that stands still it is started once more.
  const play = page.getByTestId('play-example')
  await expect(async () => {
    if ((await play.textContent())?.includes('Play')) await play.click()
    await expect(play).toHaveText('Stop', { timeout: 500 })
  }).toPass()
  await page.getByTestId('play-example').scrollIntoViewIfNeeded()
  await photograph(page, '53-training-examples')
  const examples = page.getByTestId('example-2').getByRole('cell')
  const [word, background, snr] = [await examples.nth(1).textContent(), await examples.nth(2).textContent(), await examples.nth(3).textContent()]
  const mixture = `"${word}" in ${background} at ${snr}`
  for (const [chart, title] of [['counts of words', 'speech.csv: clips by word'], ['durations of backgrounds', 'backgrounds.csv: durations'], ['cochleagram', `${mixture}: cochleagram`], ['waveform', `${mixture}: waveform`]] as const) {
    await page.getByRole('button', { name: `Save the ${chart}`, exact: true }).click()
    await expect(page.getByRole('img', { name: title, exact: true })).toBeVisible()
    await photograph(page, `53-training-${chart.replaceAll(' ', '-')}-to-save`)
    await page.keyboard.press('Escape')
  }

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
  await expect(page.getByTestId('loss-chart').getByRole('img')).toHaveAccessibleName(/loss: training [\d.]+ after 199 updates; validation [\d.]+ after 200 updates/)
  await expect(page.getByTestId('confusions').getByRole('img')).toHaveAccessibleName(/Confusion matrix: \d of 8 clips right/, { timeout: 60_000 })
  await expect(page.getByRole('list', { name: 'Area under the ROC curve of each sound' }).getByRole('listitem')).toHaveCount(2)
  await expect(page.getByTestId('kernels').getByRole('img')).toHaveCount(4)
  await expect(page.getByTestId('tests')).toContainText('8 test clips')
  await expect(page.getByTestId('training-facts')).toContainText('all steps made after 200 updates')
  await page.getByRole('button', { name: 'Save the loss' }).click()
  await expect(page.getByRole('img', { name: 'tones: loss', exact: true })).toBeVisible()
  await photograph(page, '56-training-loss-to-save')
  await page.keyboard.press('Escape')
  for (const [chart, title] of [['learning rate', 'learning rate'], ['tests', 'tests'], ['confusions', 'confusions'], ['sounds', 'area under the ROC curve'], ['first kernels', 'first kernels']] as const) {
    await page.getByRole('button', { name: `Save the ${chart}` }).click()
    await expect(page.getByRole('img', { name: `tones: ${title}`, exact: true })).toBeVisible()
    await photograph(page, `56-training-${chart.replace(' ', '-')}-to-save`)
    await page.keyboard.press('Escape')
  }
  await page.getByTestId('confusions').locator('.cell').first().click()
  await expect(page.getByTestId('confusions')).toContainText('taken for')
  await photograph(page, '56-training-finished')
  await page.getByTestId('training-facts').scrollIntoViewIfNeeded()
  await photograph(page, '57-training-outcome')

  await page.getByTestId('new-training').click()
  await field('name').fill('tones-2')
  await field('seed').fill('2')
  await field('steps').fill('20')
  await page.getByTestId('start-training').click()
  await expect(page.getByTestId('training-state')).toHaveText('finished', { timeout: 300_000 })
  await page.getByLabel('Compare tones', { exact: true }).check()
  await page.getByLabel('Compare tones-2').check()
  await expect(page.getByTestId('comparison').getByRole('row')).toHaveCount(3)
  await photograph(page, '58-training-compared')
  for (const [chart, title] of [['learning rates', 'learning rate'], ['tests', 'tests']] as const) {
    await page.getByRole('button', { name: `Save the ${chart}` }).click()
    await expect(page.getByRole('img', { name: `tones, tones-2: ${title}`, exact: true })).toBeVisible()
    await photograph(page, `58-training-compared-${title.replace(' ', '-')}-to-save`)
    await page.keyboard.press('Escape')
  }
  await page.locator('[data-test="training-tones"]').click()

  await page.getByTestId('make-metamers').click()
  await expect(page.getByTestId('network')).toHaveValue('tones')
})
