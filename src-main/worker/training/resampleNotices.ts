/**
 * Say how many sounds are resampled, a sentence for each rate.
 *
 * @param ratesHz   of each file
 * @param wantedHz  what the network takes
 */
export function resampleNotices(ratesHz: readonly number[], wantedHz: number): string[] {
  const others = [...new Set(ratesHz)].filter((rateHz) => rateHz !== wantedHz).sort((a, b) => a - b)
  return others.map((rateHz) => {
    const files = ratesHz.filter((one) => one === rateHz).length
    const [has, are] = files === 1 ? ['1 file has', 'it is'] : [`${files} files have`, 'they are']
    return `${has} ${rateHz} samples a second; ${are} resampled to ${wantedHz}, so nothing above ${Math.min(rateHz, wantedHz) / 2} Hz is heard of ${files === 1 ? 'it' : 'them'}.`
  })
}
