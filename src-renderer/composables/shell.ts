/** What Electron's preload script offers; absent in a browser. Each answers null when the dialog was dismissed. */
export interface MetamerShell {
  chooseFolder(): Promise<string | null>
  /** An existing project file, or with `create` a place for a new one. */
  chooseProject(options: { create: boolean }): Promise<string | null>
  /** An existing file. */
  chooseFile(options: { holds: 'network' | 'stimulus' | 'manifest' }): Promise<string | null>
  /** A place for a network's card. */
  chooseCardPlace(options: { fileName: string }): Promise<string | null>
}

declare global {
  interface Window {
    metamerShell?: MetamerShell
  }
}

export function nativeDialogs(): MetamerShell | null {
  return window.metamerShell ?? null
}
