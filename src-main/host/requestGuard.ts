import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Who may talk to the loopback server: only the window that was opened with this start's token. */
export interface RequestGuard {
  readonly token: string
  /** @returns null when the request may pass, else why it is refused, in words */
  refusal(request: IncomingMessage): string | null
  /** The same for opening a socket, where browsers always name their origin. */
  socketRefusal(request: IncomingMessage): string | null
  /** Does this URL bring the token of this start? */
  bringsToken(url: URL): boolean
  /** The header that lets the browser keep the token, out of reach of scripts and of other sites. */
  cookie(): string
}

/** @param port  gives the port the server listens on, known once it listens */
export function createRequestGuard(port: () => number): RequestGuard {
  const token = randomBytes(32).toString('base64url')
  // Cookies are shared between all ports of a machine: two programs must not overwrite each other's.
  const cookieName = (): string => `metamer-lab-${port()}`
  const hosts = (): string[] => [`127.0.0.1:${port()}`, `localhost:${port()}`]

  function bringsToken(url: URL): boolean {
    return equal(url.searchParams.get('token'), token)
  }

  function addressRefusal(request: IncomingMessage, originNeeded: boolean): string | null {
    const { host, origin } = request.headers
    // Refuses other names that lead here (DNS rebinding).
    if (!host || !hosts().includes(host)) return 'This address is not the one Metamer Lab was started at. Use the address it printed.'
    if (origin === undefined && !originNeeded) return null
    // Refuses pages of other sites.
    return origin === `http://${host}` ? null : 'Another site asked for this. Only the window of Metamer Lab may.'
  }

  function tokenRefusal(request: IncomingMessage): string | null {
    const known = equal(readCookie(request.headers.cookie, cookieName()), token)
    return known ? null : 'The token is missing or of an earlier start. Open the whole address that Metamer Lab printed when it started.'
  }

  return {
    token,
    refusal: (request) => addressRefusal(request, false) ?? (bringsToken(targetOf(request)) ? null : tokenRefusal(request)),
    socketRefusal: (request) => addressRefusal(request, true) ?? tokenRefusal(request),
    bringsToken,
    cookie: () => `${cookieName()}=${token}; HttpOnly; SameSite=Strict; Path=/`,
  }
}

/** Read the target of a request as a path, never as the name of a host ("//name"). Bad ones become a path nothing has. */
export function targetOf(request: IncomingMessage): URL {
  const target = request.url ?? '/'
  return URL.parse(`http://loopback${target}`) ?? new URL('http://loopback/unreadable-address')
}

function readCookie(header: string | undefined, name: string): string | null {
  const pair = header?.split(/;\s*/).find((part) => part.startsWith(`${name}=`))
  return pair?.slice(name.length + 1) ?? null
}

/** Compare without telling by the time taken how much was right. */
function equal(given: string | null, expected: string): boolean {
  if (given === null) return false
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}
