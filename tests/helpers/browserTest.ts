import { test as base } from '@playwright/test'
import { findBrowser } from '../../scripts/browsers.mjs'

/** Playwright's `test`, which skips by name where no Chromium, Chrome or Edge is installed. */
export const test = base.extend<{ installedBrowser: void }>({
  installedBrowser: [
    // Playwright reads the names of the fixtures that are needed from this pattern.
    async ({}, use, testInfo) => {
      testInfo.skip(findBrowser() === null, 'No Chromium, Chrome or Edge is installed on this machine')
      await use()
    },
    { auto: true },
  ],
})
export { expect } from '@playwright/test'
