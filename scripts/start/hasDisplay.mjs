/** Can a window be shown here? */
export function hasDisplay(env, platform) {
  if (platform === 'darwin' || platform === 'win32') return true
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}
