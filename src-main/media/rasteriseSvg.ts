import sharp from 'sharp'

/** Points that an SVG counts an inch for, and those that the renderer takes for its natural size. */
const svgDpi = 96
const rendererDpi = 72

/**
 * Turn a drawing into pixels.
 *
 * @param svg  its size in millimetres, on the root
 * @returns a PNG that says its resolution
 */
export async function rasteriseSvg(svg: string, dpi: number): Promise<Uint8Array> {
  const inPixels = svg.replace(/ (width|height)="([\d.]+)mm"/g, (_, side: string, mm: string) => ` ${side}="${(Number(mm) * svgDpi) / 25.4}"`)
  return new Uint8Array(await sharp(Buffer.from(inPixels), { density: (rendererDpi * dpi) / svgDpi }).flatten({ background: 'white' }).withMetadata({ density: dpi }).png().toBuffer())
}
