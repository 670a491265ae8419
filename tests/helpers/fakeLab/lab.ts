import type { RunSummary } from '../../../src-main/domain/run.ts'
import { ProjectError } from '../../../src-main/domain/errors.ts'
import { createFakeRpc, type FakeRpc } from '../fakeRpc.ts'
import * as data from './data.ts'
import { cochleagram, wave } from './signals.ts'

export interface Scene {
  /** Nothing is open. */
  start: boolean
  /** A project without runs. */
  empty: boolean
  slow: boolean
}

export interface Pictures {
  reference: Uint8Array
  /** Looks less like the reference the higher `amount` is. */
  noisy: (amount: number) => Promise<Uint8Array>
  rgb: (amount: number) => { height: number; width: number; rgb: Uint8Array }
}

const project = { path: '/home/lab/Metamers/first look.metamer', name: 'first look', readOnlyReason: null }

/** A program that answers at once, with a run that goes on while it is watched. */
export function createFakeLab(scene: Scene, pictures: Pictures): FakeRpc {
  let current = scene.start ? null : project
  const references = scene.empty ? [] : [...data.references]
  const runs = scene.empty ? [] : exampleRuns()
  const change = (id: number, changes: Partial<RunSummary>): void => {
    const at = runs.findIndex((r) => r.id === id)
    runs[at] = { ...runs[at]!, ...changes }
    rpc.emit('changed', { what: 'runs', ids: [id] })
  }
  const depth = (run: RunSummary): number => (data.networks.find((n) => n.name === run.network)!.stages.findIndex((s) => s.name === run.layer) + 1) / 12

  const rpc = createFakeRpc({
    'app.info': () => ({ version: '0.1.0', engine: scene.slow ? data.slowEngine : data.fastEngine, shell: 'browser' }),
    'project.current': () => current,
    'project.create': ({ path }) => (current = { ...project, path }),
    'project.open': ({ path }) => (current = { ...project, path }),
    'project.recent': () => ({ folder: '/home/lab/Metamers', paths: scene.empty ? [] : [project.path, '/home/lab/Metamers/figure 3.metamer', '/data/shared/group/experiments/2026/word networks, second pass.metamer'] }),
    'folders.list': ({ path }) => ({ path: path || '/home/lab', parent: '/home', folders: ['exports', 'natural sounds', 'pictures'], files: [{ name: 'first look.metamer', byteLength: 4_200_000 }] }),
    'networks.list': () => data.networks,
    'protocols.list': () => data.protocols,
    'samples.list': () => [...data.samples],
    'samples.add': ({ name }) => {
      const added = { ...data.references[name === 'speech' ? 3 : 0]!, id: references.length + 10 }
      references.push(added)
      rpc.emit('changed', { what: 'references', ids: [added.id] })
      return added
    },
    'references.list': () => [...references],
    'references.add': ({ fileName }) => {
      throw new ProjectError(`"${fileName}" is not a picture or a sound that can be read. Use PNG, JPEG, WebP or WAV.`, { cause: new Error('Input buffer contains unsupported image format') })
    },
    'references.file': () => ({ fileName: 'cat.png', bytes: pictures.reference }),
    'references.cochleagram': ({ id }) => cochleagram(0, id),
    'references.notices': ({ id }) => ({ notices: references.find((r) => r.id === id)?.notices ?? [] }),
    'runs.plan': ({ layers, referenceIds, network, protocol, seed }) => {
      const planned = layers.flatMap((layer) => referenceIds.map((_, i) => data.run(runs.length + i + 100, { layer, referenceId: 1, network, protocol, seed })))
      runs.push(...planned)
      rpc.emit('changed', { what: 'runs', ids: planned.map((r) => r.id) })
      return { runIds: planned.map((r) => r.id) }
    },
    'runs.list': () => [...runs],
    'runs.detail': ({ id }) => data.detailOf(runs.find((r) => r.id === id)!),
    'runs.signal': async ({ id, which }) => {
      const own = runs.find((r) => r.id === id)!
      const amount = which === 'reference' ? 0 : depth(own)
      if (own.kind === 'audio') return { fileName: `${which}.wav`, mimeType: 'audio/wav', bytes: wave(amount, id) }
      return { fileName: `${which}.png`, mimeType: 'image/png', bytes: await pictures.noisy(amount) }
    },
    'runs.cochleagrams': ({ id }) => ({ reference: cochleagram(0, id), metamer: cochleagram(depth(runs.find((r) => r.id === id)!), id + 1) }),
    'runs.cancel': ({ id }) => (change(id, { state: 'cancelled' }), null),
    'runs.pause': ({ id }) => (change(id, { state: 'paused' }), null),
    'runs.resume': ({ id }) => (change(id, { state: 'running' }), null),
    'nulls.list': () => ({
      nulls: scene.empty ? [] : data.nulls,
      jobs: scene.empty ? [] : [{ jobId: 1, network: 'word-cnn-reduced-aliasing', pairs: 2000, state: 'running', done: 121, total: 317, phase: 'activations', message: null }],
    }),
    'nulls.start': () => ({ jobId: 2 }),
    'nulls.cancel': () => null,
    'nulls.values': ({ network, layer }) => {
      const summary = data.nulls.find((n) => n.network === network && n.layer === layer)
      return summary ? { summary, values: data.nullValues(summary) } : null
    },
    'export.stimulusSet': ({ runIds, folder }) => ({ folder: `${folder}/first look stimuli`, files: 2 * runIds.length + 2 }),
  })
  keepRunning(rpc, runs, pictures)
  return rpc
}

function exampleRuns(): RunSummary[] {
  const pictures = ['stem', 'block1', 'block4', 'block7', 'logits'].flatMap((layer, l) =>
    [1, 2, 3].map((referenceId, r) => data.finished(1 + 3 * l + r, l === 3 && r > 0 ? 'excluded' : l === 4 && r === 2 ? 'undecided' : 'included', { layer, referenceId })),
  )
  const words = ['cochleagram', 'conv_1', 'conv_4'].map((layer, i) => data.finished(20 + i, i === 2 ? 'excluded' : 'included', { network: 'word-cnn-aliased', layer, referenceId: 4, kind: 'audio' }))
  const reduced = data.finished(30, 'undecided', { network: 'word-cnn-reduced-aliasing', layer: 'pool_0_0', referenceId: 4, kind: 'audio' })
  return [
    ...pictures, ...words, reduced,
    data.run(40, { state: 'running', layer: 'block5', updatesDone: 120 }),
    data.run(41, { state: 'planned', layer: 'block6' }),
    data.run(42, { state: 'interrupted', layer: 'conv_3', network: 'word-cnn-aliased', kind: 'audio', referenceId: 4, updatesDone: 300, message: 'The compute process stopped (signal SIGKILL). Resume goes on from update 300.' }),
    data.run(43, { state: 'failed', layer: 'head', message: 'The loss was not finite at update 12. The last finite signal is kept. Try a lower learning rate.' }),
    data.run(44, { state: 'running', layer: 'conv_2', network: 'word-cnn-aliased', kind: 'audio', referenceId: 4, updatesDone: 60 }),
  ]
}

function keepRunning(rpc: FakeRpc, runs: RunSummary[], pictures: Pictures): void {
  let update = 120
  setInterval(() => {
    update = Math.min(480, update + 4)
    for (const own of runs.filter((r) => r.state === 'running')) {
      rpc.emit('progress', {
        runId: own.id, update, updates: 500, loss: data.lossAt(update), firstLoss: data.lossAt(0), updatesPerSecond: 15.84, remainingS: (500 - update) / 15.84,
        preview: own.kind === 'image' ? { kind: 'image', ...pictures.rgb(0.9 - update / 1000) } : { kind: 'audio', cochleagram: cochleagram(0.8 - update / 1000, 3) },
      })
    }
  }, 250)
}
