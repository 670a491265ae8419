import { expect, test } from '@playwright/test'
import path from 'node:path'
import { writePictureFolder } from '../helpers/pictureFolder.ts'
import { storyHost } from './storyHost.ts'
import { createProject, photograph } from './window.ts'

/** A network of the catalogue learns two kinds of pictures in the window: nothing is mocked. */

const host = storyHost()

test.use({ actionTimeout: 30_000 })

test('fine-tunes a network on two kinds of pictures, and shows what it takes for what', async ({ page }) => {
  test.setTimeout(600_000)
  const pictures = path.join(host.folder, 'pictures')
  writePictureFolder(pictures, { train: 6, validation: 3, test: 4 })
  const field = (name: string) => page.getByTestId(`training-${name}`)
  await page.goto(host.address)
  await createProject(page, host.folder, 'pictures')
  await page.keyboard.press('Alt+5')
  await page.getByText('Pictures', { exact: true }).first().click()
  await field('name').fill('stripes')
  await field('pictures').fill(pictures)
  await expect(field('network')).toHaveValue('efficientnet-lite0')
  await expect(field('network').getByRole('option', { name: 'resnet-101-v2 (random weights)' })).toBeAttached()
  await field('from').selectOption('head')
  await field('steps').fill('12')
  await page.getByText('More settings').click()
  await field('batch').fill('4')
  await field('views').fill('2')
  await field('validate').fill('4')

  await photograph(page, '59-training-pictures-form')
  await page.getByTestId('look-at-data').click()
  await expect(page.getByTestId('survey-of-pictures')).toContainText('26 files; shorter sides of 32 pixels')
  await expect(page.getByTestId('survey-small')).toContainText('26 files small')
  await page.getByTestId('examples').click()
  await expect(page.getByTestId('example-7')).toBeVisible({ timeout: 60_000 })
  await page.getByTestId('example-0').scrollIntoViewIfNeeded()
  await photograph(page, '60-training-pictures-data')

  await page.getByTestId('start-training').click()
  await expect(page.getByTestId('training-state')).toHaveText('finished', { timeout: 300_000 })
  await expect(page.getByTestId('confusions').getByRole('img')).toHaveAccessibleName(/Confusion matrix: \d of 8 pictures right/, { timeout: 60_000 })
  await expect(page.getByTestId('kernels').getByRole('img')).toHaveCount(32)
  await expect(page.getByTestId('tests')).toContainText('8 pictures of the split test')
  await photograph(page, '61-training-pictures-finished')
  await page.getByTestId('make-metamers').click()
  await expect(page.getByTestId('network')).toHaveValue('stripes')
})
