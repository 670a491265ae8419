import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ExportError } from '../../../src-main/domain/errors.ts'
import { protocolFrom } from '../../../src-main/domain/protocol.ts'
import { sha256 } from '../../../src-main/export/fileNames.ts'
import type { Manifest } from '../../../src-main/export/manifest.ts'
import { exportStimulusSet } from '../../../src-main/export/stimulusSet.ts'
import { nodeFolderFiles, type FolderFiles } from '../../../src-main/export/writeFolder.ts'
import { decodeImage } from '../../../src-main/media/decodeImage.ts'
import { decodeWav } from '../../../src-main/media/decodeWav.ts'
import { readPngText } from '../../../src-main/media/encodePng.ts'
import { readWavSettings } from '../../../src-main/media/encodeWav.ts'
import { exportInput, pictureItem, soundItem } from '../../helpers/exportInput.ts'

let parent: string
let folder: string
beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), 'export-'))
  folder = path.join(parent, 'set')
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

const bytes = (file: string) => new Uint8Array(readFileSync(path.join(folder, file)))
const text = (file: string) => readFileSync(path.join(folder, file), 'utf8')
const json = <T>(file: string) => JSON.parse(text(file)) as T
const allFiles = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).map((e) => path.relative(folder, path.join(e.parentPath, e.name))).sort()

/** Rows of a table by column name. */
function table(file: string): Array<Record<string, string>> {
  const [header, ...rows] = text(file).trimEnd().split('\n').map((line) => line.split('\t'))
  return rows.map((cells) => {
    expect(cells).toHaveLength(header!.length)
    return Object.fromEntries(header!.map((name, i) => [name, cells[i]!]))
  })
}

describe('exportStimulusSet', () => {
  it('writes metamers, every reference once, tables, README and manifest', async () => {
    const input = exportInput([pictureItem(), pictureItem({ id: 2, layer: 'conv2' }), soundItem({ id: 3 })])
    const done = await exportStimulusSet(input, folder)
    expect(allFiles()).toEqual([
      'README.md', 'manifest.json', 'measurements.json', 'measurements.tsv', 'stimuli.json', 'stimuli.tsv',
      'stimuli/reference_cat.png', 'stimuli/reference_human.wav', 'stimuli/toy-ear_conv1_human_seed7.wav',
      'stimuli/toy-net_conv1_cat_seed7.png', 'stimuli/toy-net_conv2_cat_seed7.png',
    ])
    expect(done).toEqual({ folder, files: 11 })
    expect(readdirSync(parent)).toEqual(['set'])
  })

  it('writes signals that come back sample for sample', async () => {
    await exportStimulusSet(exportInput([pictureItem(), soundItem({ id: 2 })]), folder)
    const picture = await decodeImage(bytes('stimuli/toy-net_conv1_cat_seed7.png'), 'a.png')
    expect(Array.from(picture.signal.data, (x) => Math.round(x * 255))).toEqual([1, 2, 3, 4, 5, 1])
    const sound = decodeWav(bytes('stimuli/toy-ear_conv1_human_seed7.wav'), 'a.wav')
    expect(Array.from(sound.signal.data, (x) => x * 32768)).toEqual([1, -1, 2])
  })

  it('embeds the settings in every stimulus', async () => {
    await exportStimulusSet(exportInput([pictureItem(), soundItem({ id: 2 })]), folder)
    const made = JSON.parse(readPngText(bytes('stimuli/toy-net_conv1_cat_seed7.png'))['metamer-lab']!)
    expect(made).toMatchObject({
      program: 'Metamer Lab 0.1.0', role: 'metamer', layer: 'conv1', seed: 7, run: 1, updates: 500, loss: { first: 100, last: 0.25 },
      network: { name: 'toy-net' }, protocol: { name: 'quick look', decayPer1000: 0.95 }, reference: { fileName: 'cat.png', sha256: 'c'.repeat(64) },
    })
    expect(JSON.parse(readWavSettings(bytes('stimuli/reference_human.wav'))!)).toEqual({
      program: 'Metamer Lab 0.1.0', role: 'reference', reference: { fileName: 'human.wav', sha256: 'a'.repeat(64) },
    })
  })

  it('lists every stimulus in stimuli.tsv, with n/a where a value does not apply', async () => {
    await exportStimulusSet(exportInput([pictureItem(), pictureItem({ id: 2, layer: 'conv2', rho: NaN, verdict: null, labels: null })]), folder)
    const [reference, included, undecided] = table('stimuli.tsv')
    expect(reference).toMatchObject({ file: 'stimuli/reference_cat.png', kind: 'image', role: 'reference', network: 'n/a', seed: 'n/a', reference_sha256: 'c'.repeat(64) })
    expect(included).toMatchObject({
      file: 'stimuli/toy-net_conv1_cat_seed7.png', role: 'metamer', network: 'toy-net', layer: 'conv1', reference_file: 'stimuli/reference_cat.png',
      reference_name: 'cat.png', seed: '7', preset: 'quick look', updates: '500', loss_first: '100', loss_last: '0.25', rho: '0.9',
      null_pairs: '2000', null_max: '0.5', verdict: 'included', reason: 'Same label, ρ 0.9 above 0.5.', label_reference: 'tabby cat', label_metamer: 'tabby cat',
    })
    expect(undecided).toMatchObject({ rho: 'n/a', null_pairs: 'n/a', verdict: 'n/a', label_metamer: 'n/a' })
    expect(Object.keys(json<object>('stimuli.json'))).toEqual(Object.keys(reference!))
  })

  it('writes the measurements of every stage, of the exported and the float signal', async () => {
    await exportStimulusSet(exportInput([pictureItem()]), folder)
    const rows = table('measurements.tsv')
    expect(rows.map((r) => [r['signal'], r['stage'], r['rho']])).toEqual([
      ['exported', 'conv1', '0.9'], ['exported', 'conv2', 'n/a'], ['float', 'conv1', '0.95'],
    ])
    expect(Object.keys(json<object>('measurements.json'))).toEqual(Object.keys(rows[0]!))
  })

  it('writes a manifest with size and SHA-256 of every other file, and the circumstances of every run', async () => {
    const message = 'Resized from 448 x 448 to 224 x 224 pixels.'
    await exportStimulusSet(exportInput([pictureItem({ rho: NaN, message }), soundItem({ id: 2 })]), folder)
    const manifest = json<Manifest>('manifest.json')
    expect(manifest.files.map((f) => f.path).sort()).toEqual(allFiles().filter((f) => f !== 'manifest.json'))
    for (const file of manifest.files) expect([file.bytes, file.sha256]).toEqual([bytes(file.path).length, sha256(bytes(file.path))])
    expect(manifest.runs[0]).toMatchObject({
      run: 1, file: 'stimuli/toy-net_conv1_cat_seed7.png', rho: null, protocol: { epsilon: 1e-8 }, environment: { device: 'CPU' },
      network: { weights: { licence: 'MIT' } }, verdict: { outcome: 'included' }, notices: message,
    })
    expect(manifest.runs[1]).toMatchObject({ notices: null })
    expect(manifest.nulls).toHaveLength(1)
  })

  it('says in the README what was made with what', async () => {
    const protocol = protocolFrom('quick look', { updates: 800 })
    await exportStimulusSet(exportInput([pictureItem(), soundItem({ id: 2, protocol })]), folder)
    expect(text('README.md')).toContain('2 metamers and 2 references, written by Metamer Lab 0.1.0')
    expect(text('README.md')).toContain("- Protocol \"quick look\": 500 updates: a look, not a metamer by the paper's protocol.\n")
    expect(text('README.md')).toContain('- Protocol "quick look, 800 updates" with changed settings, 800 updates; manifest.json holds them all.\n')
    expect(text('README.md')).toContain('- toy-net: drawn from seed 1. Licence: MIT.')
  })

  it('keeps runs apart that differ in their protocol only, and references of one name', async () => {
    const other = { referenceHash: 'd'.repeat(64) }
    await exportStimulusSet(exportInput([pictureItem(), pictureItem({ id: 2 }, other)]), folder)
    const names = readdirSync(path.join(folder, 'stimuli')).sort()
    expect(names.slice(0, 2).every((n) => /^reference_cat_[0-9a-f]{8}\.png$/.test(n))).toBe(true)
    expect(names.slice(2)).toEqual(['toy-net_conv1_cat_seed7_run1.png', 'toy-net_conv1_cat_seed7_run2.png'])
  })

  it('writes equal bytes from equal input', async () => {
    await exportStimulusSet(exportInput([pictureItem()]), folder)
    const again = await exportStimulusSet(exportInput([pictureItem()]), path.join(parent, 'again'))
    expect(readFileSync(path.join(again.folder, 'manifest.json'), 'utf8')).toBe(text('manifest.json'))
  })

  it('fills an empty folder that is already there, and leaves it readable for others', async () => {
    mkdirSync(folder)
    await exportStimulusSet(exportInput([pictureItem()]), folder)
    expect(statSync(folder).mode & 0o777).toBe(0o777 & ~process.umask())
    expect(allFiles()).toContain('manifest.json')
  })
})

describe('exportStimulusSet when it cannot', () => {
  const input = exportInput([pictureItem()])
  const refusal = async (sentence: string, disk: FolderFiles = nodeFolderFiles, wanted = input, place = folder) =>
    expect(exportStimulusSet(wanted, place, disk)).rejects.toThrow(new ExportError(sentence))

  /** A disk on which one operation fails. */
  function failing(operation: keyof FolderFiles, code: string, message = `${code}: shim`): FolderFiles {
    return { ...nodeFolderFiles, [operation]: () => Promise.reject(Object.assign(new Error(message), { code })) }
  }

  /** A disk that is full after the first file. */
  function full(): FolderFiles {
    let opened = 0
    const open = async (...args: Parameters<FolderFiles['open']>) => {
      const file = await nodeFolderFiles.open(...args)
      if (args[1] === 'wx' && ++opened > 1) file.writeFile = () => Promise.reject(Object.assign(new Error('ENOSPC: shim'), { code: 'ENOSPC' }))
      return file
    }
    return { ...nodeFolderFiles, open }
  }

  afterEach(() => expect(readdirSync(parent).filter((name) => name.includes('partial'))).toEqual([]))

  it('refuses a folder that holds something, and touches nothing in it', async () => {
    mkdirSync(folder)
    writeFileSync(path.join(folder, 'mine.txt'), 'mine')
    await refusal(`The folder "${folder}" already holds something. Choose a new or empty folder.`)
    writeFileSync(path.join(folder, 'more.txt'), 'mine')
    await refusal(`The folder "${folder}" already holds 2 things. Choose a new or empty folder.`)
    expect(allFiles()).toEqual(['mine.txt', 'more.txt'])
  })

  it('refuses a file in the place of the folder', async () => {
    writeFileSync(folder, 'mine')
    await refusal(`"${folder}" is a file or lies inside one, where a new or empty folder is expected. Choose another place.`)
  })

  it('refuses a name that no disk takes, with a cure', async () => {
    await refusal(`The name "${'L'.repeat(30)}…" is too long for a file or folder. Choose one of at most 200 letters.`, nodeFolderFiles, input, path.join(parent, 'L'.repeat(300)))
  })

  it('refuses a place whose parent does not exist', async () => {
    const deep = path.join(folder, 'deep')
    await refusal(`The folder "${folder}" does not exist, so "deep" cannot be made in it. Create it first, or choose another place.`, nodeFolderFiles, input, deep)
  })

  it('refuses a read-only folder', async () => {
    const sentence = `"${parent}" cannot be written to: it is read-only for you. Choose another place, or change its permissions.`
    await refusal(sentence, failing('mkdir', 'EACCES'))
    await refusal(sentence, failing('mkdir', 'EPERM'))
    await refusal(`"${parent}" lies on a read-only disk. Choose another place.`, failing('mkdir', 'EROFS'))
  })

  it('leaves nothing behind when the disk is full half-way', async () => {
    await refusal(`The disk is full: the stimulus set does not fit into "${parent}". Free some space, or choose another disk.`, full())
    expect(readdirSync(parent)).toEqual([])
  })

  it('leaves nothing behind when the last step fails', async () => {
    await refusal(`The stimulus set could not be written to "${folder}": shim. Choose another place.`, failing('rename', 'EIO', 'shim'))
    expect(readdirSync(parent)).toEqual([])
  })

  it('keeps an empty folder that was there when it fails', async () => {
    mkdirSync(folder)
    await refusal(`The stimulus set could not be written to "${folder}": shim. Choose another place.`, failing('rename', 'EIO', 'shim'))
    expect(readdirSync(parent)).toEqual(['set'])
  })

  it('says what to delete when even the clean-up fails', async () => {
    const disk = { ...failing('rename', 'EIO', 'shim'), rm: failing('rm', 'EIO').rm }
    await expect(exportStimulusSet(input, folder, disk)).rejects.toThrow(/ What was begun could not be removed either; delete ".*\.set\.partial-.*"\.$/)
    for (const name of readdirSync(parent)) rmSync(path.join(parent, name), { recursive: true })
  })

  it('trusts no disk that gives back other bytes than it got', async () => {
    const disk = { ...nodeFolderFiles, readFile: (() => Promise.resolve(Buffer.from('x'))) as unknown as FolderFiles['readFile'] }
    await refusal(`"stimuli/reference_cat.png" read back from "${folder}" is not what was written there. The disk may be failing; choose another one.`, disk)
    expect(readdirSync(parent)).toEqual([])
  })

  it('refuses runs that are not finished, listed twice, or none', async () => {
    const paused = exportInput([pictureItem({ id: 4, state: 'paused' })])
    await refusal('Run 4 is paused; only finished runs can be exported. Leave it out, or wait until it is finished.', nodeFolderFiles, paused)
    await refusal('Run 1 is listed twice. Name each run once.', nodeFolderFiles, exportInput([pictureItem(), pictureItem()]))
    await refusal('There is no run to export. Choose at least one finished run.', nodeFolderFiles, exportInput([]))
    expect(readdirSync(parent)).toEqual([])
  })
})
