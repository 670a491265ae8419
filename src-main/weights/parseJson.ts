import { ModelFileError } from '../domain/errors.ts'
import { limits } from './limits.ts'

/** Deeper than any architecture, and far from what would exhaust the stack of code that walks it. */
const deepest = 200

/**
 * Parse a description, as text or bytes.
 *
 * @param what  for messages: '"model.json"', …
 * @throws ModelFileError when it is no JSON, too long or nested too deep
 */
export function parseJson(source: string | Uint8Array, what: string): unknown {
  if (source.length > limits.descriptionBytes) throw new ModelFileError(`${what} has ${source.length} bytes, far more than a description of a network needs. Do not trust this file.`)
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source)
  try {
    checkDepth(text, what)
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof ModelFileError) throw cause
    throw new ModelFileError(`${what} is no JSON: it is damaged or of another kind. Fetch it again.`, { cause })
  }
}

function checkDepth(text: string, what: string): void {
  let depth = 0
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === '[' || token === '{') depth++
    if (token === ']' || token === '}') depth--
    if (depth > deepest) throw new ModelFileError(`${what} is nested more than ${deepest} deep. It is damaged or made to mislead; do not trust it.`)
  }
}
