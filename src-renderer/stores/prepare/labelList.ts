import { counted } from '../../design/format.ts'

/** What is to be said of so many labels for so many outputs; null when they fit. */
export function labelsProblem(labels: number, offset: number, outputs: number): string | null {
  if (labels + offset === outputs) return null
  const them = `${counted(labels, 'label')}${offset > 0 ? ` after ${counted(offset, 'output')} without one` : ''}`
  const cure = labels + 1 === outputs && offset === 0 ? ' If the first output is a "background" class, set the offset to 1.' : ''
  return `The list gives ${them}, but the network has ${counted(outputs, 'output')}.${cure}`
}
