/**
 * Layers that a program numbers as it makes them: "conv2d", "conv2d_1", ... in the order of their numbers, wherever these begin.
 *
 * @param names  LAYER/PART
 * @param stem   of the layers' names
 */
export function numberedLayers(names: readonly string[], stem: string): string[] {
  const found = new Map<string, number>()
  for (const name of names) {
    const match = new RegExp(`^(${stem}(?:_(\\d+))?)/`).exec(name)
    if (match) found.set(match[1]!, Number(match[2] ?? 0))
  }
  return [...found].sort(([, a], [, b]) => a - b).map(([layer]) => layer)
}
