import path from 'node:path'

/** Endings of files that hold a stimulus. What is inside decides later; this only leaves out what surely is none. */
const stimulusEndings = new Set(['.png', '.jpg', '.jpeg', '.webp', '.gif', '.tif', '.tiff', '.wav', '.npy'])

export const projectEnding = '.metamer'

export function looksLikeStimulus(fileName: string): boolean {
  return stimulusEndings.has(path.extname(fileName).toLowerCase())
}

export function looksOpenable(fileName: string): boolean {
  return path.extname(fileName).toLowerCase() === projectEnding || looksLikeStimulus(fileName)
}
