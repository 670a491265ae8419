import { figureLimits, usualSize, type FigureSize } from '../domain/figure.ts'
import type { Arguments, OptionSpec } from './command.ts'

/** How large a figure is in print. */
export const figureSizeOptions: Record<'width-mm' | 'height-mm' | 'dpi', OptionSpec> = {
  'width-mm': { value: 'N', default: String(usualSize.widthMm), help: 'width in print' },
  'height-mm': { value: 'N', default: String(usualSize.heightMm), help: 'height in print' },
  dpi: { value: 'N', default: String(usualSize.dpi), help: 'pixels an inch of a .png' },
}

/** @throws UsageError when a length is out of range */
export function figureSizeOf(args: Arguments): FigureSize {
  return { widthMm: args.whole('width-mm', ...figureLimits.widthMm), heightMm: args.whole('height-mm', ...figureLimits.heightMm), dpi: args.whole('dpi', ...figureLimits.dpi) }
}
