/** Something the machine lacks. The message is one or two sentences: what, and its cure. */
export class SetupProblem extends Error {
  constructor(message) {
    super(message)
    this.name = 'SetupProblem'
  }
}

const DISK_FULL = /ENOSPC|no space left|disk quota exceeded/i
const NO_NETWORK =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError|name resolution|getaddrinfo|Could not find a version|Failed to fetch|Could not resolve|fetch failed|network/i

/**
 * Turn a failed command's output into a sentence that names the likely cause and its cure.
 *
 * @param {string} what   what could not be done, e.g. "The npm packages could not be installed"
 * @param {{ output: string, timedOut?: boolean, timeoutS?: number }} result
 * @param {string} source  who was asked over the network
 */
export function explainFailure(what, result, source = 'the package registry') {
  if (result.timedOut) return new SetupProblem(`${what} within ${result.timeoutS} s. Check the network connection.`)
  if (DISK_FULL.test(result.output)) return new SetupProblem(`${what}: the disk is full. Make room and start again.`)
  if (NO_NETWORK.test(result.output)) {
    return new SetupProblem(`${what}: ${source} did not answer. Check the network connection and proxy.`)
  }
  const lastWords = result.output.trim().split('\n').slice(-3).join(' / ').trim()
  return new SetupProblem(`${what}. It said: ${lastWords || 'nothing'}`)
}
