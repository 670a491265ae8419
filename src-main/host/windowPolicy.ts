/**
 * What the window's pages may do, under Electron and in a browser: no script but ours, no talk to any other host.
 * Styles may be inline because charts and the waveform set theirs so; scripts may not.
 */
export const windowPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
].join('; ')
