import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { runCli } from '../../src-main/cli/runCli.ts'
import { createHost } from '../../src-main/host/createHost.ts'
import { forkWorker } from '../../src-main/jobs/forkWorker.ts'
import { fakeIo } from '../helpers/fakeIo.ts'
import { temporaryFolder } from '../helpers/temporaryProject.ts'
import { hostOptions, toyWorkerEntry } from '../helpers/testLab.ts'
import { toyPng } from '../helpers/toyStimuli.ts'

/** The command line on a project of toy metamers, with the real compute process. */

async function lab(...words: string[]) {
  const io = fakeIo()
  const code = await runCli(words, { io, version: '0', createHost: () => createHost(hostOptions(forkWorker(toyWorkerEntry))) })
  return { code, ...io.written, lines: () => io.written.out.trim().split('\n').map((line) => JSON.parse(line)) }
}

async function toyProject(): Promise<{ folder: string; project: string }> {
  const folder = temporaryFolder()
  const project = path.join(folder, 'toy.metamer')
  const files = [1, 2, 3].map((seed) => path.join(folder, `toy${seed}.png`))
  files.forEach((file, i) => writeFileSync(file, toyPng(i + 1)))
  const made = await lab('make', '--project', project, '--network', 'toy', '--layer', 'scaled,logits', '--preset', 'quick look', '--updates', '50', '--reference', ...files)
  expect(made.code).toBe(0)
  return { folder, project }
}

it('has metamers named by a network, scores them by layer, and writes the table', async () => {
  const { folder, project } = await toyProject()
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
  expect(readFileSync(csv, 'utf8').split('\r\n')[0]).toBe('network,networkHash,protocol,layer,judge,judgeHash,rule,standard,chance,stimuli,recognised,proportion,sem,references,references_recognised,ceiling,ceiling_sem')
})

it('scores against true classes from a file, and refuses a file that does not fit', async () => {
  const { folder, project } = await toyProject()
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
  const { project } = await toyProject()
  expect(await lab('recognise', '--project', project, '--judge', 'toy-audio')).toMatchObject({ code: 2, err: 'Network "toy-audio" has no labels, so it recognises nothing. Choose another judge.\n' })
})
