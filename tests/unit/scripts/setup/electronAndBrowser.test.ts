import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { browser } from '../../../../scripts/setup/browser.mjs'
import { electron } from '../../../../scripts/setup/electron.mjs'
import { runSteps } from '../../../../scripts/setup/runSteps.mjs'
import { put, setupContext } from '../../../helpers/setupContext.ts'

describe('the Electron step', () => {
  it('goes on with a browser when the binary does not come in time', async () => {
    const { context, said } = setupContext(() => ({ code: null, output: '', timedOut: true, timeoutS: 60 }))
    expect(await runSteps([electron], context)).toBe(true)
    expect(said[0]).toMatch(/^The window opens in a browser, because Electron's binary could not be fetched within 60 s\./)
  })

  it('does not trust a binary that was unpacked by halves', () => {
    const { root, context } = setupContext()
    const folder = path.join(root, 'node_modules/electron')
    put(path.join(folder, 'package.json'), '{"version":"45.4.1"}')
    put(path.join(folder, 'dist/version'), '45.4.1')
    put(path.join(folder, 'dist/electron'), 'binary')
    expect(electron.ready(context)).toBe(false)
    put(path.join(folder, 'path.txt'), 'electron')
    expect(electron.ready(context)).toBe(true)
  })

  it('is left out when asked', () => {
    const { context } = setupContext()
    expect(electron.ready({ ...context, env: { METAMER_LAB_ELECTRON: 'skip' } })).toBe(true)
  })
})

describe('the browser step', () => {
  it('is satisfied with an installed browser', () => {
    const { context } = setupContext()
    expect(browser.ready({ ...context, env: { METAMER_LAB_BROWSER: process.execPath } })).toBe(true)
  })

  it('installs Chromium only as root on Debian, and else says what happens without', async () => {
    const person = setupContext(undefined, ['apt-get'])
    await runSteps([browser], person.context)
    expect(person.calls).toEqual([])
    expect(person.said[0]).toMatch(/^No Chromium, Chrome or Edge is installed\. Browser tests are skipped by name.*Cure: install one/)

    const root = setupContext(undefined, ['apt-get'])
    await runSteps([browser], { ...root.context, isRoot: true })
    expect(root.calls.map((call) => call.args.at(-1))).toEqual(['update', 'chromium'])
  })

  it('does not trust a browser whose installation was interrupted', async () => {
    const { context } = setupContext(() => ({ code: null, output: '' }), ['apt-get'])
    await runSteps([browser], { ...context, isRoot: true })
    expect(browser.ready({ ...context, env: { METAMER_LAB_BROWSER: process.execPath } })).toBe(false)
  })
})
