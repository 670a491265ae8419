import { mkdirSync, writeFileSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPool } from '../../../src-main/host/poolFolder.ts'
import { temporaryFolder } from '../../helpers/temporaryProject.ts'

describe('readPool', () => {
  it('takes stimuli of subfolders too, in the order of their paths, and passes over all else', async () => {
    const folder = temporaryFolder()
    for (const inner of ['b', '.hidden']) mkdirSync(path.join(folder, inner))
    for (const name of ['z.png', 'A.WAV', 'b/c.jpeg', 'notes.txt', '.hidden/x.png', '.y.png']) writeFileSync(path.join(folder, name), name)
    const pool = await readPool(folder)
    expect(pool.map(({ fileName }) => fileName)).toEqual(['A.WAV', 'b/c.jpeg', 'z.png'])
    expect(Buffer.from(pool[1]!.bytes).toString()).toBe('b/c.jpeg')
  })

  it('refuses a folder that is missing, or is a file', async () => {
    const folder = temporaryFolder()
    writeFileSync(path.join(folder, 'file'), '')
    for (const name of ['nowhere', 'file']) {
      const wrong = path.join(folder, name)
      await expect(readPool(wrong)).rejects.toMatchObject({
        code: 'MediaError',
        message: `The folder "${wrong}" cannot be read. Check that it exists and that you may read it.`,
      })
    }
  })

  it('refuses a folder without stimuli', async () => {
    const folder = temporaryFolder()
    await expect(readPool(folder)).rejects.toThrow(/holds no pictures \(PNG, JPEG, WebP, GIF, TIFF\), sounds \(WAV\) or arrays \(NPY\)\. Choose another folder\.$/)
  })

  it('refuses more than can be sent at once, and says how much it is', async () => {
    const folder = temporaryFolder()
    const file = path.join(folder, 'huge.wav')
    writeFileSync(file, '')
    // A hole: it takes no room on the disk.
    truncateSync(file, 1.5 * 2 ** 30)
    await expect(readPool(folder)).rejects.toThrow(/holds 1 stimuli of 1\.5 GB; a pool may have 1 GB\./)
  })
})
