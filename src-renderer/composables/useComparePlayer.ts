import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { equalLevelGains } from './equalLevel.ts'

export type Side = 'reference' | 'metamer'

export interface ComparePlayer {
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
 * Play two sounds of the same length in step, one of them audible, both at the same level. Nothing plays unless asked.
 * The audio context and everything it plays are given up with the component.
 */
export function useComparePlayer(files: () => Record<Side, Uint8Array> | null): ComparePlayer {
  const sounds = shallowRef<Record<Side, AudioBuffer> | null>(null)
  const playing = ref(false)
  const audible = ref<Side>('reference')
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
      const decoded = await decodePair(next)
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
    voices?.[side].fade(1)
    voices?.[other(side)].fade(0)
  }

  function start(): void {
    const pair = sounds.value
    if (!pair) return
    context ??= new AudioContext()
    void context.resume()
    const [a, b] = equalLevelGains(pair.reference.getChannelData(0), pair.metamer.getChannelData(0))
    const from = timeS.value < pair.reference.duration - 0.02 ? timeS.value : 0
    const at = context.currentTime + 0.02
    voices = {
      reference: createVoice(context, pair.reference, a, audible.value === 'reference' ? 1 : 0),
      metamer: createVoice(context, pair.metamer, b, audible.value === 'metamer' ? 1 : 0),
    }
    for (const voice of Object.values(voices)) voice.source.start(at, from)
    startedAt = at - from
    playing.value = true
    frame = requestAnimationFrame(follow)
  }

  function follow(): void {
    const pair = sounds.value
    if (!context || !pair || !playing.value) return
    timeS.value = Math.max(0, Math.min(pair.reference.duration, context.currentTime - startedAt))
    if (timeS.value >= pair.reference.duration) {
      stop()
      timeS.value = 0
    } else frame = requestAnimationFrame(follow)
  }

  function stop(): void {
    cancelAnimationFrame(frame)
    if (voices) for (const voice of Object.values(voices)) voice.end()
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

async function decodePair(files: Record<Side, Uint8Array>): Promise<Record<Side, AudioBuffer> | null> {
  try {
    const [reference, metamer] = await Promise.all([decode(files.reference), decode(files.metamer)])
    return { reference, metamer }
  } catch {
    return null
  }
}

function decode(bytes: Uint8Array): Promise<AudioBuffer> {
  // Decoding detaches its input, so it gets a copy.
  return new OfflineAudioContext(1, 1, DECODING_RATE_HZ).decodeAudioData(bytes.slice().buffer as ArrayBuffer)
}

function other(side: Side): Side {
  return side === 'reference' ? 'metamer' : 'reference'
}
