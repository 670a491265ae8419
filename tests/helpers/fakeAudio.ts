import { vi } from 'vitest'

/** A source that was made: whether it sounds, and whether it starts anew at its end. */
export interface FakeSource {
  loop: boolean
  started: boolean
  stopped: boolean
}

export interface FakeAudio {
  /** All that were made, in their order. */
  sources: FakeSource[]
  /** Let time pass for every audio context, and draw a frame. */
  pass: (seconds: number) => Promise<void>
}

/** Stand in for the browser's audio, which happy-dom lacks: every file decodes to one second of ones. Undone by `vi.unstubAllGlobals`. */
export function fakeAudio(): FakeAudio {
  const sources: FakeSource[] = []
  let now = 0
  let frames: Array<() => void> = []
  const buffer = { duration: 1, getChannelData: () => new Float32Array(100).fill(1) }
  class Node {
    connect(next: unknown): unknown {
      return next
    }
    disconnect(): void {}
  }
  class Source extends Node implements FakeSource {
    loop = false
    started = false
    stopped = false
    constructor() {
      super()
      sources.push(this)
    }
    start(): void {
      this.started = true
    }
    stop(): void {
      this.stopped = true
    }
  }
  class Gain extends Node {
    gain = { setTargetAtTime() {} }
  }
  class Context {
    destination = {}
    get currentTime(): number {
      return now
    }
    async resume(): Promise<void> {}
    async close(): Promise<void> {}
    async decodeAudioData(): Promise<unknown> {
      return buffer
    }
  }
  vi.stubGlobal('AudioContext', Context)
  vi.stubGlobal('OfflineAudioContext', Context)
  vi.stubGlobal('AudioBufferSourceNode', Source)
  vi.stubGlobal('GainNode', Gain)
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame))
  vi.stubGlobal('cancelAnimationFrame', () => void (frames = []))
  return {
    sources,
    async pass(seconds) {
      now += seconds
      const due = frames
      frames = []
      for (const frame of due) frame()
      await Promise.resolve()
    },
  }
}
