import { expect, test, type Page } from '@playwright/test'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { smallOnnx } from '../helpers/smallOnnx.ts'
import { storyHost } from './storyHost.ts'
import { createProject, openSettings, photograph } from './window.ts'

/** A metamer from a network that only the wizard has seen, by pointing and clicking: nothing is mocked. */

const host = storyHost()

test.describe.configure({ mode: 'serial' })
test.beforeAll(() => {
  writeFileSync(path.join(host.folder, 'small.onnx'), smallOnnx())
  writeFileSync(path.join(host.folder, 'broken.onnx'), smallOnnx().subarray(0, 1000))
})

async function chooseFile(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Choose…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Choose a model file' })
  await dialog.getByLabel('Path').fill(host.folder)
  await dialog.getByLabel('Path').press('Enter')
  await dialog.getByRole('button', { name }).click()
  await dialog.getByRole('button', { name: 'Choose', exact: true }).click()
}

test('imports a network from an ONNX file and makes a metamer with it', async ({ page }) => {
  test.slow()
  const complaints: string[] = []
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())))
  page.on('pageerror', (error) => void complaints.push(error.message))
  const next = page.getByTestId('next')

  await page.goto(host.address)
  await createProject(page, host.folder, 'import')
  await page.getByTestId('import').click()
  await expect(next, 'there is no file yet').toBeDisabled()

  await chooseFile(page, 'broken.onnx')
  await expect(page.getByTestId('file-problem')).toBeVisible()
  await expect(next).toBeDisabled()

  await chooseFile(page, 'small.onnx')
  await expect(page.getByTestId('format')).toHaveText('ONNX, a whole network')
  await photograph(page, '11-import-file')
  await next.click()

  await expect(page.getByTestId('height')).toHaveValue('32')
  await page.getByTestId('normalisation').selectOption('minus-one-to-one')
  await expect(page.getByTestId('range')).toContainText('−1 to 1')
  await page.getByTestId('labels').selectOption('own')
  await page.getByTestId('own-labels').fill('cat\ncup\nrocket\nboat\ntree')
  await photograph(page, '12-import-input')
  await next.click()

  const layer = (tensor: string) => page.locator(`[data-tensor="${tensor}"]`)
  await expect(layer('relu1')).toContainText('32 × 32 × 8')
  await expect(layer('relu2')).toContainText('16 × 16 × 12')
  await expect(page.getByRole('img', { name: /^Graph of the network: 8 nodes/ })).toBeVisible()
  await page.getByTestId('output').selectOption('logits')
  await layer('relu2').getByRole('checkbox').check()
  await page.getByLabel('Name of the layer at relu2').fill('second')
  // What is filled in stays when one goes back.
  await page.getByTestId('back').click()
  await expect(page.getByTestId('own-labels')).toHaveValue('cat\ncup\nrocket\nboat\ntree')
  await next.click()
  await expect(page.getByLabel('Name of the layer at relu2')).toHaveValue('second')
  await page.getByTestId('find-node').fill('relu2')
  await page.getByTestId('find-node').press('Enter')
  await photograph(page, '13-import-layers')
  await next.click()

  await page.getByTestId('try-sample').selectOption('cat')
  await page.getByTestId('try').click()
  await expect(page.getByTestId('top-five').getByRole('listitem')).toHaveCount(5)
  await expect(page.getByTestId('top-five')).toContainText('rocket')
  await photograph(page, '14-import-try')
  await next.click()

  await page.getByTestId('network-name').fill('vgg-19')
  await expect(page.getByTestId('unready')).toContainText('already a network called "vgg-19"')
  await page.getByTestId('network-name').fill('small-onnx')
  await page.getByTestId('network-title').fill('Small ONNX network')
  await photograph(page, '15-import-save')
  await next.click()
  await expect(page.getByText('chosen for the next metamers')).toBeVisible({ timeout: 30_000 })
  await next.click()

  await expect(page.getByTestId('network')).toHaveValue('small-onnx')
  await page.getByTestId('layer-second').click()
  await page.getByTestId('samples').selectOption('cat')
  await page.getByTestId('preset').selectOption('quick look')
  await openSettings(page)
  await page.getByTestId('updates').fill('20')
  await page.getByTestId('updates').blur()
  await page.getByTestId('make').click()
  await expect(page.getByTestId('verdict')).toContainText('undecided', { ignoreCase: true, timeout: 120_000 })
  await expect(page.getByTestId('labels-reference')).toContainText(/cat|cup|rocket|boat|tree/)
  await photograph(page, '16-import-metamer')

  expect(complaints).toEqual([])
})

test('saves the card of an own network, and removes it when that is confirmed', async ({ page }) => {
  await page.goto(host.address)
  await page.getByRole('button', { name: 'Networks' }).click()
  await page.getByRole('button', { name: /Small ONNX network/ }).click()
  await page.getByTestId('save-card').click()
  const dialog = page.getByRole('dialog', { name: 'Save the network card' })
  await dialog.getByLabel('Path').fill(host.folder)
  await dialog.getByLabel('Path').press('Enter')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText(/The card of small-onnx is saved as .*small-onnx\.json/)).toBeVisible()
  await photograph(page, '17-networks')
  await page.getByTestId('remove').click()
  await page.getByTestId('remove-confirmed').click()
  await expect(page.getByRole('button', { name: /Small ONNX network/ })).toBeHidden()
})

test('adds a network by its card and the file that the card names', async ({ page }) => {
  await page.goto(host.address)
  await page.getByTestId('import').click()
  await chooseFile(page, 'small.onnx')
  await page.getByText('Somebody shared a card for this file').click()
  await page.getByRole('button', { name: 'Choose the card…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Choose the network card' })
  await dialog.getByLabel('Path').fill(host.folder)
  await dialog.getByLabel('Path').press('Enter')
  await dialog.getByRole('button', { name: 'small-onnx.json' }).click()
  await dialog.getByRole('button', { name: 'Choose', exact: true }).click()
  await expect(page.getByText('chosen for the next metamers')).toBeVisible({ timeout: 30_000 })
  await page.getByTestId('next').click()
  await expect(page.getByTestId('layer-second')).toContainText('16 × 16 × 12')
})
