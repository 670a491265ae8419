/**
 * Ticks of a logarithmic axis: whole powers of ten inside [minimum, maximum], thinned so that at most `most` remain; where
 * fewer than two powers lie inside, 1, 2 and 5 times powers of ten, or every multiple.
 *
 * @returns ascending; empty when the range is not positive
 */
export function logTicks(minimum: number, maximum: number, most: number): number[] {
  if (!(minimum > 0) || !(maximum >= minimum)) return []
  const powers = multiples([1], minimum, maximum)
  if (powers.length < 2) {
    const some = multiples([1, 2, 5], minimum, maximum)
    return some.length < 2 ? multiples([1, 2, 3, 4, 5, 6, 7, 8, 9], minimum, maximum) : some
  }
  const step = Math.ceil(powers.length / most)
  return powers.filter((power) => Math.round(Math.log10(power)) % step === 0)
}

function multiples(factors: number[], minimum: number, maximum: number): number[] {
  const ticks: number[] = []
  for (let e = Math.floor(Math.log10(minimum)); e <= Math.ceil(Math.log10(maximum)); e++) {
    // A power from a string is exact; 10 ** -5 is not on every platform.
    for (const factor of factors) ticks.push(Number(`${factor}e${e}`))
  }
  return ticks.filter((tick) => tick >= minimum && tick <= maximum)
}
