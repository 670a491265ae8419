import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MediaError, ShapeError } from '../../../src-main/domain/errors.ts'
import { encodeNpy } from '../../../src-main/media/npy.ts'
import { encodePng } from '../../../src-main/media/encodePng.ts'
import { decodeStimulus } from '../../../src-main/worker/decodeStimulus.ts'

const file = (fileName: string, bytes: Uint8Array) => ({ fileName, bytes })

describe('decodeStimulus', () => {
  it('tells pictures from sounds by content, whatever the name', async () => {
    const png = encodePng({ kind: 'image', height: 1, width: 2, data: new Uint8Array(6) }, {})
    expect(await decodeStimulus(file('x.wav', png))).toMatchObject({ from: 'picture', signal: { height: 1, width: 2 } })
  })

  it('takes an array as the variable itself, by its shape', async () => {
    const picture = await decodeStimulus(file('a.npy', encodeNpy([1, 2, 2, 3], new Float32Array(12).fill(0.5))))
    expect(picture).toMatchObject({ from: 'array', array: { kind: 'image', shape: [1, 2, 2, 3] } })
    const sound = await decodeStimulus(file('a.npy', encodeNpy([2, 5], new Float32Array(10).fill(-3))))
    expect(sound).toMatchObject({ from: 'array', array: { kind: 'audio', shape: [2, 5] } })
  })

  it('refuses an array of another shape with its exact sentence', async () => {
    const array = decodeStimulus(file('a.npy', encodeNpy([4, 4, 3], new Float32Array(48))))
    await expect(array).rejects.toThrow(
      new ShapeError('"a.npy" has shape [4, 4, 3]; expected [batch, height, width, 3] for pictures or [batch, samples] for sounds. Reshape the array and save it again.'),
    )
  })

  it('refuses a picture array of 0 to 255 with its exact sentence', async () => {
    const array = decodeStimulus(file('a.npy', encodeNpy([1, 1, 1, 3], new Float32Array([0, 255, 1]))))
    await expect(array).rejects.toThrow(
      new ShapeError('"a.npy" holds 255 at flat index 1; pictures are RGB in [0, 1] before the network\'s own scaling. Divide 8-bit values by 255.'),
    )
  })

  it('refuses what is neither, as the media folder words it', async () => {
    await expect(decodeStimulus(file('code.ts', readFileSync(import.meta.filename)))).rejects.toBeInstanceOf(MediaError)
    await expect(decodeStimulus(file('empty.png', new Uint8Array()))).rejects.toThrow(/is empty \(0 bytes\)/)
  })
})
