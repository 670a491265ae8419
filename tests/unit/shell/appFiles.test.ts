import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rendererFiles, type RendererFile } from '../../../src-main/host/rendererFiles.ts'
import { answerWindow } from '../../../src-main/shell/appFiles.ts'

describe('answerWindow', () => {
  let folder: string
  let files: Map<string, RendererFile>

  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'metamer-lab-shell-'))
    mkdirSync(path.join(folder, 'renderer/assets'), { recursive: true })
    writeFileSync(path.join(folder, 'renderer/index.html'), '<!doctype html>')
    writeFileSync(path.join(folder, 'renderer/assets/a.js'), 'export {}')
    writeFileSync(path.join(folder, 'secret.txt'), 'secret')
    files = rendererFiles(path.join(folder, 'renderer'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const get = (url: string, method = 'GET') => answerWindow({ url, method }, files)

  it('gives the page with a policy that allows no script but our own', async () => {
    const response = await get('app://metamer-lab/')
    expect(await response.text()).toBe('<!doctype html>')
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('Content-Security-Policy')).toContain("script-src 'self';")
    expect(response.headers.get('Content-Security-Policy')).not.toMatch(/script-src[^;]*unsafe/)
  })

  it('gives a file of the build', async () => {
    expect(await (await get('app://metamer-lab/assets/a.js')).text()).toBe('export {}')
  })

  it.each([
    'app://metamer-lab/../secret.txt',
    'app://metamer-lab/%2e%2e/secret.txt',
    'app://metamer-lab/assets/..%2f..%2fsecret.txt',
    'app://metamer-lab//etc/passwd',
    'app://metamer-lab/assets',
  ])('answers %s with 404, because it is no file of the build', async (url) => {
    expect((await get(url)).status).toBe(404)
  })

  it('refuses another host under the same scheme', async () => {
    expect((await get('app://other/index.html')).status).toBe(403)
  })

  it('refuses to be written to', async () => {
    expect((await get('app://metamer-lab/', 'POST')).status).toBe(405)
  })
})
