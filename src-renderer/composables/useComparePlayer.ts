import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { equalLevelGains } from './equalLevel.ts'

export type Side = 'reference' | 'metamer'

/** Both, or the one side that is a sound. */
type Sounds = Partial<Record<Side, AudioBuffer>>

export interface ComparePlayer {
  /** null while the files are being decoded, or when they cannot be. */
  sounds: ShallowRef<Sounds | null>
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
 * Play two sounds of the same length in step (or one alone), one of them audible, both at the same level. Nothing plays unless asked.
 * The audio context and everything it plays are given up with the component.
 */
export function useComparePlayer(files: () => Partial<Record<Side, Uint8Array>> | null): ComparePlayer {
  const sounds = shallowRef<Sounds | null>(null)
  const playing = ref(false)
  const audible = ref<Side>('reference')
  const timeS = ref(0)
  let context: AudioContext | null = null
  let voices: Partial<Record<Side, Voice>> | null = null
  let startedAt = 0
  let frame = 0

  watch(
    files,
    async (next) => {
      stop()
      timeS.value = 0
      sounds.value = null
      if (!next) return
      const decoded = await decodeAll(next)
      if (files() === next) sounds.value = decoded
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    stop()
    void context?.close()
  })

  function hear(side: Side): void {
    if (!sounds.value?.[side]) return
    audible.value = side
    if (!playing.value) return start()
    voices?.[side]?.fade(1)
    voices?.[other(side)]?.fade(0)
  }

  function start(): void {
    const heard = sounds.value
    const durationS = heard && durationOf(heard)
    if (!heard || !durationS) return
    context ??= new AudioContext()
    void context.resume()
    const from = timeS.value < durationS - 0.02 ? timeS.value : 0
    const at = context.currentTime + 0.02
    voices = voicesOf(context, heard, audible.value)
    for (const voice of Object.values(voices)) voice.source.start(at, from)
    startedAt = at - from
    playing.value = true
    frame = requestAnimationFrame(follow)
  }

  function follow(): void {
    const durationS = sounds.value && durationOf(sounds.value)
    if (!context || !durationS || !playing.value) return
    timeS.value = Math.max(0, Math.min(durationS, context.currentTime - startedAt))
    if (timeS.value >= durationS) {
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

function durationOf({ reference, metamer }: Sounds): number {
  return (reference ?? metamer)?.duration ?? 0
}

/** At the same level, where there are two. */
function voicesOf(context: AudioContext, { reference, metamer }: Sounds, audible: Side): Partial<Record<Side, Voice>> {
  const [a, b] = reference && metamer ? equalLevelGains(reference.getChannelData(0), metamer.getChannelData(0)) : [1, 1]
  return {
    ...(reference ? { reference: createVoice(context, reference, a, audible === 'reference' ? 1 : 0) } : {}),
    ...(metamer ? { metamer: createVoice(context, metamer, b, audible === 'metamer' ? 1 : 0) } : {}),
  }
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

async function decodeAll(files: Partial<Record<Side, Uint8Array>>): Promise<Sounds | null> {
  try {
    const [reference, metamer] = await Promise.all([files.reference && decode(files.reference), files.metamer && decode(files.metamer)])
    return { ...(reference ? { reference } : {}), ...(metamer ? { metamer } : {}) }
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
