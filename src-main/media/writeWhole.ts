import { renameSync, rmSync, writeFileSync } from 'node:fs'

/** Write a file so that it is there whole or not at all; an older one of that name is replaced. Its folder must exist. */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const beside = `${file}.${process.pid}.part`
  try {
    writeFileSync(beside, content)
    renameSync(beside, file)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}
