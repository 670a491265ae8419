import { expect, test } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { storyHost } from './storyHost.ts'
import { createProject, openSettings, photograph } from './window.ts'

/** What a person meets who tries things for the first time. */

const host = storyHost()

test('fits the window, however long the project\'s path is', async ({ page }) => {
  await page.goto(host.address)
  const folder = path.join(host.folder, 'a folder with quite a long name', 'and another one in it, which is longer still')
  mkdirSync(folder, { recursive: true })
  await createProject(page, folder, 'A project that is called by a whole sentence about what is in it')
  await expect(page.getByTestId('make')).toBeVisible()
  await photograph(page, 'long-path')
  await page.setViewportSize({ width: 1024, height: 700 })
  await expect(page.getByRole('button', { name: 'Keys (?)' })).toBeInViewport({ ratio: 1 })
  await expect(page.getByText(/^Metamer Lab \d/)).toBeInViewport({ ratio: 1 })
})

test('keeps what was chosen when the page is reloaded, and makes nothing twice', async ({ page }) => {
  await page.goto(host.address)
  await page.getByTestId('layer-stem').click()
  await page.getByTestId('samples').selectOption('cat')
  await page.getByTestId('preset').selectOption('quick look')
  await openSettings(page)
  await page.getByTestId('updates').fill('3')
  await page.getByTestId('make').dblclick()
  await expect(page.getByTestId('verdict')).toContainText('undecided', { ignoreCase: true, timeout: 120_000 })
  await expect(page.getByText('Run 1 is this metamer already.')).toBeVisible()
  // Keys belong to what is seen.
  await page.getByTestId('free-seed').click()
  await page.getByRole('button', { name: 'Results', exact: true }).click()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Workbench' }).click()
  await expect(page.getByText('1 run', { exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByTestId('layer-stem').getByRole('checkbox')).toBeChecked()
  await expect(page.getByTestId('reference-cat.png').getByRole('checkbox')).toBeChecked()
  await expect(page.getByTestId('protocol')).toHaveText('quick look, 3 updates')
  await expect(page.getByTestId('verdict')).toBeVisible()
  await expect(page.locator('[data-run]')).toHaveCount(1)
})

test('exports to the folder that the field shows, or says why not', async ({ page }) => {
  await page.goto(host.address)
  await page.locator('[data-run]').click()
  await page.getByRole('button', { name: 'Export…' }).click()
  await page.getByLabel('Path').fill(path.join(host.folder, 'nowhere'))
  await page.getByRole('button', { name: 'Export here' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('alert')).toContainText('There is no folder')
  await expect(page.getByRole('button', { name: 'Export here' })).toBeDisabled()
  await photograph(page, 'export-nowhere')
  const there = path.join(host.folder, 'there')
  mkdirSync(there)
  await page.getByLabel('Path').fill(there)
  await page.getByRole('button', { name: 'Export here' }).click()
  await expect(page.getByText(/Exported 1 run as \d+ files to /)).toContainText(there)
})
