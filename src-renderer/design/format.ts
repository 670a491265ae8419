/** Numbers as people read them. A true minus sign, so that columns line up. */

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** e.g. 0.9823, −0.0312, or "undefined" where a correlation has no value. */
export function correlation(rho: number | null | undefined, digits = 4): string {
  if (rho === null || rho === undefined) return '–'
  if (!Number.isFinite(rho)) return 'undefined'
  const text = rho.toFixed(digits)
  return Number(text) === 0 ? text.replace('-', '') : minus(text)
}

/** Four digits, in powers of ten where it is very large or small: 1234, 0.01235, 1.23 × 10⁷. */
export function quantity(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  if (size === 0 || (size >= 1e-3 && size < 1e5)) return minus(String(Number(value.toPrecision(4))))
  const [mantissa, exponent] = value.toExponential(2).split('e') as [string, string]
  return minus(`${mantissa} × 10${superscript(Number(exponent))}`)
}

/** 10⁻³, 10⁴; 2 × 10³ where it is no whole power. */
export function powerOfTen(value: number): string {
  const [mantissa, exponent] = value.toExponential(0).split('e') as [string, string]
  return (mantissa === '1' ? '' : `${mantissa}·`) + `10${superscript(Number(exponent))}`
}

/** 15,000 */
export function whole(value: number): string {
  return minus(Math.round(value).toLocaleString('en-GB'))
}

/** 12 s, 3 min 05 s, 2 h 10 min */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–'
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  const s = Math.round(seconds)
  if (s < 60) return `${s} s`
  if (s < 3600) return `${Math.floor(s / 60)} min ${String(s % 60).padStart(2, '0')} s`
  return `${Math.floor(s / 3600)} h ${String(Math.floor((s % 3600) / 60)).padStart(2, '0')} min`
}

/** 112 × 112 × 32 */
export function shape(sizes: readonly number[]): string {
  return sizes.map((n) => String(n)).join(' × ')
}

/** 81.3 %, and "< 0.1 %" instead of a nought that is none. */
export function percent(probability: number): string {
  if (!Number.isFinite(probability)) return 'undefined'
  if (probability > 0 && probability < 0.001) return '< 0.1 %'
  return `${(100 * probability).toFixed(1)} %`
}

/** 3 significant digits: 0.512, 14.2, 350 */
export function speed(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return '–'
  return perSecond >= 100 ? whole(perSecond) : String(Number(perSecond.toPrecision(3)))
}

export function bytes(length: number): string {
  if (length < 1000) return `${length} B`
  if (length < 1e6) return `${(length / 1e3).toFixed(0)} kB`
  return `${(length / 1e6).toFixed(1)} MB`
}

/** "320 of 575 MB" */
export function megabytesOf(done: number, total: number): string {
  return `${whole(done / 1e6)} of ${whole(total / 1e6)} MB`
}

/** "1 run", "3 runs" */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${whole(count)} ${count === 1 ? one : many}`
}

const mostNumbered = 4

/** "run 3", "runs 3 and 4", "runs 1, 2, 3, 4 and 7 more" */
export function runNumbers(runIds: readonly number[]): string {
  const shown = [...runIds].sort((a, b) => a - b).slice(0, mostNumbered).map(String)
  const rest = runIds.length - shown.length
  const words = rest > 0 ? [...shown, `${rest} more`] : shown
  return `${runIds.length === 1 ? 'run' : 'runs'} ${[...words.slice(0, -2), words.slice(-2).join(' and ')].join(', ')}`
}

/** What a closed menu shows of a title in the narrowest window, in characters. */
const LONGEST_OPTION = 26

/** A network in a menu: a title that would be cut off says less than the name. Give the title as the option's tooltip. */
export function networkOption({ name, title }: { name: string; title: string }): string {
  return title.length > LONGEST_OPTION ? name : title
}

/** What a verdict says after its outcome, which stands beside it as a badge. */
export function withoutOutcome(verdict: { outcome: string; reason: string }): string {
  const rest = verdict.reason.replace(new RegExp(`^${verdict.outcome}[:,]?\\s*`, 'i'), '')
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}

/** A protocol's name with its updates, which a changed protocol's name may tell already. */
export function withUpdates({ name, updates }: { name: string; updates: number }): string {
  return /\d updates/.test(name) ? name : `${name}, ${counted(updates, 'update')}`
}

function minus(text: string): string {
  return text.replaceAll('-', '−')
}

function superscript(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((d) => superscripts[Number(d)]).join('')
  return (exponent < 0 ? '⁻' : '') + digits
}
