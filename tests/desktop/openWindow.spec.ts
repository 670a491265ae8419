import { _electron, expect, test } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { electronBinary } from '../../scripts/setup/electron.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const binary = electronBinary(root)
const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])

test('the program opens a window titled Metamer Lab in Electron', async () => {
  test.skip(binary === null, "Electron's binary is not on this machine")
  test.skip(!hasDisplay, 'This machine has no display for Electron')
  const userData = mkdtempSync(path.join(os.tmpdir(), 'metamer-lab-desktop-'))
  const args = [root, `--user-data-dir=${userData}`]
  const app = await _electron.launch({
    executablePath: binary ?? '',
    args: process.getuid?.() === 0 ? ['--no-sandbox', ...args] : args,
  })
  try {
    const window = await app.firstWindow()
    await expect(window).toHaveTitle(/Metamer Lab/)
    await expect(window.getByRole('heading', { name: 'Metamer Lab' })).toBeVisible()
  } finally {
    await app.close()
    rmSync(userData, { recursive: true, force: true })
  }
})
