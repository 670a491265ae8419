/** How values between the given ones are found. @source ONNX operators, Resize */
export interface ResizeRule {
  mode: 'nearest' | 'linear' | 'cubic'
  coordinates: 'half_pixel' | 'pytorch_half_pixel' | 'align_corners' | 'asymmetric' | 'half_pixel_symmetric'
  nearest: 'round_prefer_floor' | 'round_prefer_ceil' | 'floor' | 'ceil'
  /** The coefficient of the cubic kernel. */
  cubic: number
  antialias: boolean
}

/** Weights that make `to` values of `from` values along an axis: [to, from], row-major. Outside, the last value goes on. */
export function resizeMatrix(from: number, to: number, scale: number, rule: ResizeRule): Float32Array {
  const matrix = new Float32Array(to * from)
  for (let row = 0; row < to; row++) {
    for (const [place, weight] of taps(sourceOf(row, from, to, scale, rule), rule)) {
      matrix[row * from + Math.min(Math.max(place, 0), from - 1)]! += weight
    }
  }
  return matrix
}

function sourceOf(row: number, from: number, to: number, scale: number, { coordinates }: ResizeRule): number {
  if (coordinates === 'asymmetric') return row / scale
  if (coordinates === 'align_corners') return to === 1 ? 0 : (row * (from - 1)) / (to - 1)
  if (coordinates === 'pytorch_half_pixel' && to === 1) return 0
  const half = (row + 0.5) / scale - 0.5
  if (coordinates !== 'half_pixel_symmetric') return half
  const adjusted = to / (from * scale)
  return (from / 2) * (1 - adjusted) + half
}

function taps(x: number, rule: ResizeRule): Array<[number, number]> {
  const floor = Math.floor(x)
  const rest = x - floor
  if (rule.mode === 'nearest') return [[nearest(x, rule.nearest), 1]]
  if (rule.mode === 'linear') return [[floor, 1 - rest], [floor + 1, rest]]
  return [-1, 0, 1, 2].map((i) => [floor + i, cubic(Math.abs(rest - i), rule.cubic)])
}

function nearest(x: number, how: ResizeRule['nearest']): number {
  if (how === 'floor') return Math.floor(x)
  if (how === 'ceil') return Math.ceil(x)
  return how === 'round_prefer_floor' ? Math.ceil(x - 0.5) : Math.floor(x + 0.5)
}

/** @source Keys 1981 */
function cubic(t: number, a: number): number {
  if (t <= 1) return (a + 2) * t ** 3 - (a + 3) * t ** 2 + 1
  return t < 2 ? a * t ** 3 - 5 * a * t ** 2 + 8 * a * t - 4 * a : 0
}
