import { UsageError } from '../../domain/errors.ts'
import { usualSize, type FigureSize } from '../../domain/figure.ts'

/** A drawing that is too small for what stands around its plot. */
export class NoRoomError extends UsageError {}

type Size = Pick<FigureSize, 'widthMm' | 'heightMm'>

/** Below this nothing can be read off, and texts cover each other. */
const least: Size = { widthMm: 20, heightMm: 15 }

/** @param plot  what is left of the drawing. @throws NoRoomError saying what to take */
export function requireRoom(plot: Size, drawn: Size): void {
  const short = (side: keyof Size): number => Math.max(0, least[side] - plot[side])
  if (short('widthMm') === 0 && short('heightMm') === 0) return
  const enough = { widthMm: Math.ceil(drawn.widthMm + short('widthMm')), heightMm: Math.ceil(drawn.heightMm + short('heightMm')) }
  throw new NoRoomError(`In ${words(drawn)} title, legend and labels leave no room for the plot. Choose about ${words(enough)} or more; usual are ${words(usualSize)}.`)
}

function words({ widthMm, heightMm }: Size): string {
  return `${widthMm} × ${heightMm} mm`
}
