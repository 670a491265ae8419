import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFolder } from '../../../src-main/host/folderListing.ts'
import { looksLikeModel } from '../../../src-main/host/openableFiles.ts'
import { temporaryFolder } from '../../helpers/temporaryProject.ts'

describe('listFolder', () => {
  it('shows folders and files that can be opened, as people order them, without hidden ones', async () => {
    const folder = temporaryFolder()
    for (const name of ['sounds 10', 'sounds 2', '.git']) mkdirSync(path.join(folder, name))
    for (const name of ['p.metamer', 'B.PNG', 'a.wav', 'notes.txt', '.x.png']) writeFileSync(path.join(folder, name), 'abc')
    symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'broken.png'))
    expect(await listFolder(folder)).toEqual({
      path: folder,
      parent: path.dirname(folder),
      folders: ['sounds 2', 'sounds 10'],
      files: [
        { name: 'a.wav', byteLength: 3 },
        { name: 'B.PNG', byteLength: 3 },
        { name: 'p.metamer', byteLength: 3 },
      ],
    })
  })

  it('shows files that may hold a network instead, where one is asked for', async () => {
    const folder = temporaryFolder()
    const models = ['a.onnx', 'B.PTH', 'checkpoint.index', 'model.json', 'net.safetensors']
    for (const name of [...models, 'group1-shard1of4.bin', 'checkpoint.data-00000-of-00001', 'p.metamer', 'cat.png']) writeFileSync(path.join(folder, name), '')
    expect((await listFolder(folder, looksLikeModel)).files.map((f) => f.name)).toEqual(models)
  })

  it('starts at home, and has nothing above the root', async () => {
    expect((await listFolder('')).path).toBe(os.homedir())
    expect((await listFolder(path.parse(os.homedir()).root)).parent).toBeNull()
  })

  it.each([
    ['/nowhere/at/all', 'There is no folder "/nowhere/at/all". Check the path, or choose a folder that is there.'],
    [`/${'L'.repeat(300)}`, 'There is no such folder: a name in the path is longer than any can be. Check the path, or choose a folder that is there.'],
    [import.meta.filename, `"${import.meta.filename}" is a file, or lies inside one, where a folder is expected. Choose the folder that it is in.`],
    ['sounds', `"sounds" is no whole path. Write it from the root on, as in "${path.join(os.homedir(), 'sounds')}".`],
  ])('refuses %s with a sentence', async (folder, message) => {
    await expect(listFolder(folder)).rejects.toMatchObject({ code: 'UsageError', message })
  })
})
