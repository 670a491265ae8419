/** Paths as the host's platform writes them; the host is the one who knows it. */

export function joinPath(folder: string, name: string): string {
  const separator = folder.includes('\\') ? '\\' : '/'
  return folder.endsWith(separator) ? folder + name : folder + separator + name
}

export function lastPartOf(path: string): string {
  return path.slice(lastSeparator(path) + 1)
}

/** The folder that a file lies in; of one right under the root, the root. */
export function parentOf(path: string): string {
  const end = lastSeparator(path)
  return path.slice(0, path.indexOf(path[end] ?? '/') === end ? end + 1 : end)
}

function lastSeparator(path: string): number {
  return Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
}
