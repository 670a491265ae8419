/** Which addresses the window may show, and which may be handed to the person's own browser. */

export const appScheme = 'app'
const appHost = 'metamer-lab'
export const appAddress = `${appScheme}://${appHost}/`

/** Sites that menus and texts of the program link to. Anything else is not opened. */
const linkedHosts = new Set(['proceedings.neurips.cc'])

/** Is this our own page, in a frame or about to be navigated to? */
export function isOwnPage(address: string): boolean {
  const url = parse(address)
  // URL.origin is "null" for schemes of one's own, so the parts are compared.
  return url !== null && url.protocol === `${appScheme}:` && url.host === appHost
}

/** May this link be opened outside the program? */
export function mayOpenOutside(address: string): boolean {
  const url = parse(address)
  return url !== null && url.protocol === 'https:' && url.port === '' && url.username === '' && linkedHosts.has(url.hostname)
}

function parse(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null
}
