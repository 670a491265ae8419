import { defineConfig } from '@playwright/test'
import { findBrowser } from './scripts/browsers.mjs'

const executablePath = findBrowser() ?? undefined

/** One story told twice: in an installed Chromium over the loopback server, and in Electron. */
export default defineConfig({
  // TensorFlow uses every core by itself.
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  outputDir: 'test-results/playwright',
  projects: [
    {
      name: 'browser',
      testDir: 'tests/browser',
      use: {
        browserName: 'chromium',
        viewport: { width: 1440, height: 900 },
        // What can be waited for longer is waited for by name.
        actionTimeout: 60_000,
        // The story is recorded each time: `npx playwright show-trace` plays it, step by step with pictures.
        trace: 'on',
        // Chromium's own sandbox does not start for root.
        launchOptions: { executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] },
      },
    },
    { name: 'desktop', testDir: 'tests/desktop' },
  ],
})
