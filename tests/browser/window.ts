import { expect, type Page } from '@playwright/test'
import path from 'node:path'

/** What the stories of the window have in common. */

const shots = path.resolve(import.meta.dirname, '../../test-results/screenshots')

/** Take a picture of the window in both sizes it is made for. */
export async function photograph(page: Page, name: string): Promise<void> {
  for (const [width, height] of [[1440, 900], [1024, 700]] as const) {
    await page.setViewportSize({ width, height })
    // Charts draw themselves anew in the frame after the resize.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    await page.screenshot({ path: path.join(shots, `${name}-${width}x${height}.png`) })
    expect(await page.evaluate(() => document.documentElement.scrollWidth), 'nothing is cut off at the side').toBeLessThanOrEqual(width)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

export async function createProject(page: Page, folder: string, name = 'story'): Promise<void> {
  await page.getByText('New project…').click()
  await page.getByLabel('Path').fill(folder)
  await page.getByLabel('Path').press('Enter')
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Create' }).click()
}

/** Ask for metamers of three pictures at one layer of EfficientNet-Lite0. */
export async function chooseThree(page: Page, updates: number): Promise<void> {
  await page.getByTestId('network').selectOption('efficientnet-lite0')
  await page.getByTestId('layer-stem').click()
  for (const sample of ['cat', 'coffee', 'rocket']) await page.getByTestId('samples').selectOption(sample)
  await expect(page.getByTestId('make')).toContainText('Make 3 metamers')
  // What is done to each stands above the protocol and moves it down.
  await expect(page.getByTestId('notices').locator('li', { hasText: 'Resized' })).toHaveCount(3)
  await page.getByTestId('preset').selectOption('quick look')
  await openSettings(page)
  await page.getByTestId('updates').fill(String(updates))
  await page.getByTestId('updates').blur()
}

/** Show the protocol's settings. A notice about a reference that arrives just then may move the button from under the click. */
export async function openSettings(page: Page): Promise<void> {
  const settings = page.getByTestId('settings')
  await expect(async () => {
    if ((await settings.getAttribute('aria-expanded')) === 'false') await settings.click()
    await expect(page.getByTestId('updates')).toBeVisible({ timeout: 1000 })
  }).toPass()
}
