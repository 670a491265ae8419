import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { equalLevelGains } from './equalLevel.ts'

export interface ComparePlayer<Side extends string> {
  /** null while the files are being decoded, or when they cannot be. */
  sounds: ShallowRef<Record<Side, AudioBuffer> | null>
  playing: Ref<boolean>
  audible: Ref<Side>
  timeS: Ref<number>
  /** Make one side audible; start when silent. */
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
 */
export function useComparePlayer<Side extends string>(sides: readonly [Side, ...Side[]], files: () => Record<Side, Uint8Array> | null): ComparePlayer<Side> {
  const sounds: ShallowRef<Record<Side, AudioBuffer> | null> = shallowRef(null)
  const playing = ref(false)
  const audible = ref(sides[0]) as Ref<Side>
  const timeS = ref(0)
  let context: AudioContext | null = null
  let voices: Record<Side, Voice> | null = null
  let startedAt = 0
  let frame = 0

  watch(
    files,
    async (next) => {
      stop()
      timeS.value = 0
      sounds.value = null
      if (!next) return
      const decoded = await decodeAll(sides, next)
      if (files() === next) sounds.value = decoded
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    stop()
    void context?.close()
  })

  function hear(side: Side): void {
    audible.value = side
    if (!playing.value) return start()
    for (const one of sides) voices?.[one].fade(one === side ? 1 : 0)
  }

  function start(): void {
    const buffers = sounds.value
    if (!buffers) return
    context ??= new AudioContext()
    void context.resume()
    const gains = equalLevelGains(...sides.map((side) => buffers[side].getChannelData(0)))
    const from = timeS.value < buffers[sides[0]].duration - 0.02 ? timeS.value : 0
    const at = context.currentTime + 0.02
    const own = context
    voices = recordOf(sides, (side, i) => createVoice(own, buffers[side], gains[i]!, audible.value === side ? 1 : 0))
    for (const side of sides) voices[side].source.start(at, from)
    startedAt = at - from
    playing.value = true
    frame = requestAnimationFrame(follow)
  }

  function follow(): void {
    const durationS = sounds.value?.[sides[0]].duration
    if (!context || durationS === undefined || !playing.value) return
    timeS.value = Math.max(0, Math.min(durationS, context.currentTime - startedAt))
    if (timeS.value >= durationS) {
      stop()
      timeS.value = 0
    } else frame = requestAnimationFrame(follow)
  }

  function stop(): void {
    cancelAnimationFrame(frame)
    if (voices) for (const side of sides) voices[side].end()
    voices = null
    playing.value = false
  }

  function seek(to: number): void {
    const again = playing.value
    stop()
    timeS.value = to
    if (again) start()
  }

  return { sounds, playing, audible, timeS, hear, stop, seek }
}

interface Voice {
  source: AudioBufferSourceNode
  fade: (to: 0 | 1) => void
  end: () => void
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

async function decodeAll<Side extends string>(sides: readonly Side[], files: Record<Side, Uint8Array>): Promise<Record<Side, AudioBuffer> | null> {
  try {
    const buffers = await Promise.all(sides.map((side) => decode(files[side])))
    return recordOf(sides, (_, i) => buffers[i]!)
  } catch {
    return null
  }
}

function decode(bytes: Uint8Array): Promise<AudioBuffer> {
  // Decoding detaches its input, so it gets a copy.
  return new OfflineAudioContext(1, 1, DECODING_RATE_HZ).decodeAudioData(bytes.slice().buffer as ArrayBuffer)
}

function recordOf<Side extends string, T>(sides: readonly Side[], make: (side: Side, index: number) => T): Record<Side, T> {
  return Object.fromEntries(sides.map((side, i) => [side, make(side, i)])) as Record<Side, T>
}
