/** File systems take 255 bytes, and what stands beside a file while it is written has a longer name than the file. */
const mostBytes = 200

/** @returns a sentence that says what to do, or null when the name is short enough for a new file or folder */
export function longName(name: string): string | null {
  if (new TextEncoder().encode(name).length <= mostBytes) return null
  return `The name "${name.slice(0, 30)}…" is too long for a file or folder. Choose one of at most ${mostBytes} letters.`
}
