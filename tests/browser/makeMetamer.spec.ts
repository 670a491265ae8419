import { expect, test } from '@playwright/test'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { storyHost } from './storyHost.ts'
import { createProject, openSettings, photograph } from './window.ts'

/** Small real metamers by pointing and clicking: nothing is mocked. Later stories go on with the project of the first. */

const UPDATES = 20
const pool = path.resolve(import.meta.dirname, '../../resources/samples')
const host = storyHost()

test.describe.configure({ mode: 'serial' })

test('makes a metamer of a picture, judges it, and exports it', async ({ page }) => {
  const complaints: string[] = []
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())))
  page.on('pageerror', (error) => void complaints.push(error.message))

  await page.goto(host.address)
  expect(page.url(), 'the token leaves the address bar').not.toContain('token')
  await expect(page.getByText('Try with samples')).toBeVisible()
  await photograph(page, '1-start')
  await createProject(page, host.folder)

  const make = page.getByTestId('make')
  await expect(make).toBeDisabled()
  await expect(page.getByText('Missing: a layer, a reference picture.')).toBeVisible()

  await page.getByTestId('network').selectOption('efficientnet-lite0')
  await page.getByTestId('layer-stem').click()
  await page.getByTestId('samples').selectOption('cat')
  await expect(page.getByTestId('reference-cat.png')).toBeVisible()
  await page.getByTestId('preset').selectOption('quick look')
  await openSettings(page)
  await page.getByTestId('updates').fill(String(UPDATES))
  await page.getByTestId('updates').blur()
  await expect(page.getByTestId('protocol')).toHaveText(`quick look, ${UPDATES} updates`)
  await photograph(page, '2-draft')
  await page.setViewportSize({ width: 1024, height: 700 })
  await expect(page.getByTestId('preset'), 'below the fold').not.toBeInViewport()
  await page.getByTestId('protocol').click()
  await expect(page.getByTestId('preset')).toBeInViewport()
  await page.setViewportSize({ width: 1440, height: 900 })

  await make.click()
  await expect(page.getByTestId('run-state')).toHaveText(/running|finished/, { timeout: 60_000 })
  await expect(page.getByTestId('verdict')).toContainText('undecided', { ignoreCase: true, timeout: 120_000 })
  await expect(page.getByTestId('verdict')).toContainText('null')
  await expect(page.getByRole('img', { name: /^Spearman ρ at 11 layers; [01]\.\d{3} at the generation layer stem/ })).toBeVisible()
  await expect(page.getByTestId('message')).toContainText('224')
  await expect(page.getByTestId('labels-reference')).toContainText('%')
  await expect(page.getByTestId('rho')).toHaveText(/^[−]?[01]\.\d{4}$/)
  await photograph(page, '3-finished')

  await page.getByRole('button', { name: 'Save the loss' }).click()
  await expect(page.getByRole('img', { name: /^efficientnet-lite0, stem: loss of run \d+$/ })).toBeVisible()
  await photograph(page, '3-loss-to-save')
  const saved = page.waitForEvent('download')
  await page.getByTestId('figure-dialog').getByTestId('png').click()
  expect((await saved).suggestedFilename()).toMatch(/^efficientnet-lite0_stem_run\d+_loss_quick-look-20-updates\.png$/)
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('figure-dialog')).toBeHidden()
  await page.getByRole('button', { name: 'Save the matching fidelity' }).click()
  await expect(page.getByRole('img', { name: /^efficientnet-lite0: run \d+ at every layer$/ })).toBeVisible()
  await page.keyboard.press('Escape')

  const metamer = page.getByTestId('metamer')
  const before = await metamer.getAttribute('src')
  await page.locator('body').press('Escape')
  await page.keyboard.down('f')
  await expect(metamer).not.toHaveAttribute('src', before!)
  await page.keyboard.up('f')
  await expect(metamer).toHaveAttribute('src', before!)

  await page.getByRole('button', { name: 'Export…' }).click()
  await page.getByRole('button', { name: 'Export here' }).click()
  const told = page.getByText(/Exported 1 run as \d+ files to /)
  await expect(told).toBeVisible({ timeout: 30_000 })
  const folder = (await told.textContent())!.replace(/^.* files to /, '')
  expect(existsSync(path.join(folder, 'stimuli.tsv')), readdirSync(folder).join(', ')).toBe(true)

  expect(complaints).toEqual([])
})

test('makes a metamer of a sound and plays both', async ({ page }) => {
  test.slow()
  await page.goto(host.address)
  await page.getByTestId('network').selectOption('word-cnn-aliased')
  await page.getByTestId('layer-cochleagram').click()
  await page.getByTestId('samples').selectOption('human')
  await page.getByTestId('preset').selectOption('quick look')
  await openSettings(page)
  await page.getByTestId('updates').fill(String(UPDATES))
  await page.getByTestId('updates').blur()
  await page.getByTestId('make').click()

  await expect(page.getByTestId('verdict')).toContainText('undecided', { ignoreCase: true, timeout: 150_000 })
  await expect(page.getByTestId('cochleagram-metamer').locator('canvas')).toBeVisible()
  await expect(page.getByTestId('cochleagram-metamer')).toContainText('1k')

  // What is heard goes on while other runs are made and cancelled.
  const made = page.locator('[data-run][aria-current="true"]')
  const run = await made.getAttribute('data-run')
  await page.getByTestId('updates').fill('100000')
  await page.getByTestId('updates').blur()
  await page.getByTestId('make').click()
  await expect(page.getByTestId('run-state')).toHaveText('running', { timeout: 60_000 })
  await page.locator(`[data-run="${run}"]`).click()
  const hearMetamer = page.getByRole('button', { name: /^Hear the metamer/ })
  const hearReference = page.getByRole('button', { name: /^Hear the reference/ })
  await expect(hearMetamer).toBeVisible()
  await page.keyboard.press('l')
  await expect(page.getByTestId('again')).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('b')
  await expect(hearMetamer).toHaveAttribute('aria-pressed', 'true')
  const queue = page.getByRole('region', { name: 'Queue' })
  await queue.getByRole('button', { name: 'Cancel' }).click()
  await expect(queue).toBeHidden()
  await expect(hearMetamer).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('a')
  await expect(hearReference).toHaveAttribute('aria-pressed', 'true')
  await photograph(page, '4-sound')
  for (const chart of ['cochleagrams', 'waveforms', 'labels']) {
    await page.getByRole('button', { name: `Save the ${chart}` }).click()
    await expect(page.getByTestId('figure').getByRole('img', { name: new RegExp(`${chart} of run \\d+$`) })).toBeVisible()
    await photograph(page, `4-${chart}-to-save`)
    await page.keyboard.press('Escape')
  }
  await page.keyboard.press('Escape')
  await expect(hearReference).toHaveAttribute('aria-pressed', 'false')
})

test('moves a cochleagram by itself, and makes it audible', async ({ page }) => {
  test.slow()
  await page.goto(host.address)
  await page.getByTestId('network').selectOption('word-cnn-aliased')
  await page.getByTestId('layer-cochleagram').click()
  await page.getByTestId('reference-human.wav').click()
  await page.getByTestId('preset').selectOption('quick look')
  await openSettings(page)
  await page.getByTestId('updates').fill(String(UPDATES))
  await page.getByTestId('updates').blur()
  await page.getByTestId('space').selectOption('cochleagram')
  await expect(page.getByText('Missing: layers behind the cochleagram, which is moved itself.')).toBeVisible()
  await page.getByTestId('layer-cochleagram').click()
  await page.getByTestId('layer-conv_1').click()
  await page.getByTestId('make').click()

  await expect(page.getByTestId('verdict')).toContainText('undecided', { ignoreCase: true, timeout: 150_000 })
  await expect(page.getByTestId('cochleagram-metamer').locator('canvas')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Hear the reference/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Hear the metamer/ })).toBeHidden()
  await photograph(page, '4-cochleagram-moved')

  await page.getByTestId('invert').click()
  await expect(page.getByTestId('twin')).toHaveText(/^Inverts run \d+$/)
  await expect(page.getByTestId('verdict')).toContainText('undecided', { ignoreCase: true, timeout: 150_000 })
  await page.getByTestId('again').click()
  await page.getByRole('button', { name: /^Hear the metamer/ }).click()
  await expect(page.getByRole('button', { name: /^Hear the metamer/ })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Escape')
  await photograph(page, '4-cochleagram-audible')
  await page.getByTestId('twin').click()
  await expect(page.getByTestId('twin')).toHaveText(/^Heard in run \d+$/)
})

test('takes a picture that is dropped anywhere on the window, and says what the network does to it', async ({ page }) => {
  await page.goto(host.address)
  await page.getByTestId('network').selectOption('efficientnet-lite0')
  const dataTransfer = await page.evaluateHandle(drawPicture, { name: 'dropped.png', width: 96, height: 64 })
  await page.locator('body').dispatchEvent('dragover', { dataTransfer })
  await expect(page.getByText('Drop to add as reference')).toBeVisible()
  await page.locator('body').dispatchEvent('drop', { dataTransfer })
  await expect(page.getByText('Drop to add as reference')).toBeHidden()
  await expect(page.getByTestId('reference-dropped.png').getByRole('checkbox')).toBeChecked()
  await expect(page.getByTestId('notices')).toContainText('dropped.png')
  await expect(page.getByTestId('notices')).toContainText('224')
})

/** Runs in the page: a small PNG file, as a drag carries it. */
async function drawPicture({ name, width, height }: { name: string; width: number; height: number }): Promise<DataTransfer> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')!
  context.fillStyle = 'orange'
  context.fillRect(0, 0, width, height)
  context.fillStyle = 'navy'
  context.fillRect(width / 4, height / 4, width / 2, height / 2)
  const dragged = new DataTransfer()
  dragged.items.add(new File([await canvas.convertToBlob({ type: 'image/png' })], name, { type: 'image/png' }))
  return dragged
}

test('refuses a file that is neither picture nor sound with a sentence, and loses nothing', async ({ page }) => {
  await page.goto(host.address)
  await page.getByTestId('layer-stem').click()
  await page.getByLabel('Reference files').setInputFiles({ name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') })
  await expect(page.getByRole('alert')).toContainText('notes.png')
  await expect(page.getByTestId('layer-stem').getByRole('checkbox')).toBeChecked()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(page.getByRole('alert')).toBeHidden()
})

test('pauses and resumes a run, and judges it against a null distribution made here', async ({ page }) => {
  test.slow()
  await page.goto(host.address)
  await page.getByText('Null distributions').click()
  await page.getByPlaceholder('Folder with pictures or sounds').fill(pool)
  // Four pictures give six pairs: enough to see it work, far too few to judge by.
  await page.getByLabel('Pairs').fill('6')
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(page.getByRole('cell', { name: 'block1', exact: true })).toBeVisible({ timeout: 90_000 })
  await photograph(page, '5-nulls')
  await page.getByRole('button', { name: 'Save the null distribution' }).click()
  await expect(page.getByTestId('figure').getByRole('img', { name: /: null distribution$/ })).toBeVisible()
  await photograph(page, '5-null-to-save')
  await page.keyboard.press('Escape')

  // A larger one is stopped, gone on with, stopped again, and dropped.
  const stopped = page.getByTestId('stopped-nulls')
  const stop = async (): Promise<void> => {
    await expect(page.getByText(/^[1-9]\d* of \d+ stimuli through the network$/)).toBeVisible({ timeout: 60_000 })
    await page.getByRole('button', { name: /^Stop this null distribution/ }).click()
    await expect(stopped).toContainText('20,000 pairs of samples, seed 1, crops')
  }
  await page.getByLabel('Augment').selectOption('crops')
  await page.getByRole('spinbutton', { name: 'Pairs' }).fill('20000')
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await stop()
  await page.getByRole('spinbutton', { name: 'Pairs' }).fill('5')
  await expect(page.getByTestId('smaller-null')).toContainText('one of 5 does not replace it')
  await photograph(page, '5-null-stopped')
  await page.getByTestId('go-on').click()
  await expect(stopped).toBeHidden()
  await stop()
  await page.getByTestId('drop').click()
  await page.getByTestId('drop-confirmed').click()
  await expect(stopped).toBeHidden()

  await page.getByText('Workbench').click()
  await page.getByTestId('layer-block1').click()
  await page.getByTestId('reference-cat.png').click()
  await page.getByTestId('preset').selectOption('quick look')
  // Long enough to be caught at work on a fast machine, short enough to be waited for on a slow one.
  await openSettings(page)
  await page.getByTestId('updates').fill('4000')
  await page.getByTestId('updates').blur()
  await page.getByTestId('make').click()
  await expect(page.getByTestId('update')).not.toHaveText(/^0 /, { timeout: 60_000 })
  await page.getByTestId('pause').click()
  await expect(page.getByTestId('run-state')).toHaveText('paused')
  await photograph(page, '6-paused')
  await page.getByTestId('resume').click()
  await expect(page.getByTestId('verdict')).toContainText(/included|excluded/i, { timeout: 150_000 })
  await expect(page.getByText('6 pairs from')).toBeVisible()
  await photograph(page, '7-judged')
})
