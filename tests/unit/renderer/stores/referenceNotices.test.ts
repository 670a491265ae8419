// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { MediaError } from '../../../../src-main/domain/errors.ts'
import { useMessages } from '../../../../src-renderer/stores/messages.ts'
import { useProject } from '../../../../src-renderer/stores/project.ts'
import { useReferenceNotices } from '../../../../src-renderer/stores/referenceNotices.ts'
import { references } from '../../../helpers/fakeLab/data.ts'
import { openProject, settle, withStores } from './withStores.ts'

const sound = references.find((r) => r.fileName === 'speech.wav')!

describe('referenceNotices', () => {
  it('adds what the network asks for to what decoding did, each sentence once', async () => {
    const rpc = withStores({ 'references.notices': () => ({ notices: [sound.notices[0]!, 'Cut to 2 s.'] }) })
    const notices = useReferenceNotices()
    await settle()
    expect(notices.of(sound, 'word-cnn-aliased')).toEqual(sound.notices)
    await settle()
    expect(notices.of(sound, 'word-cnn-aliased')).toEqual([...sound.notices, 'Cut to 2 s.'])
    expect(rpc.calls.filter((c) => c.method === 'references.notices')).toHaveLength(1)
  })

  it('asks again in another project, where the id means another stimulus', async () => {
    const rpc = withStores({ 'project.open': ({ path }) => ({ ...openProject, path }) })
    const notices = useReferenceNotices()
    await settle()
    notices.of(sound, 'word-cnn-aliased')
    await settle()
    await useProject().open('/p/other.metamer')
    await settle()
    notices.of(sound, 'word-cnn-aliased')
    expect(rpc.calls.filter((c) => c.method === 'references.notices')).toHaveLength(2)
  })

  it('says when the network cannot take the reference', async () => {
    withStores({
      'references.notices': () => {
        throw new MediaError('The sound is silent.')
      },
    })
    expect(useReferenceNotices().of(sound, 'word-cnn-aliased')).toEqual(sound.notices)
    await settle()
    expect(useMessages().list[0]).toMatchObject({ doing: 'Preparing speech.wav for word-cnn-aliased', text: 'The sound is silent.' })
  })
})
