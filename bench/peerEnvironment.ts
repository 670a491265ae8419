import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** Versions the comparison was made with; change them together with the tables in docs. */
const packages = ['torch==2.15.0', 'plenoptic==2.1.1', 'numpy==2.4.6', 'scipy==1.17.1']

/**
 * The Python in which the peers run, set up on first use in the cache folder (about 5 GB, some minutes).
 * It is no part of the program: nothing outside `bench` uses it.
 *
 * @returns the interpreter's path, or null (with a sentence on stderr) when it cannot be set up
 */
export function peerPython(): string | null {
  const folder = path.join(cacheFolder(), 'bench-python')
  const python = path.join(folder, 'bin', 'python')
  const stamp = path.join(folder, 'packages.txt')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === packages.join('\n')) return python
  process.stderr.write(`bench: setting up ${packages.join(' and ')} in a Python environment of its own, once\n`)
  try {
    // A folder that is there lacks a package, or holds another version: pip brings it up to date.
    execFileSync('python3', ['-m', 'venv', folder], { stdio: ['ignore', 'ignore', 'inherit'] })
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages], { stdio: ['ignore', 'ignore', 'inherit'] })
    writeFileSync(`${stamp}.part`, packages.join('\n'))
    renameSync(`${stamp}.part`, stamp)
    return python
  } catch {
    process.stderr.write('bench: PyTorch and scipy could not be installed, so only our own times are shown. Needed: python3 with venv and pip, a network, 6 GB of disk.\n')
    return null
  }
}

function cacheFolder(): string {
  return process.env['METAMER_LAB_CACHE'] ?? path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'metamer-lab')
}
