/** How many letters a network's name may have. */
export const longestName = 80

/** A name that a card may have, like this text: small letters, digits and dashes. */
export function networkNameFrom(text: string): string {
  const name = text.toLowerCase().replace(/[^a-z0-9._]+/g, '-').replace(/^[^a-z0-9]+|[-._]+$/g, '').slice(0, longestName)
  return name || 'network'
}
