import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { besideName, isAlive, readJson, writeWhole } from './files.mjs'

const LOOK_EVERY_MS = 500

/**
 * Let one set-up at a time work in a checkout: "npm start" beside a running "npm test" waits for it.
 * The lock of a dead process is taken over, once the command that it had started is gone too.
 *
 * @template T
 * @param {(context: any) => Promise<T>} work  is given a context whose commands are noted in the lock
 * @returns {Promise<T>}
 */
export async function oneAtATime(context, work) {
  const file = path.join(context.root, '.setup', 'lock.json')
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const note = (command) => writeWhole(file, JSON.stringify({ ...self(), command }))
  let told = false
  while (!take(file)) {
    if (!told) context.say('another set-up is at work in this folder; waiting for it')
    told = true
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
  try {
    return await work({ ...context, run: (command, args, options) => context.run(command, args, { ...options, onStart: note }) })
  } finally {
    fs.rmSync(file, { force: true })
  }
}

const self = () => ({ pid: process.pid, host: os.hostname() })

function take(file) {
  const written = besideName(file)
  fs.writeFileSync(written, JSON.stringify(self()))
  try {
    // A hard link appears whole or not at all, and fails where there is one already.
    fs.linkSync(written, file)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    const owner = readJson(file)
    if (!owner || isAtWork(owner)) return false
    fs.rmSync(file, { force: true })
    return take(file)
  } finally {
    fs.rmSync(written, { force: true })
  }
}

function isAtWork(owner) {
  return owner.host === os.hostname() && [owner.pid, owner.command].some((pid) => pid !== undefined && isAlive(pid))
}
