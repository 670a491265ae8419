import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Io } from '../../src-main/cli/io.ts'
import { runCli } from '../../src-main/cli/runCli.ts'
import { createHost } from '../../src-main/host/createHost.ts'
import { forkWorker } from '../../src-main/jobs/forkWorker.ts'
import { fakeIo } from '../helpers/fakeIo.ts'
import { temporaryFolder } from '../helpers/temporaryProject.ts'
import { hostOptions, testLab, toyWorkerEntry } from '../helpers/testLab.ts'
import { toyPng } from '../helpers/toyStimuli.ts'

/** The command line on a project of toy metamers, with the real compute process. */

async function lab(...words: string[]) {
  return labWith({}, ...words)
}

async function labWith(changes: Partial<Io>, ...words: string[]) {
  const io = fakeIo(changes)
  const code = await runCli(words, { io, version: '0', createHost: () => createHost(hostOptions(forkWorker(toyWorkerEntry))) })
  return { code, ...io.written, lines: () => io.written.out.trim().split('\n').map((line) => JSON.parse(line)) }
}

let made: string

beforeAll(async () => {
  made = mkdtempSync(path.join(os.tmpdir(), 'metamer-lab-judging-'))
  const files = [1, 2, 3].map((seed) => path.join(made, `toy${seed}.png`))
  files.forEach((file, i) => writeFileSync(file, toyPng(i + 1)))
  const { code } = await lab('make', '--project', path.join(made, 'toy.metamer'), '--network', 'toy', '--layer', 'scaled,logits', '--preset', 'quick look', '--updates', '50', '--reference', ...files)
  expect(code).toBe(0)
})
afterAll(() => rmSync(made, { recursive: true }))

/** Three references, two layers: made once, a copy for each test. */
function toyProject(): { folder: string; project: string } {
  const folder = temporaryFolder()
  const project = path.join(folder, 'toy.metamer')
  copyFileSync(path.join(made, 'toy.metamer'), project)
  return { folder, project }
}

it('has metamers named by a network, scores them by layer, and writes the table', async () => {
  const { folder, project } = toyProject()
  const csv = path.join(folder, 'judged.csv')
  const { code, lines } = await lab('recognise', '--project', project, '--judge', 'toy', '--csv', csv, '--json')
  expect(code).toBe(0)
  const rows = lines()
  expect(rows.map(({ layer, rule, standard }) => [layer, rule, standard])).toEqual([['scaled', 'all', 'reference'], ['logits', 'all', 'reference']])
  expect(rows[0]).toMatchObject({ network: 'toy', judge: 'toy', metamers: { stimuli: 3 }, references: { stimuli: 3, recognised: 3, proportion: 1, sem: 0 }, chance: 1 / 3 })
  // The judge is the generating network: it must agree with criterion 1 of the runs.
  const runs = (await lab('runs', '--project', project, '--json')).lines()
  for (const { layer, metamers } of rows) {
    const same = runs.filter((run) => run.layer === layer && run.labels.reference === run.labels.metamer)
    expect(metamers.recognised).toBe(same.length)
  }
  expect(readFileSync(csv, 'utf8').split('\r\n')[0]).toBe('network,networkHash,protocol,layer,judge,judgeHash,rule,standard,chance,chanceOfAnother,stimuli,recognised,proportion,sem,references,references_recognised,ceiling,ceiling_sem')
})

it('gives the window the whole table that the command line writes, and says when there is none', async () => {
  const { folder, project } = toyProject()
  const csv = path.join(folder, 'judged.csv')
  const { client } = testLab()
  await client.call('project.open', { path: project })
  await expect(client.call('judgements.tableFile', { includedOnly: false })).rejects.toThrow('No other network has named a metamer of this project yet, so the table is empty.')
  await client.call('answers.set', { answers: [{ referenceId: 1, answer: 'red' }, { referenceId: 2, answer: 'green' }, { referenceId: 3, answer: 'green' }] })
  await client.call('answers.set', { answers: [{ referenceId: 3, answer: null }] })
  await client.call('project.create', { path: path.join(folder, 'other.metamer') })
  expect((await lab('recognise', '--project', project, '--judge', 'toy', '--csv', csv)).code).toBe(0)
  await client.call('project.open', { path: project })
  const { fileName, mimeType, bytes } = await client.call('judgements.tableFile', { includedOnly: false })
  expect([fileName, mimeType]).toEqual(['toy recognition.csv', 'text/csv'])
  const table = new TextDecoder().decode(bytes)
  expect(table).toBe(readFileSync(csv, 'utf8'))
  // Two layers under both standards; the class of the third reference was taken back.
  const [header, ...rows] = table.split('\r\n').slice(0, -1).map((line) => line.replace(/"[^"]*"/, '').split(','))
  expect(rows.map((cells) => ['layer', 'standard', 'stimuli'].map((name) => cells[header!.indexOf(name)]))).toEqual([['scaled', 'class', '2'], ['logits', 'class', '2'], ['scaled', 'reference', '3'], ['logits', 'reference', '3']])
})

it('scores against true classes from a file, and refuses a file that does not fit', async () => {
  const { folder, project } = toyProject()
  const answers = path.join(folder, 'answers.tsv')
  const withAnswers = (text: string) => {
    writeFileSync(answers, text)
    return lab('recognise', '--project', project, '--judge', 'toy', '--answers', answers, '--json')
  }
  expect(await withAnswers('toy1.png\tmauve\n')).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^"mauve" is no label of any network here/) })
  expect(await withAnswers('toy9.png\tred\n')).toMatchObject({ code: 2, err: expect.stringMatching(/^Line 1 of ".*" names "toy9.png", which is no reference of this project/) })
  expect(await withAnswers('toy1.png red\n')).toMatchObject({ code: 2, err: expect.stringMatching(/^Line 1 of ".*" is not a file name, a tab, and a class: "toy1.png red"/) })
  const labels = new Map((await lab('runs', '--project', project, '--json')).lines().map((run) => [run.reference as string, run.labels.reference as string]))
  const rows = (await withAnswers([...labels].map(([name, label]) => `${name}\t${label}\n`).join(''))).lines()
  // The answers are what the judge itself says of the references, so both standards agree.
  const byStandard = (wanted: string) => rows.filter(({ standard }) => standard === wanted).map(({ layer, metamers, references }) => ({ layer, metamers, references }))
  expect(byStandard('class')).toHaveLength(2)
  expect(byStandard('class')).toEqual(byStandard('reference'))
})

it('refuses a judge that cannot take the signals', async () => {
  const { project } = toyProject()
  expect(await lab('recognise', '--project', project, '--judge', 'toy-audio')).toMatchObject({ code: 2, err: 'Network "toy-audio" has no labels, so it recognises nothing. Choose another judge.\n' })
})

it('tells the matrix, and draws figures of print size and of pixels', async () => {
  const { folder, project } = toyProject()
  const at = (name: string) => path.join(folder, name)
  const found = await lab('matrix', '--project', project, '--csv', at('m.csv'), '--json')
  expect(found.lines()[0]).toMatchObject({ measure: 'rho', generated: ['scaled', 'logits'], measured: ['scaled', 'rectified', 'logits'] })
  expect(readFileSync(at('m.csv'), 'utf8').split('\r\n')).toHaveLength(1 + 6 + 1)
  for (const name of ['m.svg', 'm.png']) {
    expect(await lab('figure', '--project', project, '--figure', 'matrix', at(name))).toMatchObject({ code: 0, out: '', err: expect.stringMatching(/n = 6 metamers of 3 references; protocol "quick look, 50 updates"/) })
  }
  const scatter = await lab('figure', '--project', project, '--figure', 'scatter', '--run', '1', '--layer', 'rectified', at('s.csv'))
  // 4 x 4 pixels of 3 channels; each of the 48 units is in one bin.
  expect(scatter.err).toMatch(/: 48 units of the metamer \(run 1, generated at scaled, "toy1\.png"\)/)
  expect(readFileSync(at('s.csv'), 'utf8').trim().split('\r\n').slice(1).reduce((sum, line) => sum + Number(line.split(',').at(-1)), 0)).toBe(48)
  expect(await lab('figure', '--project', project, '--figure', 'error-map', '--run', '1', '--layer', 'logits', at('e.svg'))).toMatchObject({ code: 2, err: expect.stringMatching(/^Activations of shape \[3\] have no map/) })
  expect(readFileSync(at('m.svg'), 'utf8')).toMatch(/^<svg /)
  expect([...readFileSync(at('m.png')).subarray(1, 4)]).toEqual([...Buffer.from('PNG')])
})

it('draws the loss of one run, and says what is missing of a figure of one run or of trainings', async () => {
  const { folder, project } = toyProject()
  const file = path.join(folder, 'loss.csv')
  const loss = await lab('figure', '--project', project, '--figure', 'loss', '--run', '4', file)
  expect(loss).toMatchObject({ code: 0, err: expect.stringMatching(/^Matching loss before each update, of the metamer of "toy1\.png" generated at logits of toy \(run 4, seed 1\); logarithmic\. n = 1 metamer/) })
  expect(readFileSync(file, 'utf8').trim().split('\r\n')).toHaveLength(1 + 50)
  expect(await lab('figure', '--project', project, '--figure', 'labels', '--run', '4', file)).toMatchObject({ code: 0, err: expect.stringMatching(/^What toy calls the metamer generated at logits of toy \(run 4, seed 1\) and its reference "toy1\.png"/) })
  expect(readFileSync(file, 'utf8').trim().split('\r\n')).toHaveLength(1 + 2 * 3)
  expect(await lab('figure', '--project', project, '--figure', 'cochleagrams', '--run', '4', file)).toMatchObject({ code: 2, err: 'There are no cochleagrams of run 4. Choose a finished run of a network that hears.\n' })
  expect(await lab('figure', '--project', project, '--figure', 'waveforms', '--run', '4', file)).toMatchObject({ code: 2, err: 'There is no sound of run 4. Choose a finished run of a network that hears.\n' })
  expect(await lab('figure', '--project', project, '--figure', 'loss', '--run', '99', file)).toMatchObject({ code: 2, err: expect.stringContaining('There is no run 99 in this project.') })
  expect(await lab('figure', '--project', project, '--figure', 'training', file)).toMatchObject({ code: 2, err: expect.stringContaining('--training is missing') })
  expect(await lab('figure', '--project', project, '--figure', 'training', '--training', 'tones', file)).toMatchObject({ code: 2, err: 'No training of "tones" is in this project. "lab train" trains a network.\n' })
  expect(await lab('figure', '--project', project, '--figure', 'kernels', '--training', 'tones,birds', file)).toMatchObject({ code: 2, err: expect.stringContaining('this figure is of one training') })
  expect(await lab('figure', '--project', project, '--figure', 'null', '--layer', 'logits', file)).toMatchObject({ code: 2, err: 'There is no null distribution at "logits" in this project. "lab null" makes them.\n' })
})

it('tells and draws the matrix of single runs', async () => {
  const { folder, project } = toyProject()
  const [one] = (await lab('matrix', '--project', project, '--run', '5', '--json')).lines()
  const run = (await lab('runs', '--project', project, '--json')).lines().find((record) => record.run === 5)
  expect(one).toMatchObject({ generated: ['logits'], measured: ['scaled', 'rectified', 'logits'] })
  expect(one.cells.map(({ measured, mean, n }: Record<string, unknown>) => [measured, mean, n])).toEqual(Object.entries(run.rhoByStage).map(([stage, rho]) => [stage, rho, 1]))
  const file = path.join(folder, 'm.svg')
  expect(await lab('figure', '--project', project, '--figure', 'matrix', '--run', '1,5', file)).toMatchObject({ code: 0, err: expect.stringMatching(/; runs 1, 5 alone\. n = 2 metamers of 2 references/) })
})

it('reports the project in one file, without its stimuli unless they are asked for', async () => {
  const { folder, project } = toyProject()
  const out = path.join(folder, 'report.html')
  const html = () => readFileSync(out, 'utf8')
  await lab('recognise', '--project', project, '--judge', 'toy')
  expect(await lab('report', '--project', project, '--out', out)).toMatchObject({ code: 0, out: `${out}\n` })
  // Matrix, recognition by the judge's own label, and a histogram for each of the two layers.
  expect(html().match(/<figure>/g)).toHaveLength(4)
  expect(html()).not.toContain('image/png')
  await lab('report', '--project', project, '--out', out, '--stimuli')
  expect(html().match(/data:image\/png/g)).toHaveLength(9)
  // Of one of three references: itself and its metamers.
  await lab('report', '--project', project, '--out', out, '--stimuli-of', 'toy1.png')
  expect(html().match(/data:image\/png/g)).toHaveLength(3)
  const { code, err } = await lab('report', '--project', project, '--out', out, '--stimuli-of', 'dog.png')
  expect([code, err]).toEqual([2, expect.stringContaining('No finished run of this project has the reference "dog.png". The references are: toy1.png')])
})

it('reports the stimuli of a reference whose name holds a comma', async () => {
  const { folder, project } = toyProject()
  const [odd, out] = [path.join(folder, 'one, two.png'), path.join(folder, 'report.html')]
  copyFileSync(path.join(made, 'toy1.png'), odd)
  await lab('make', '--project', project, '--network', 'toy', '--layer', 'scaled', '--preset', 'quick look', '--updates', '20', '--reference', odd)
  expect(await lab('report', '--project', project, '--out', out, '--stimuli-of', 'one, two.png', '--stimuli-of', 'toy2.png,toy3.png')).toMatchObject({ code: 0 })
  // Its own with one metamer, and two more with two each.
  expect(readFileSync(out, 'utf8').match(/data:image\/png/g)).toHaveLength(8)
})

it('says where a project of an older version is kept as it was, once', async () => {
  const file = path.join(temporaryFolder(), 'old.metamer')
  copyFileSync(path.resolve(import.meta.dirname, '../fixtures/projects/version-1.metamer'), file)
  const copy = path.join(path.dirname(file), 'old (version 1).metamer')
  expect((await lab('runs', '--project', file)).err).toBe(`The project was of an older version and is now of the newest. As it was, for an older program, it is kept as ${copy}.\n`)
  expect((await lab('runs', '--project', file)).err).toBe('')
})

it('says which sets of runs there are where it must be chosen, and which endings a figure can have', async () => {
  const { project } = toyProject()
  await lab('make', '--project', project, '--network', 'toy', '--layer', 'scaled', '--preset', 'quick look', '--updates', '20', '--reference', path.join(made, 'toy1.png'))
  expect(await lab('matrix', '--project', project)).toMatchObject({ code: 2, err: 'Several sets of runs fit: "toy" with "quick look, 50 updates", "toy" with "quick look, 20 updates". Say which network and which protocol.\n' })
  expect((await lab('matrix', '--project', project, '--protocol', 'quick look, 20 updates')).code).toBe(0)
  expect(await lab('matrix', '--project', project, '--network', 'other')).toMatchObject({ code: 2, err: expect.stringMatching(/^No finished run is of that network and protocol\. There are: "toy"/) })
  expect(await lab('figure', '--project', project, '--figure', 'matrix', 'm.pdf')).toMatchObject({ code: 2, err: expect.stringMatching(/the file must end in \.svg, \.png, \.csv, \.txt, not "m\.pdf"/) })
})

it('makes metamers with both gradients, and draws the comparison', async () => {
  const folder = temporaryFolder()
  const project = path.join(folder, 'two.metamer')
  const at = (name: string) => path.join(folder, name)
  const both = await lab('figure2', '--project', project, '--network', 'toy', '--preset', 'quick look', '--updates', '20', '--reference', path.join(made, 'toy1.png'), path.join(made, 'toy2.png'), '--json')
  expect(both.code).toBe(0)
  // Of the toy's layers only "rectified" ends in a ReLU.
  expect(both.lines().map(({ layer, protocol }) => [layer, protocol])).toEqual([
    ['rectified', 'quick look, 20 updates'], ['rectified', 'quick look, 20 updates'],
    ['rectified', 'quick look, 20 updates, reluGradient standard'], ['rectified', 'quick look, 20 updates, reluGradient standard'],
  ])
  expect(await lab('figure', '--project', project, '--protocol', 'quick look, 20 updates', '--figure', 'relu', at('relu.csv'))).toMatchObject({ code: 0 })
  expect(readFileSync(at('relu.csv'), 'utf8')).toMatch(/^network,layer,gradient,mean,sem,n,pairs\r\ntoy,rectified,modified,[\d.]+,[\d.e-]+,2,2\r\ntoy,rectified,standard,/)
  expect(await lab('retry', '--project', project)).toMatchObject({ code: 0, out: '', err: 'No metamer is to be tried again: none failed, or each was tried often enough.\n' })
})

it('makes no metamer twice, says which exist, and makes them again when that is asked for', async () => {
  const { project } = toyProject()
  const make = (layers: string, ...more: string[]) => lab('make', '--project', project, '--network', 'toy', '--layer', layers, '--preset', 'quick look', '--updates', '50', '--reference', path.join(made, 'toy1.png'), '--json', ...more)
  expect(await make('scaled,logits')).toMatchObject({ code: 0, out: '', err: expect.stringContaining('2 metamers that are asked for exist already: runs 1, 4. With --again what exists is made anew.\n') })
  const rest = await make('scaled,rectified')
  expect(rest.err).toContain('A metamer that is asked for exists already: run 1.')
  expect(rest.lines().map(({ run, layer }) => [run, layer])).toEqual([[7, 'rectified']])
  expect((await make('scaled', '--seed', '2')).lines().map(({ run, seed }) => [run, seed])).toEqual([[8, 2]])
  const again = await make('scaled', '--again')
  expect([again.err.includes('exist'), again.lines().map(({ run, layer }) => [run, layer])]).toEqual([false, [[9, 'scaled']]])
  // One that was stopped is not begun anew beside itself.
  const stopped = await labWith({ interrupted: AbortSignal.abort() }, 'make', '--project', project, '--network', 'toy', '--layer', 'logits', '--updates', '100000', '--reference', path.join(made, 'toy1.png'))
  expect(stopped.code).toBe(130)
  const noted = await lab('make', '--project', project, '--network', 'toy', '--layer', 'logits', '--updates', '100000', '--reference', path.join(made, 'toy1.png'))
  expect(noted).toMatchObject({ code: 0, out: '', err: expect.stringContaining('A metamer that is asked for exists already: run 10. Not finished: run 10; "lab resume" goes on with it.') })
  // The comparison of gradients takes what is there.
  const both = await lab('figure2', '--project', project, '--network', 'toy', '--preset', 'quick look', '--updates', '50', '--reference', path.join(made, 'toy1.png'), '--json')
  expect(both.lines().map(({ run, protocol }) => [run, protocol])).toEqual([[11, 'quick look, 50 updates, reluGradient standard']])
})

it('lets the largest null judge, finds an earlier one again to add to it, and drops one', async () => {
  const { folder, project } = toyProject()
  const poolOf = (name: string, seeds: number[]) => {
    mkdirSync(path.join(folder, name))
    seeds.forEach((seed) => writeFileSync(path.join(folder, name, `${seed}.png`), toyPng(seed)))
    return (pairs: number) => lab('null', '--project', project, '--network', 'toy', '--pool', path.join(folder, name), '--pairs', String(pairs), '--json')
  }
  const [first, second] = [poolOf('first', [1, 2, 3]), poolOf('second', [4, 5, 6])]
  const judging = async () => (await lab('null', '--project', project, '--list', '--json')).lines().filter(({ layer }) => layer === 'logits').map(({ id, pool, pairs, judges }) => [id, pool.name, pairs, judges])
  await first(1)
  await second(2)
  expect(await first(1)).toMatchObject({ code: 2, err: expect.stringContaining('The project already holds 1 pairs of the pool "first" with this seed; 1 were asked for.') })
  const [[judge]] = await judging() as [[number]]
  expect(await judging()).toEqual([[judge, 'second', 2, true], [expect.any(Number), 'first', 1, false]])
  expect((await first(3)).code).toBe(0)
  const histogram = path.join(folder, 'null.csv')
  expect(await lab('figure', '--project', project, '--figure', 'null', '--layer', 'logits', histogram)).toMatchObject({ code: 0, err: expect.stringMatching(/^Spearman ρ at logits of toy: null distribution of 3 random pairs of natural stimuli \(3 stimuli of "first"/) })
  expect(readFileSync(histogram, 'utf8').split('\r\n').filter((line) => line.startsWith('toy,logits,count')).reduce((sum, line) => sum + Number(line.split(',')[5]), 0)).toBe(3)
  const runs = async () => (await lab('runs', '--project', project, '--json')).lines()
  for (const run of await runs()) expect([run.null.pairs, run.verdicts.map((one: { null: { pairs: number } | null }) => one.null?.pairs ?? null)]).toEqual([3, [null, 1, 2, 3]])
  const [[largest]] = await judging() as [[number]]
  expect(await judging()).toEqual([[largest, 'first', 3, true], [judge, 'second', 2, false]])
  const third = await poolOf('third', [7, 8])(1)
  expect(third).toMatchObject({ code: 0, err: expect.stringContaining(`Stored, but it does not judge: of several null distributions of a layer the one with most pairs does, here null distribution`) })
  const removed = await lab('null', '--project', project, '--remove', String(largest), '--json')
  expect(removed).toMatchObject({ code: 0, err: expect.stringContaining(`Null distribution ${largest} was removed at all its layers.`) })
  expect((await judging()).map(([, pool, pairs, judges]) => [pool, pairs, judges])).toEqual([['second', 2, true], ['third', 1, false]])
  for (const run of await runs()) expect(run.reason).toMatch(/2 (null )?pairs of "second"/)
  // The toy's metamers are near noise: what is excluded may be tried again, or those of it that are named.
  const excluded = (await runs()).filter(({ verdict }) => verdict === 'excluded').map(({ run }) => run as number)
  const listed = async (...words: string[]) => [...(await lab('retry', '--project', project, '--list', ...words)).out.matchAll(/^run (\d+)/gm)].map((match) => Number(match[1]))
  expect(excluded.length).toBeGreaterThan(1)
  expect(await listed()).toEqual(excluded)
  expect(await listed('--run', String(excluded[1]))).toEqual([excluded[1]])
  expect(await lab('null', '--project', project, '--remove', '99')).toMatchObject({ code: 2, err: expect.stringContaining('There is no null distribution 99 in this project; nothing was removed.') })
  expect(await lab('null', '--project', project)).toMatchObject({ code: 2, err: 'lab null: --network is missing. "lab null --help" lists what it takes.\n' })
}, 60_000)

it('removes runs for good, with what judges said of them, and refuses numbers that are none', async () => {
  const { project } = toyProject()
  const runs = async () => (await lab('runs', '--project', project, '--json')).lines().map(({ run }) => run as number)
  const judged = async () => (await lab('recognise', '--project', project, '--judge', 'toy', '--json')).lines().map(({ layer, metamers }) => [layer, metamers.stimuli])
  expect(await judged()).toEqual([['scaled', 3], ['logits', 3]])
  const removed = await lab('remove', '--project', project, '2,3', '6', '--json')
  expect(removed).toMatchObject({ code: 0, err: '3 runs were removed. The file keeps its size; what is made next takes the room.\n' })
  expect(removed.lines().map(({ run, state, layer, reference }) => [run, state, layer, reference])).toEqual([
    [2, 'finished', 'scaled', 'toy2.png'],
    [3, 'finished', 'scaled', 'toy3.png'],
    [6, 'finished', 'logits', 'toy3.png'],
  ])
  expect(await runs()).toEqual([1, 4, 5])
  expect(await judged()).toEqual([['scaled', 1], ['logits', 2]])
  expect(await lab('remove', '--project', project, '1')).toMatchObject({ code: 0, out: 'run 1  toy  scaled  toy1.png  seed 1  finished\n' })
  expect(await lab('remove', '--project', project, '4', '1')).toMatchObject({ code: 2, out: '', err: 'There is no run 1 in this project. "lab runs" lists those that are.\n' })
  expect(await lab('remove', '--project', project, 'all')).toMatchObject({ code: 2, err: 'lab remove: RUN takes numbers of runs, not "all". "lab remove --help" lists what it takes.\n' })
  expect(await lab('remove', '--project', project)).toMatchObject({ code: 2, err: 'lab remove: RUN... is missing. "lab remove --help" lists what it takes.\n' })
  expect(await runs()).toEqual([4, 5])
})

it('says where a stopped null has left its ranks, and what they are for', async () => {
  const { project } = toyProject()
  const stopped = await labWith({ interrupted: AbortSignal.abort() }, 'null', '--project', project, '--network', 'toy', '--pool', made, '--pairs', '3')
  expect(stopped).toMatchObject({ code: 130, err: expect.stringContaining(`What is computed so far is in the folder "${project}.nulls"; the same command goes on from there. Without the folder, which may be deleted, it starts anew.`) })
})

it('puts a note at the top of a report', async () => {
  const { folder, project } = toyProject()
  const out = path.join(folder, 'report.html')
  await lab('report', '--project', project, '--out', out, '--note', 'Toys, CC0')
  expect(readFileSync(out, 'utf8')).toContain('<p class="note">Toys, CC0</p>')
})
