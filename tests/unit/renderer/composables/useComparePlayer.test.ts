// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import { useComparePlayer } from '../../../../src-renderer/composables/useComparePlayer.ts'
import { fakeAudio } from '../../../helpers/fakeAudio.ts'

const bytesOf = (value: number): Uint8Array => new Uint8Array([value])

async function twoSounds() {
  const audio = fakeAudio()
  const files = shallowRef<Record<'left' | 'right', Uint8Array> | null>({ left: bytesOf(1), right: bytesOf(2) })
  const again = ref(false)
  const scope = effectScope()
  const player = scope.run(() => useComparePlayer(['left', 'right'], () => files.value, again))!
  await vi.waitFor(() => expect(player.sounds.value).not.toBeNull())
  return { audio, files, again, scope, player }
}

describe('useComparePlayer', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it('plays both sides in step, and stops at the end', async () => {
    const { audio, player } = await twoSounds()
    player.hear('right')
    expect(player.playing.value).toBe(true)
    expect(audio.sources.map((source) => source.started)).toEqual([true, true])
    await audio.pass(0.52)
    expect(player.timeS.value).toBeCloseTo(0.5, 6)
    player.hear('left')
    expect([player.audible.value, audio.sources.length]).toEqual(['left', 2])
    await audio.pass(0.6)
    expect([player.playing.value, player.timeS.value]).toEqual([false, 0])
    expect(audio.sources.map((source) => source.stopped)).toEqual([true, true])
  })

  it('goes on playing when the same bytes come in another object, and stops when other bytes come', async () => {
    const { files, player } = await twoSounds()
    player.hear('left')
    files.value = { ...files.value! }
    await nextTick()
    expect([player.playing.value, player.sounds.value === null]).toEqual([true, false])
    files.value = { ...files.value, right: bytesOf(3) }
    await nextTick()
    expect([player.playing.value, player.sounds.value]).toEqual([false, null])
    await vi.waitFor(() => expect(player.sounds.value).not.toBeNull())
  })

  it('begins anew at the end where that is wanted, and plays to the end when it no longer is', async () => {
    const { audio, again, player } = await twoSounds()
    again.value = true
    player.hear('left')
    expect(audio.sources.map((source) => source.loop)).toEqual([true, true])
    await audio.pass(2.27)
    expect(player.playing.value).toBe(true)
    expect(player.timeS.value).toBeCloseTo(0.25, 6)
    again.value = false
    await nextTick()
    expect(audio.sources.map((source) => source.loop)).toEqual([false, false])
    await audio.pass(0.5)
    expect(player.timeS.value).toBeCloseTo(0.75, 6)
    await audio.pass(0.5)
    expect(player.playing.value).toBe(false)
  })

  it('falls silent with its component', async () => {
    const { audio, scope, player } = await twoSounds()
    player.hear('left')
    scope.stop()
    expect(audio.sources.every((source) => source.stopped)).toBe(true)
  })
})
