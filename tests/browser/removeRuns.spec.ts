import { expect, test } from '@playwright/test'
import { storyHost } from './storyHost.ts'
import { chooseThree, createProject, photograph } from './window.ts'

/** Runs that are no longer wanted, by pointing and clicking. Nothing is mocked. */

const host = storyHost()

test('removes runs from the run itself, the grid and the results, in every window, once it is confirmed', async ({ page, context }) => {
  test.slow()
  await page.goto(host.address)
  await createProject(page, host.folder)
  await chooseThree(page, 5)
  await page.getByTestId('make').click()
  await expect(page.getByText('3 runs')).toBeVisible()
  await expect(page.locator('[data-run] img')).toHaveCount(3, { timeout: 120_000 })
  const other = await context.newPage()
  await other.goto(host.address)
  await expect(other.getByText('3 runs')).toBeVisible()

  // The one that is looked at.
  await page.locator('[data-run="1"]').click()
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Remove this run…' }).click()
  await expect(dialog).toContainText('stem of efficientnet-lite0, cat.png, seed 1: metamer, losses')
  await photograph(page, '13-remove-a-run')
  await dialog.getByRole('button', { name: 'Keep it' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('3 runs')).toBeVisible()
  await page.getByRole('button', { name: 'Remove this run…' }).click()
  await page.getByTestId('remove-runs-confirmed').click()
  await expect(page.locator('[data-run="1"]')).toBeHidden()
  await expect(page.getByTestId('run')).toBeHidden()
  await expect(page.getByText('2 runs')).toBeVisible()
  await expect(other.getByText('2 runs')).toBeVisible()

  // One of the histogram's.
  await page.getByRole('button', { name: 'Results', exact: true }).click()
  await page.getByRole('button', { name: 'Histogram' }).click()
  await page.getByLabel('Choose run 2').check()
  await photograph(page, '13-remove-from-results')
  await page.getByRole('button', { name: 'Remove…' }).click()
  await page.getByTestId('remove-runs-confirmed').click()
  await expect(page.getByText(/^1 metamer, /)).toBeVisible()
  await expect(page.getByTestId('metamers').locator('tbody tr')).toHaveCount(1)

  // What is chosen in the grid; the same metamer is new again.
  await page.getByRole('button', { name: 'Workbench' }).click()
  await expect(page.getByTestId('make')).toContainText('Make 2 metamers')
  await page.locator('[data-run="3"]').click()
  await page.keyboard.press('x')
  await photograph(page, '13-chosen')
  await page.getByRole('button', { name: 'Remove the chosen runs…' }).click()
  await expect(dialog).toContainText('stem of efficientnet-lite0, rocket.jpg')
  expect(await dialog.evaluate((box) => box.scrollWidth - box.clientWidth), 'no word is cut off, wherever the button stands').toBe(0)
  await page.getByTestId('remove-runs-confirmed').click()
  await expect(page.getByText('0 runs')).toBeVisible()
  await expect(page.getByTestId('export-bar')).toBeHidden()
  await expect(page.getByTestId('make')).toContainText('Make 3 metamers')
  await expect(other.getByText('0 runs')).toBeVisible()
  for (const window of [page, other]) await expect(window.getByRole('alert')).toBeHidden()
})
