/** How many letters a network's name may have. */
export const longestName = 80

/** What a network may be called, and how that is said of a name. */
export const networkName = { pattern: /^[a-z0-9][a-z0-9._-]{0,79}$/, sentence: `must be of small letters, digits, dots, dashes and underscores, ${longestName} at most` }

/** A name that a card may have, like this text: small letters, digits and dashes. */
export function networkNameFrom(text: string): string {
  const name = text.toLowerCase().replace(/[^a-z0-9._]+/g, '-').replace(/^[^a-z0-9]+|[-._]+$/g, '').slice(0, longestName)
  return name || 'network'
}
