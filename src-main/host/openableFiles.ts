import path from 'node:path'

/** Endings of files that hold a stimulus. What is inside decides later; this only leaves out what surely is none. */
export const stimulusEndings: ReadonlySet<string> = new Set(['.png', '.jpg', '.jpeg', '.webp', '.gif', '.tif', '.tiff', '.wav', '.npy'])

/** Endings of files that hold a network, its weights or its card. A checkpoint of TensorFlow is known by its index. */
export const modelEndings = ['.onnx', '.json', '.keras', '.h5', '.hdf5', '.safetensors', '.pt', '.pth', '.bin', '.index', '.npz']

/** A piece of a tfjs model, which is chosen by its model.json. */
const modelPiece = /shard\d+of\d+(\.bin)?$/i

export const projectEnding = '.metamer'

/** A list of sounds to train on. */
export const manifestEnding = '.csv'

export function looksLikeStimulus(fileName: string): boolean {
  return stimulusEndings.has(path.extname(fileName).toLowerCase())
}

export function looksOpenable(fileName: string): boolean {
  return path.extname(fileName).toLowerCase() === projectEnding || looksLikeStimulus(fileName)
}

export function looksLikeModel(fileName: string): boolean {
  return modelEndings.includes(path.extname(fileName).toLowerCase()) && !modelPiece.test(fileName)
}

export function looksLikeManifest(fileName: string): boolean {
  return path.extname(fileName).toLowerCase() === manifestEnding
}
