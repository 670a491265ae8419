import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { encodeWav } from '../../src-main/media/encodeWav.ts'

export interface WordFolderOptions {
  /** Clips of each word in each split. */
  clips?: Record<string, number>
  rateHz?: number
}

/** Two "words", a low and a high tone of 0.4 s, with a manifest; and a hiss to mix in. @returns paths of the manifests */
export function writeWordFolder(folder: string, { clips = { train: 6, validation: 2, test: 2 }, rateHz = 20_000 }: WordFolderOptions = {}): { speech: string; backgrounds: string } {
  mkdirSync(folder, { recursive: true })
  const rows = ['low', 'high'].flatMap((label, w) =>
    Object.entries(clips).flatMap(([split, count]) =>
      Array.from({ length: count }, (_, i) => {
        const file = `${label}_${split}_${i}.wav`
        writeTone(path.join(folder, file), (w === 0 ? 300 : 2000) * (1 + 0.05 * i), 0.4, rateHz)
        return `${file},${label},speaker ${i % 2},${split}`
      }),
    ),
  )
  const scenes = ['train', 'validation', 'test'].flatMap((split) =>
    ['hum', 'whistle'].map((label, i) => {
      const file = `${label}_${split}.wav`
      writeTone(path.join(folder, file), i === 0 ? 120 : 5000, 2.5, rateHz)
      return `${file},${label},${split}`
    }),
  )
  const [speech, backgrounds] = [path.join(folder, 'speech.csv'), path.join(folder, 'backgrounds.csv')]
  writeFileSync(speech, ['file,label,speaker,split', ...rows].join('\n'))
  writeFileSync(backgrounds, ['file,labels,split', ...scenes].join('\n'))
  return { speech, backgrounds }
}

function writeTone(file: string, hz: number, durationS: number, rateHz: number): void {
  const data = Int16Array.from({ length: Math.round(durationS * rateHz) }, (_, i) => 8000 * Math.sin((2 * Math.PI * hz * i) / rateHz))
  writeFileSync(file, encodeWav({ kind: 'audio', sampleRateHz: rateHz, data }, 'a tone'))
}
