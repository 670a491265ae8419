const mostNamed = 4

/** Say which of the metamers that are asked for exist already. */
export function alreadyThere(runIds: readonly number[], asked: number): string {
  if (runIds.length < asked) return `${runIds.length} of ${asked} exist already (${named(runIds)}). Only the rest is made.`
  return asked === 1 ? `Run ${runIds[0]} is this metamer already.` : `All ${asked} exist already: ${named(runIds)}.`
}

function named(runIds: readonly number[]): string {
  const shown = [...runIds].sort((a, b) => a - b).slice(0, mostNamed).map(String)
  const rest = runIds.length - shown.length
  const words = rest > 0 ? [...shown, `${rest} more`] : shown
  return `${runIds.length === 1 ? 'run' : 'runs'} ${[...words.slice(0, -2), words.slice(-2).join(' and ')].join(', ')}`
}
