/** Give bytes to the person as a file, by the way the browser (or Electron) saves one. */
export function saveFile({ fileName, mimeType, bytes }: { fileName: string; mimeType: string; bytes: Uint8Array }): void {
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mimeType }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // Later: the browser begins to read after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
