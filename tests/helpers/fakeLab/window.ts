import { mountLab } from '../../../src-renderer/mountLab.ts'
import { createFakeLab, type Pictures } from './lab.ts'
import { stream } from './signals.ts'

/** The window over a fake program: served by fakeServer instead of the real entry. */
const asked = new URLSearchParams(location.search)
const SIZE = 224

async function loadPictures(): Promise<Pictures> {
  const reference = new Uint8Array(await (await fetch('/fake-reference.png')).arrayBuffer())
  const bitmap = await createImageBitmap(new Blob([reference]))
  const canvas = new OffscreenCanvas(SIZE, SIZE)
  const context = canvas.getContext('2d')!
  const side = Math.min(bitmap.width, bitmap.height)
  context.drawImage(bitmap, (bitmap.width - side) / 2, (bitmap.height - side) / 2, side, side, 0, 0, SIZE, SIZE)
  const clean = context.getImageData(0, 0, SIZE, SIZE)

  const mix = (amount: number): ImageData => {
    const next = stream(Math.round(1000 * amount) + 1)
    return new ImageData(clean.data.map((value, i) => (i % 4 === 3 ? 255 : (1 - amount) * value + amount * 255 * next())), SIZE, SIZE)
  }
  return {
    reference,
    async noisy(amount) {
      const own = new OffscreenCanvas(SIZE, SIZE)
      own.getContext('2d')!.putImageData(mix(amount), 0, 0)
      return new Uint8Array(await (await own.convertToBlob({ type: 'image/png' })).arrayBuffer())
    },
    rgb: (amount) => ({ height: SIZE, width: SIZE, rgb: Uint8Array.from(mix(amount).data.filter((_, i) => i % 4 !== 3)) }),
  }
}

const scene = { start: asked.has('start'), empty: asked.has('empty'), slow: asked.has('slow') }
void loadPictures().then((pictures) => mountLab(createFakeLab(scene, pictures), '#lab'))
