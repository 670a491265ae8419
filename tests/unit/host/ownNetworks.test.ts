import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Card } from '../../../src-main/domain/card.ts'
import { createOwnNetworks } from '../../../src-main/host/ownNetworks.ts'
import { temporaryFolder } from '../../helpers/temporaryProject.ts'

const card = { name: 'net' } as Card
const withFile = (folder: string) => writeFile(path.join(folder, 'weights'), 'abc').then(() => ({ card }))

describe('own networks', () => {
  it('are added whole, in a folder that is made for them, and removed whole', async () => {
    const folder = path.join(temporaryFolder(), 'deep/networks')
    const networks = createOwnNetworks(folder)
    expect(await networks.names()).toEqual([])
    await networks.add('net', withFile)
    expect(await networks.names()).toEqual(['net'])
    expect(readdirSync(path.join(folder, 'net')).sort()).toEqual(['card.json', 'weights'])
    expect(JSON.parse(await networks.cardText('net'))).toEqual(card)
    await networks.remove('net')
    expect(readdirSync(folder)).toEqual([])
  })

  it('leave nothing behind when they cannot be finished', async () => {
    const folder = temporaryFolder()
    const networks = createOwnNetworks(folder)
    await expect(networks.add('net', async (beside) => withFile(beside).then(() => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }))))).rejects.toMatchObject({
      code: 'ModelFileError',
      message: `Network "net" cannot be added to "${folder}". The disk is full: make room and try again.`,
    })
    expect(readdirSync(folder)).toEqual([])
  })

  it('do not take the place of one another', async () => {
    const folder = temporaryFolder()
    const networks = createOwnNetworks(folder)
    await networks.add('net', withFile)
    writeFileSync(path.join(folder, 'net/weights'), 'mine')
    await expect(networks.add('net', withFile)).rejects.toThrow(/There is one of that name: remove it first, or choose another name\.$/)
    expect(readFileSync(path.join(folder, 'net/weights'), 'utf8')).toBe('mine')
    expect(readdirSync(folder)).toEqual(['net'])
  })

  it('lose what a killed process left half-made, and nothing of one that lives', async () => {
    const folder = temporaryFolder()
    const dead = path.join(folder, '.unfinished-999999999-x')
    const alive = path.join(folder, `.unfinished-${process.ppid}-x`)
    for (const leftover of [dead, alive]) mkdirSync(leftover)
    await createOwnNetworks(folder).add('net', withFile)
    expect([existsSync(dead), existsSync(alive)]).toEqual([false, true])
  })

  it.skipIf(process.getuid?.() === 0)('say when their folder cannot be written', async () => {
    const folder = temporaryFolder()
    chmodSync(folder, 0o500)
    await expect(createOwnNetworks(folder).add('net', withFile)).rejects.toThrow(/You may not write there: change the permissions of that folder/)
  })

  it('say when their folder is none', async () => {
    const file = path.join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    await expect(createOwnNetworks(file).add('net', withFile)).rejects.toThrow(`Network "net" cannot be added to "${file}".`)
  })
})
