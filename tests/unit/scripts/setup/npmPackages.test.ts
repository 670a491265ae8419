import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { npmPackages } from '../../../../scripts/setup/npmPackages.mjs'
import { runSteps } from '../../../../scripts/setup/runSteps.mjs'
import { put, setupContext } from '../../../helpers/setupContext.ts'

const lock = (version: string) =>
  JSON.stringify({
    packages: { '': {}, 'node_modules/a': { version }, 'node_modules/for-another-system': { version: '1.0.0', optional: true } },
  })

function installA(root: string, version: string): void {
  put(path.join(root, 'node_modules/a/package.json'), '{}')
  put(path.join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: { 'node_modules/a': { version } } }))
}

describe('the npm step', () => {
  it('installs without running any package\'s script, once', async () => {
    const { root, context, calls } = setupContext(() => (installA(root, '1.0.0'), { code: 0, output: '' }), ['npm'])
    put(path.join(root, 'package-lock.json'), lock('1.0.0'))
    expect(await runSteps([npmPackages], context)).toBe(true)
    expect(calls[0]?.args).toEqual(expect.arrayContaining(['ci', '--ignore-scripts']))
    expect(await runSteps([npmPackages], context)).toBe(true)
    expect(calls).toHaveLength(1)
  })

  it('accepts what was installed by hand when it is what the lock file says', () => {
    const { root, context } = setupContext()
    put(path.join(root, 'package-lock.json'), lock('1.0.0'))
    installA(root, '1.0.0')
    expect(npmPackages.ready(context)).toBe(true)
  })

  it('installs anew when the lock file has changed', async () => {
    const { root, context } = setupContext()
    put(path.join(root, 'package-lock.json'), lock('1.0.0'))
    installA(root, '1.0.0')
    expect(npmPackages.ready(context)).toBe(true)
    put(path.join(root, 'package-lock.json'), lock('1.1.0'))
    expect(npmPackages.ready(context)).toBe(false)
  })

  it('is not fooled by an npm that was killed while it emptied the folder', async () => {
    const { root, context } = setupContext(() => ({ code: null, output: '' }), ['npm'])
    put(path.join(root, 'package-lock.json'), lock('1.1.0'))
    installA(root, '1.0.0')
    expect(await runSteps([npmPackages], context)).toBe(false)
    put(path.join(root, 'package-lock.json'), lock('1.0.0'))
    expect(npmPackages.ready(context)).toBe(false)
  })

  it('cannot go on without the network, and says so', async () => {
    const { root, context, said } = setupContext(() => ({ code: 1, output: 'npm error code EAI_AGAIN' }), ['npm'])
    put(path.join(root, 'package-lock.json'), lock('1.0.0'))
    expect(await runSteps([npmPackages], context)).toBe(false)
    expect(said[0]).toBe('The npm packages could not be installed: the package registry did not answer. Check the network connection and proxy.')
  })
})
