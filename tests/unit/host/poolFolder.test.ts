import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { countPool, poolNames, readPool } from '../../../src-main/host/poolFolder.ts'
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

  it('takes links to stimuli, and passes over those to folders and to nothing', async () => {
    const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()]
    writeFileSync(path.join(elsewhere, 'far.png'), 'far')
    symlinkSync(path.join(elsewhere, 'far.png'), path.join(folder, 'near.png'))
    symlinkSync(path.join(elsewhere, 'gone.png'), path.join(folder, 'gone.png'))
    symlinkSync(folder, path.join(folder, 'back.png'))
    expect((await readPool(folder)).map(({ fileName, bytes }) => [fileName, Buffer.from(bytes).toString()])).toEqual([['near.png', 'far']])
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

describe('countPool', () => {
  const png = Buffer.from('89504e470d0a1a0a', 'hex')
  const [wav, npy] = [Buffer.from('RIFF\0\0\0\0WAVEfmt '), Buffer.from('\x93NUMPY', 'latin1')]

  it('counts what a network of this kind is shown, by what is in the files; arrays may be either', async () => {
    const folder = temporaryFolder()
    for (const [name, bytes] of [['a.png', png], ['really a sound.png', wav], ['c.wav', wav], ['d.npy', npy], ['notes.txt', Buffer.from('x')]] as const) writeFileSync(path.join(folder, name), bytes)
    expect([await countPool(folder, 'image'), await countPool(folder, 'audio')]).toEqual([2, 3])
    const list = path.join(folder, 'list.txt')
    writeFileSync(list, 'c.wav\na.png')
    expect(await countPool(list, 'audio')).toBe(1)
  })

  it('names a file that is no stimulus, which would end the null distribution', async () => {
    const folder = temporaryFolder()
    writeFileSync(path.join(folder, 'a.png'), png)
    writeFileSync(path.join(folder, 'b.wav'), 'fLaC')
    await expect(countPool(folder, 'image')).rejects.toThrow('"b.wav" holds a FLAC sound, which cannot be read here. Convert it to WAV and choose that.')
    writeFileSync(path.join(folder, 'b.wav'), '')
    await expect(countPool(folder, 'image')).rejects.toThrow('"b.wav" is empty (0 bytes).')
  })
})

describe('readPool of a list', () => {
  function listed(...lines: string[]): string {
    const folder = temporaryFolder()
    mkdirSync(path.join(folder, 'inner'))
    for (const name of ['b.png', 'a.png', 'inner/c.wav']) writeFileSync(path.join(folder, name), name)
    const list = path.join(folder, 'pool.txt')
    writeFileSync(list, lines.join('\r\n'))
    return list
  }

  it('takes the files in the order of their lines, from where the list is; remarks and empty lines are passed over', async () => {
    const list = listed('# training pictures', 'b.png', '', '  inner/c.wav  ', 'a.png')
    const pool = await readPool(list)
    expect(pool.map(({ fileName, bytes }) => [fileName, Buffer.from(bytes).toString()])).toEqual([['b.png', 'b.png'], ['inner/c.wav', 'inner/c.wav'], ['a.png', 'a.png']])
    expect(await poolNames(list)).toEqual(['b.png', 'inner/c.wav', 'a.png'])
  })

  it('takes absolute paths, too', async () => {
    const elsewhere = path.join(temporaryFolder(), 'd.png')
    writeFileSync(elsewhere, 'd')
    expect((await readPool(listed(elsewhere))).map(({ fileName }) => fileName)).toEqual([elsewhere])
  })

  it('refuses a list that is missing, names nothing, or names what is not there or no file', async () => {
    await expect(readPool('/nowhere/pool.txt')).rejects.toThrow('The list "/nowhere/pool.txt" cannot be read. Check that it exists and that you may read it.')
    const empty = listed('# nothing yet', '')
    await expect(readPool(empty)).rejects.toThrow(`The list "${empty}" names no file. Write one picture or sound a line.`)
    const gone = listed('a.png', 'gone.png')
    await expect(readPool(gone)).rejects.toThrow(`The list "${gone}" names "gone.png", which does not exist. Paths in it count from the list's own folder.`)
    const folder = listed('a.png', 'inner')
    await expect(readPool(folder)).rejects.toThrow(`The list "${folder}" names "inner", which is a folder. Name the files in it, one a line.`)
  })

  it('refuses more than can be sent at once, and says it of the list', async () => {
    const list = listed('a.png', 'b.png')
    truncateSync(path.join(path.dirname(list), 'b.png'), 1.5 * 2 ** 30)
    await expect(readPool(list)).rejects.toThrow(`The list "${list}" names 2 stimuli of 1.5 GB; a pool may have 1 GB. Name fewer: 2,000 pictures give 1,999,000 pairs.`)
  })
})
