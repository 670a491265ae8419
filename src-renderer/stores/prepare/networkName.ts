import { longestName, networkName, networkNameFrom } from '../../../src-main/domain/networkName.ts'

/** That name, or with a number where it is taken. */
export function freeNetworkName(text: string, taken: (name: string) => boolean): string {
  const name = networkNameFrom(text)
  let free = name
  for (let n = 2; taken(free); n++) free = `${name.slice(0, longestName - 4)}-${n}`
  return free
}

/** What is to be said of a name for a new network; null when nothing is. */
export function networkNameProblem(name: string, taken: (name: string) => boolean): string | null {
  if (!networkName.pattern.test(name)) return 'A name is made of small letters, digits, dots, dashes and underscores, 80 at most, and begins with a letter or digit.'
  return taken(name) ? `There is already a network called "${name}". Choose another name.` : null
}
