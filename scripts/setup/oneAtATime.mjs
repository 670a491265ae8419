import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { isAlive, readJson } from './files.mjs'

const LOOK_EVERY_MS = 500

/**
 * Let one set-up at a time work in a checkout: "npm start" beside a running "npm test" waits for it.
 * The lock of a dead process is taken over.
 */
export async function oneAtATime(context, work) {
  const file = path.join(context.root, '.setup', 'lock.json')
  fs.mkdirSync(path.dirname(file), { recursive: true })
  let told = false
  while (!take(file)) {
    if (!told) context.say('another set-up is at work in this folder; waiting for it')
    told = true
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
  try {
    return await work()
  } finally {
    fs.rmSync(file, { force: true })
  }
}

function take(file) {
  const mine = { pid: process.pid, host: os.hostname() }
  const written = `${file}.${mine.pid}`
  fs.writeFileSync(written, JSON.stringify(mine))
  try {
    // A hard link appears whole or not at all, and fails where there is one already.
    fs.linkSync(written, file)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    const owner = readJson(file)
    if (owner && (owner.host !== mine.host || !isAlive(owner.pid))) fs.rmSync(file, { force: true })
    return false
  } finally {
    fs.rmSync(written, { force: true })
  }
}
