import { expect, test } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { storyHost } from './storyHost.ts'
import { createProject, photograph } from './window.ts'

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
