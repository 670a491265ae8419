/** A number with a minus as it is printed, and none where it is rounded to 0. */
export function signedText(value: number, digits: number): string {
  const text = value.toFixed(digits)
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−')
}
