import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { encodePng } from '../../src-main/media/encodePng.ts'

/** Pictures of stripes, 40 x 32 pixels: one label's lie, the other's stand. A folder for each label in a folder for each split. */
export function writePictureFolder(folder: string, counts: Record<string, number> = { train: 4, validation: 2, test: 2 }): void {
  for (const [split, count] of Object.entries(counts)) {
    for (const label of ['lying', 'standing']) {
      mkdirSync(path.join(folder, split, label), { recursive: true })
      for (let i = 0; i < count; i++) writeFileSync(path.join(folder, split, label, `${i}.png`), stripes(label === 'lying', 5 + i))
    }
  }
}

/** @param period  pixels from one stripe to the next */
export function stripes(lying: boolean, period: number): Uint8Array {
  const [width, height] = [40, 32]
  const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3)
    const place = lying ? Math.floor(pixel / width) : pixel % width
    return (place % period) * 2 < period ? 220 : 30 + 20 * (at % 3)
  })
  return encodePng({ kind: 'image', width, height, data }, {})
}
