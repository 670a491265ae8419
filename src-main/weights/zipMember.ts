import { ModelFileError } from '../domain/errors.ts'
import { openZip } from './zipArchive.ts'

/**
 * Read one member of a zip archive (a Python wheel is one).
 *
 * @param suffix  how the member's path ends
 * @throws ModelFileError when the archive is damaged or has no such member
 */
export function readZipMember(archive: Uint8Array, suffix: string): Uint8Array {
  const zip = openZip(archive)
  const name = zip.names.find((path) => path.endsWith(suffix))
  if (name === undefined) throw new ModelFileError(`The archive has no member whose name ends in "${suffix}". Choose another archive.`)
  return zip.read(name)
}
