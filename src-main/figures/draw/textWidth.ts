/** Of letters, in sizes of the font: those of DejaVu Sans, the widest of the fonts that a drawing may be set in. */
const widths: ReadonlyArray<[letters: RegExp, width: number]> = [
  [/[ !'(),\-./:;I[\]fijlrt|]/, 0.36],
  [/[mMW@%…—]/, 0.97],
  [/[a-z0-9_"?ρ₀₁₂]/, 0.62],
  [/[A-Z]/, 0.7],
]
/** Signs such as − and ×, and letters of other scripts. */
const other = 0.84
const bold = 1.1

/** How wide a text will be, in pixels, whatever font it is set in: rather a little more than less. */
export function textWidth(text: string, fontPx: number, isBold: boolean): number {
  const width = Array.from(text).reduce((sum, letter) => sum + (widths.find(([letters]) => letters.test(letter))?.[1] ?? other), 0)
  return fontPx * width * (isBold ? bold : 1)
}
