import { textWidth } from './textWidth.ts'

/**
 * Break a title into lines that fit, between words or after dashes; what has neither is cut.
 *
 * @param widthPx  of a line
 */
export function titleLines(title: string, widthPx: number, fontPx: number): string[] {
  const fits = (text: string): boolean => textWidth(text.trimEnd(), fontPx, true) <= widthPx
  const parts = (title.match(/[^\s-]*-+|[^\s-]+\s*|\s+/g) ?? [title]).flatMap((part) => cut(part, fits))
  const lines = parts.reduce<string[]>((sofar, part) => {
    const last = sofar.at(-1)
    return last !== undefined && fits(`${last}${part}`) ? [...sofar.slice(0, -1), `${last}${part}`] : [...sofar, part]
  }, [])
  return lines.map((line) => line.trim())
}

/** Into pieces that fit; a single letter stays, whatever its width. */
function cut(part: string, fits: (text: string) => boolean): string[] {
  if (fits(part) || part.length === 1) return [part]
  const length = Array.from({ length: part.length - 1 }, (_, i) => part.length - 1 - i).find((most) => fits(part.slice(0, most))) ?? 1
  return [part.slice(0, length), ...cut(part.slice(length), fits)]
}
