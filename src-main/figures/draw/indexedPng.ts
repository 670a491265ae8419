/** Largest stored block of a deflate stream. */
const blockBytes = 0xffff

/**
 * Write a picture of at most 256 colours as PNG, not compressed: small ones inside a drawing need no more.
 *
 * @param pixels   row-major from the top: numbers of colours
 * @param palette  RGB bytes, colour i at 3 i
 */
export function indexedPng({ width, height, pixels }: { width: number; height: number; pixels: Uint8Array }, palette: Uint8Array): Uint8Array {
  // 8 bits, indexed, deflate, no filter, not interlaced.
  const header = Uint8Array.of(...bigEndian(width), ...bigEndian(height), 8, 3, 0, 0, 0)
  const lines = new Uint8Array(height * (width + 1))
  for (let row = 0; row < height; row++) lines.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1)
  return joined([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), chunk('IHDR', header), chunk('PLTE', palette), chunk('IDAT', stored(lines)), chunk('IEND', new Uint8Array(0))])
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = joined([new TextEncoder().encode(name), data])
  return joined([Uint8Array.from(bigEndian(data.length)), body, Uint8Array.from(bigEndian(crc32(body)))])
}

/** A zlib stream that holds the bytes as they are. */
function stored(bytes: Uint8Array): Uint8Array {
  const blocks = Array.from({ length: Math.max(1, Math.ceil(bytes.length / blockBytes)) }, (_, i) => {
    const part = bytes.subarray(i * blockBytes, (i + 1) * blockBytes)
    const last = (i + 1) * blockBytes >= bytes.length
    const [low, high] = [part.length & 255, part.length >> 8]
    return joined([Uint8Array.of(Number(last), low, high, ~low & 255, ~high & 255), part])
  })
  return joined([Uint8Array.of(0x78, 0x01), ...blocks, Uint8Array.from(bigEndian(adler32(bytes)))])
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0]
  for (const byte of bytes) {
    a = (a + byte) % 65521
    b = (b + a) % 65521
  }
  return ((b << 16) | a) >>> 0
}

function bigEndian(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
