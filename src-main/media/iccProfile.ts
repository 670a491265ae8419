import { fourCharacters, view } from './bytes.ts'

export interface IccProfile {
  name: string
  isSrgb: boolean
}

/**
 * Name the colour profile that a picture carries.
 *
 * @returns null without a profile; "unnamed" when its description cannot be read
 * @source ICC.1, sections 7.3 (tag table), 10.6 (desc, version 2) and 10.15 (mluc, version 4)
 */
export function describeProfile(icc: Uint8Array | undefined): IccProfile | null {
  if (!icc) return null
  const name = describeTag(icc) ?? 'unnamed'
  // The small sRGB profile of lcms and sharp calls itself "sRGB", the common one "sRGB IEC61966-2.1", GIMP's "... sRGB".
  return { name, isSrgb: /srgb/i.test(name) && !/linear/i.test(name) }
}

function describeTag(icc: Uint8Array): string | null {
  if (icc.length < 132) return null
  const fields = view(icc)
  const tags = Math.min(fields.getUint32(128), Math.floor((icc.length - 132) / 12))
  for (let t = 0; t < tags; t++) {
    const at = 132 + 12 * t
    if (fourCharacters(icc, at) !== 'desc') continue
    const offset = fields.getUint32(at + 4)
    return readText(icc.subarray(offset, offset + fields.getUint32(at + 8)))
  }
  return null
}

function readText(tag: Uint8Array): string | null {
  if (tag.length < 28) return null
  const fields = view(tag)
  if (fourCharacters(tag, 0) === 'mluc') {
    const length = fields.getUint32(20)
    const offset = fields.getUint32(24)
    return new TextDecoder('utf-16be').decode(tag.subarray(offset, offset + length)).replace(/\0/g, '')
  }
  return new TextDecoder('latin1').decode(tag.subarray(12, 12 + fields.getUint32(8))).replace(/\0/g, '')
}
