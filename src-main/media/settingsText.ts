/**
 * Write settings as JSON in ASCII only, as the text fields of PNG and WAV files need it.
 * Other characters become \u escapes, so that JSON.parse gives them back; NaN becomes null.
 */
export function settingsText(settings: unknown): string {
  return JSON.stringify(settings).replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
