import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/**
 * Files that a killed set-up cannot leave half-written: everything is made in a folder beside its place, then
 * renamed. A leftover of a dead process is removed by the next set-up.
 */

const DAY_MS = 86_400_000
const mine = new Set()

/** A name beside `target` that says which process owns it. */
export function besideName(target) {
  const name = `${target}.partial-${os.hostname()}-${process.pid}`
  mine.add(name)
  return name
}

/** Remove what this process has begun and not finished: for Ctrl-C. What still resists goes at the next set-up. */
export function removeUnfinished() {
  for (const name of mine) {
    try {
      fs.rmSync(name, { recursive: true, force: true })
    } catch {
      // A command that is just ending still writes there.
    }
  }
}

/** Remove what killed set-ups left beside `target`. */
export function removeLeftovers(target) {
  const folder = path.dirname(target)
  if (!fs.existsSync(folder)) return
  for (const name of fs.readdirSync(folder)) {
    if (!name.startsWith(`${path.basename(target)}.partial-`)) continue
    if (isAbandoned(path.join(folder, name))) fs.rmSync(path.join(folder, name), { recursive: true, force: true })
  }
}

function isAbandoned(leftover) {
  const [, host, pid] = /\.partial-(.*)-(\d+)$/.exec(leftover) ?? []
  if (host === os.hostname()) return Number(pid) === process.pid || !isAlive(Number(pid))
  return Date.now() - fs.statSync(leftover).mtimeMs > DAY_MS
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Write a small file whole or not at all. */
export function writeWhole(file, content) {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const beside = besideName(file)
  fs.writeFileSync(beside, content)
  fs.renameSync(beside, file)
}

/** The JSON in a file, or null when there is none to trust. */
export function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

export function sha256OfText(...parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex')
}

/** SHA-256 of a file too large to hold in memory. */
export async function sha256OfFile(file) {
  const hash = createHash('sha256')
  for await (const chunk of fs.createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk)
  return hash.digest('hex')
}

/** Bytes in all files under a folder; files that vanish meanwhile count nothing. */
export function bytesUnder(folder) {
  let total = 0
  for (const file of filesUnder(folder)) total += fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0
  return total
}

/** Every file under a folder, in a stable order. */
export function filesUnder(folder) {
  let entries
  try {
    entries = fs.readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const full = path.join(folder, entry.name)
      return entry.isDirectory() ? filesUnder(full) : [full]
    })
}
