// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { LabError, MediaError, ProjectError } from '../../../../src-main/domain/errors.ts'
import { useMessages } from '../../../../src-renderer/stores/messages.ts'
import { freeName } from '../../../../src-renderer/stores/folders.ts'
import { useDraft } from '../../../../src-renderer/stores/draft.ts'
import { useRunDetail } from '../../../../src-renderer/stores/runDetail.ts'
import { useRunFilters } from '../../../../src-renderer/stores/runFilters.ts'
import { useRunProgress } from '../../../../src-renderer/stores/runProgress.ts'
import { useNulls } from '../../../../src-renderer/stores/nulls.ts'
import { useProject } from '../../../../src-renderer/stores/project.ts'
import { useReferences } from '../../../../src-renderer/stores/references.ts'
import { useRuns } from '../../../../src-renderer/stores/runs.ts'
import { useSession } from '../../../../src-renderer/stores/session.ts'
import { useThumbnails } from '../../../../src-renderer/stores/thumbnails.ts'
import { detailOf, finished, nulls as someNulls, references } from '../../../helpers/fakeLab/data.ts'
import { createGate } from '../../../helpers/gate.ts'
import { openProject, settle, withStores } from './withStores.ts'

describe('project', () => {
  it('asks nothing of a project while none is open', async () => {
    const rpc = withStores({ 'project.current': () => null })
    const runs = useRuns()
    await settle()
    expect(runs.list).toEqual([])
    expect(rpc.calls.map((c) => c.method)).not.toContain('runs.list')
  })

  it('stays with the open project when another cannot be opened, and says why', async () => {
    withStores({
      'project.open': () => {
        throw new ProjectError('"b.metamer" is no project file.')
      },
    })
    const project = useProject()
    await settle()
    expect(await project.open('/p/b.metamer')).toBe(false)
    expect(project.current).toEqual(openProject)
    expect(useMessages().list[0]).toMatchObject({ doing: 'Opening /p/b.metamer', text: '"b.metamer" is no project file.' })
  })

  it('says where a project of an older version is kept as it was', async () => {
    const b = { ...openProject, path: '/p/b.metamer', name: 'b' }
    withStores({ 'project.current': () => b, 'project.open': () => ({ ...b, olderCopy: '/p/b (version 4).metamer' }) })
    const project = useProject()
    await settle()
    expect(await project.open('/p/b.metamer')).toBe(true)
    expect(useMessages().list.at(-1)).toMatchObject({ text: 'b was of an older version and is now of the newest. As it was, for an older program, it is kept as /p/b (version 4).metamer.' })
  })

  const listing = (path: string) => ({ path, parent: null, folders: [], files: [] })

  it('makes a sample project in the usual folder with every sample', async () => {
    const rpc = withStores({ 'folders.list': ({ path }) => listing(path), 'project.create': ({ path }) => ({ ...openProject, path }), 'samples.add': () => references[0]! })
    const project = useProject()
    await settle()
    expect(await project.createWithSamples(new Date('2026-11-24T10:20:30Z'))).toBe(true)
    expect(rpc.calls.find((c) => c.method === 'project.create')?.params).toEqual({ path: '/p/Sample project 2026-11-24 10.20.30.metamer' })
    expect(rpc.calls.filter((c) => c.method === 'samples.add').map((c) => c.params)).toEqual([{ name: 'cat' }, { name: 'coffee' }, { name: 'speech' }])
  })

  it('makes it in the home folder where there is no usual one', async () => {
    const rpc = withStores({
      'folders.list': ({ path }) => {
        if (path === '') return listing('/home/me')
        throw new LabError('There is no such folder.')
      },
      'project.create': ({ path }) => ({ ...openProject, path }),
      'samples.add': () => references[0]!,
    })
    await useProject().createWithSamples(new Date('2026-11-24T10:20:30Z'))
    expect(rpc.calls.find((c) => c.method === 'project.create')?.params).toEqual({ path: '/home/me/Sample project 2026-11-24 10.20.30.metamer' })
  })

  it('says so when another window has opened another project, not when this one has', async () => {
    let path = openProject.path
    const rpc = withStores({
      'project.current': () => ({ ...openProject, path, name: path }),
      'project.open': (params) => {
        path = params.path
        rpc.emit('changed', { what: 'project', ids: [] })
        return { ...openProject, path, name: path }
      },
    })
    const project = useProject()
    await settle()
    await project.open('/p/mine.metamer')
    await settle()
    expect(useMessages().list).toEqual([])
    path = '/p/theirs.metamer'
    rpc.emit('changed', { what: 'project', ids: [] })
    await settle()
    expect(useMessages().list.map(({ text }) => text)).toEqual(['Another window, or the menu, has opened "/p/theirs.metamer". What was at work in "/p/mine.metamer" is paused there; open it again to go on.'])
  })

  it('takes nothing of the last project into another: choice, references, progress', async () => {
    let current = openProject
    const rpc = withStores({
      'project.current': () => current,
      'runs.list': () => [finished(1, 'included')],
      'runs.detail': () => detailOf(finished(1, 'included')),
      'runs.signal': () => ({ fileName: 'x.png', mimeType: 'image/png', bytes: Uint8Array.of(1) }),
      'project.open': ({ path }) => (current = { ...openProject, path }),
    })
    const [project, detail, filters, draft, progress] = [useProject(), useRunDetail(), useRunFilters(), useDraft(), useRunProgress()]
    await settle()
    detail.selectedId = 1
    filters.toggleChosen(1)
    draft.referenceIds = [1]
    rpc.emit('progress', { runId: 5, update: 1, updates: 2, loss: 1, firstLoss: 1, updatesPerSecond: 1, remainingS: 1, preview: null })
    await settle()
    await project.open('/p/other.metamer')
    await settle()
    expect([detail.selectedId, detail.detail, filters.chosen, draft.referenceIds, progress.curves.size]).toEqual([null, null, [], [], 0])
  })
})

describe('freeName', () => {
  it('adds the first free number to a name that is taken', () => {
    const listing = { folders: ['a', 'a 2'], files: [{ name: 'b', byteLength: 1 }] }
    expect(freeName(listing, 'a')).toBe('a 3')
    expect(freeName(listing, 'b')).toBe('b 2')
    expect(freeName(listing, 'c')).toBe('c')
  })
})

describe('references', () => {
  it('adds the good files and tells about the bad one', async () => {
    withStores({
      'references.add': ({ fileName }) => {
        if (fileName === 'bad.txt') throw new MediaError('"bad.txt" is no picture.')
        return references[0]!
      },
    })
    const added = await useReferences().addFiles([new File(['x'], 'bad.txt'), new File(['y'], 'cat.png')])
    expect(added).toHaveLength(1)
    expect(useMessages().list.map((m) => m.text)).toEqual(['"bad.txt" is no picture.'])
  })

  it('adds in the order in which it was asked to, one that is refused or not', async () => {
    const answers: Array<() => void> = []
    const rpc = withStores({
      'samples.add': ({ name }) => new Promise((resolve, reject) => answers.push(() => (name === 'cat' ? reject(new MediaError('There is no such sample.')) : resolve(references[0]!)))),
    })
    const store = useReferences()
    const asked = () => rpc.calls.filter(({ method }) => method === 'samples.add').map(({ params }) => (params as { name: string }).name)
    const added = [store.addSample('cat'), store.addSample('coffee'), store.addSample('rocket')]
    await settle()
    expect(asked()).toEqual(['cat'])
    answers[0]!()
    await settle()
    expect(asked()).toEqual(['cat', 'coffee'])
    answers[1]!()
    await settle()
    answers[2]!()
    expect((await Promise.all(added)).map((one) => one.length)).toEqual([0, 1, 1])
  })
})

describe('messages', () => {
  it('keeps the whole chain of causes', () => {
    withStores()
    const messages = useMessages()
    messages.report('Reading', new LabError('outer', { cause: new Error('middle', { cause: new Error('inner') }) }))
    expect(messages.list[0]!.causes.map((c) => c.message)).toEqual(['middle', 'inner'])
  })

  it('shows the same message once, and not more than six', () => {
    withStores()
    const messages = useMessages()
    for (let i = 0; i < 3; i++) messages.say('notice', 'same')
    expect(messages.list).toHaveLength(1)
    for (let i = 0; i < 10; i++) messages.say('notice', `${i}`)
    expect(messages.list).toHaveLength(6)
  })
})

describe('session', () => {
  it('shows the state of the connection and asks for the engine again when it is back', async () => {
    const rpc = withStores()
    const session = useSession()
    await settle()
    expect(session.info?.engine.backend).toBe('tensorflow')
    rpc.setState('closed')
    expect(session.connection).toBe('closed')
    rpc.calls.length = 0
    rpc.setState('open')
    expect(rpc.calls.map((c) => c.method)).toContain('app.info')
  })

  it('says what goes wrong without having been asked for', () => {
    const rpc = withStores()
    useSession()
    rpc.emit('problem', { code: 'ProjectError', message: 'The project file is gone.' })
    expect(useMessages().list.map(({ tone, text }) => [tone, text])).toEqual([['error', 'The project file is gone.']])
  })
})

describe('nulls', () => {
  const job = { jobId: 1, network: 'efficientnet-lite0', pairs: 10, state: 'running' as const, done: 1, total: 5, phase: 'pairs' as const, message: null, error: null }

  it('knows the maximum of each layer of a network', async () => {
    withStores({ 'nulls.list': () => ({ nulls: someNulls, jobs: [] }) })
    const nulls = useNulls()
    await settle()
    const { network, networkHash } = someNulls[0]!
    expect(nulls.maximaOf({ network, networkHash }).size).toBe(11)
    expect(nulls.find({ network, networkHash, layer: 'block1' })?.pairs).toBe(2000)
    expect(nulls.find({ network, networkHash, layer: 'nowhere' })).toBeNull()
  })

  it('keeps apart the nulls of different weights of one network', async () => {
    const [own] = someNulls
    const other = { ...own!, networkHash: 'another', maximum: 0.1 }
    const rpc = withStores({ 'nulls.list': () => ({ nulls: [own!, other], jobs: [] }), 'nulls.histogram': () => null })
    const nulls = useNulls()
    await settle()
    expect(nulls.find(other)).toEqual(other)
    expect([...nulls.maximaOf(other).values()]).toEqual([0.1])
    expect(nulls.find({ ...other, networkHash: 'a third' })).toBeNull()
    await nulls.histogram(other)
    expect(rpc.calls.at(-1)?.params).toEqual({ network: own!.network, networkHash: 'another', layer: own!.layer })
  })

  it('follows a job, and does not revive a cancelled one by a late report', async () => {
    let jobs: Array<Omit<typeof job, 'state'> & { state: 'running' | 'cancelled' }> = [job]
    const rpc = withStores({ 'nulls.list': () => ({ nulls: [], jobs }) })
    const nulls = useNulls()
    await settle()
    rpc.emit('nullProgress', { ...job, done: 3 })
    expect(nulls.jobs[0]!.done).toBe(3)
    jobs = [{ ...job, state: 'cancelled' }]
    rpc.emit('changed', { what: 'nulls', ids: [1] })
    await settle()
    expect(nulls.jobs[0]!.state).toBe('cancelled')
  })
})

describe('thumbnails', () => {
  it('asks once for each, and shows a blank for one that cannot be had', async () => {
    const rpc = withStores({ 'runs.list': () => [finished(1, 'included')] })
    const thumbnails = useThumbnails()
    await settle()
    thumbnails.ofRun(1, 'image')
    thumbnails.ofRun(1, 'image')
    await settle()
    expect(thumbnails.ofRun(1, 'image')).toEqual({ kind: 'none' })
    expect(rpc.calls.filter((c) => c.method === 'runs.signal')).toHaveLength(1)
  })

  const picture = (bytes: number) => ({ fileName: 'cat.png', mimeType: 'image/png' as const, bytes: new Uint8Array(bytes) })

  it('shows nothing that another project answered, and asks nothing before it knows which is open', async () => {
    const [slow, switched] = [createGate(), createGate()]
    let open = openProject
    const rpc = withStores({
      'project.current': async () => (open === openProject ? open : (await switched.promise, open)),
      'references.file': async () => (await slow.promise, picture(3)),
    })
    const thumbnails = useThumbnails()
    await settle()
    expect(thumbnails.ofReference(1, 'image')).toBeNull()
    open = { ...openProject, path: '/p/other.metamer' }
    rpc.emit('changed', { what: 'project', ids: [] })
    slow.resolve()
    await settle()
    expect(thumbnails.ofReference(1, 'image')).toBeNull()
    expect(rpc.calls.filter((c) => c.method === 'references.file')).toHaveLength(1)
    switched.resolve()
    await settle()
    thumbnails.ofReference(1, 'image')
    await settle()
    expect(thumbnails.ofReference(1, 'image')).toMatchObject({ kind: 'image' })
    expect(rpc.calls.filter((c) => c.method === 'references.file')).toHaveLength(2)
  })

  it('asks again for blanks when the connection comes back', async () => {
    let reached = false
    const rpc = withStores({ 'references.file': () => (reached ? picture(3) : Promise.reject(new Error('The connection is lost.'))) })
    const thumbnails = useThumbnails()
    await settle()
    thumbnails.ofReference(1, 'image')
    await settle()
    expect(thumbnails.ofReference(1, 'image')).toEqual({ kind: 'none' })
    reached = true
    rpc.setState('closed')
    rpc.setState('open')
    await settle()
    thumbnails.ofReference(1, 'image')
    await settle()
    expect(thumbnails.ofReference(1, 'image')).toMatchObject({ kind: 'image' })
  })
})

describe('what is stored', () => {
  it('is no longer shown once another project is opened, before that one answers', async () => {
    let path = openProject.path
    const gate = createGate()
    const rpc = withStores({
      'project.current': () => ({ ...openProject, path }),
      'references.list': async () => (path === openProject.path ? references : (await gate.promise, [])),
    })
    const list = useReferences()
    await settle()
    expect(list.list).toHaveLength(references.length)
    path = '/p/other.metamer'
    rpc.emit('changed', { what: 'project', ids: [] })
    await settle()
    expect([list.list, list.loaded]).toEqual([[], false])
    gate.resolve()
    await settle()
    expect(list.loaded).toBe(true)
  })
})
