import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { equalLevelGains } from './equalLevel.ts'

/** Those of the sides that are sounds. */
type Sounds<Side extends string> = Partial<Record<Side, AudioBuffer>>

export interface ComparePlayer<Side extends string> {
  /** null while the files are being decoded, or when they cannot be. */
  sounds: ShallowRef<Sounds<Side> | null>
  playing: Ref<boolean>
  audible: Ref<Side>
  timeS: Ref<number>
  /** Make one side audible; start when silent. Nothing happens where that side is no sound. */
  hear: (side: Side) => void
  stop: () => void
  seek: (timeS: number) => void
}

const DECODING_RATE_HZ = 48_000
/** Long enough not to click, short enough to be heard as at once. */
const SWITCH_S = 0.008

/**
 * Play sounds of the same length in step, one of them audible, all at the same level. Nothing plays unless asked.
 * The audio context and everything it plays are given up with the component.
 *
 * @param sides  their names; the first is audible at the beginning
 * @param files  of those sides that are sounds; only other bytes, not another object around them, end what is playing
 * @param again  whether the end is followed by the beginning; not where it is left out
 */
export function useComparePlayer<Side extends string>(
  sides: readonly [Side, ...Side[]],
  files: () => Partial<Record<Side, Uint8Array>> | null,
  again: Readonly<Ref<boolean>> = ref(false),
): ComparePlayer<Side> {
  const sounds: ShallowRef<Sounds<Side> | null> = shallowRef(null)
  const playing = ref(false)
  const audible = ref(sides[0]) as Ref<Side>
  const timeS = ref(0)
  let context: AudioContext | null = null
  let voices: Map<Side, Voice> | null = null
  let startedAt = 0
  let frame = 0

  watch(
    sides.map((side) => () => files()?.[side]),
    async (_next, _before, onCleanup) => {
      stop()
      timeS.value = 0
      sounds.value = null
      let replaced = false
      onCleanup(() => void (replaced = true))
      const given = files()
      if (!given) return
      const decoded = await decodeAll(sides, given)
      if (!replaced) sounds.value = decoded
    },
    { immediate: true },
  )
  watch(again, (loop) => {
    for (const voice of voices?.values() ?? []) voice.source.loop = loop
  })
  onScopeDispose(() => {
    stop()
    void context?.close()
  })

  function hear(side: Side): void {
    if (!sounds.value?.[side]) return
    audible.value = side
    if (!playing.value) return start()
    for (const [one, voice] of voices ?? []) voice.fade(one === side ? 1 : 0)
  }

  function start(): void {
    const heard = buffersOf(sides, sounds.value)
    if (heard.length === 0) return
    context ??= new AudioContext()
    void context.resume()
    const from = timeS.value < durationOf(heard) - 0.02 ? timeS.value : 0
    const at = context.currentTime + 0.02
    const gains = equalLevelGains(...heard.map(([, buffer]) => buffer.getChannelData(0)))
    const own = context
    voices = new Map(heard.map(([side, buffer], i) => [side, createVoice(own, buffer, gains[i]!, audible.value === side ? 1 : 0)]))
    for (const { source } of voices.values()) {
      source.loop = again.value
      source.start(at, from)
    }
    startedAt = at - from
    playing.value = true
    frame = requestAnimationFrame(follow)
  }

  function follow(): void {
    const durationS = durationOf(buffersOf(sides, sounds.value))
    if (!context || !durationS || !playing.value) return
    if (again.value) startedAt += durationS * Math.floor(Math.max(0, context.currentTime - startedAt) / durationS)
    timeS.value = Math.max(0, Math.min(durationS, context.currentTime - startedAt))
    if (timeS.value >= durationS) {
      stop()
      timeS.value = 0
    } else frame = requestAnimationFrame(follow)
  }

  function stop(): void {
    cancelAnimationFrame(frame)
    for (const voice of voices?.values() ?? []) voice.end()
    voices = null
    playing.value = false
  }

  function seek(to: number): void {
    const wasPlaying = playing.value
    stop()
    timeS.value = to
    if (wasPlaying) start()
  }

  return { sounds, playing, audible, timeS, hear, stop, seek }
}

interface Voice {
  source: AudioBufferSourceNode
  fade: (to: 0 | 1) => void
  end: () => void
}

function buffersOf<Side extends string>(sides: readonly Side[], sounds: Sounds<Side> | null): Array<[Side, AudioBuffer]> {
  return sides.flatMap((side) => (sounds?.[side] ? [[side, sounds[side]]] : []))
}

/** 0 where there is no sound. */
function durationOf(heard: ReadonlyArray<[string, AudioBuffer]>): number {
  return heard[0]?.[1].duration ?? 0
}

function createVoice(context: AudioContext, buffer: AudioBuffer, level: number, open: 0 | 1): Voice {
  const source = new AudioBufferSourceNode(context, { buffer })
  const gain = new GainNode(context, { gain: level * open })
  source.connect(gain).connect(context.destination)
  return {
    source,
    fade: (to) => void gain.gain.setTargetAtTime(level * to, context.currentTime, SWITCH_S / 3),
    end() {
      source.stop()
      source.disconnect()
      gain.disconnect()
    },
  }
}

async function decodeAll<Side extends string>(sides: readonly Side[], files: Partial<Record<Side, Uint8Array>>): Promise<Sounds<Side> | null> {
  try {
    const given = sides.flatMap((side) => (files[side] ? [[side, files[side]] as const] : []))
    const buffers = await Promise.all(given.map(([, bytes]) => decode(bytes)))
    return Object.fromEntries(given.map(([side], i) => [side, buffers[i]!])) as Sounds<Side>
  } catch {
    return null
  }
}

function decode(bytes: Uint8Array): Promise<AudioBuffer> {
  // Decoding detaches its input, so it gets a copy.
  return new OfflineAudioContext(1, 1, DECODING_RATE_HZ).decodeAudioData(bytes.slice().buffer as ArrayBuffer)
}
