/**
 * Everything that is checked, in order: types, build, vitest, browser and desktop stories.
 * The last line gives the counts; the exit code is 1 when anything failed.
 */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { appBuild } from './setup/appBuild.mjs'
import { makeContext, nodeBinary } from './setup/context.mjs'
import { readJson } from './setup/files.mjs'
import { addCounts, countPlaywright, countsLine, countVitest, skippedStories } from './test/countTests.mjs'

const root = path.resolve(import.meta.dirname, '..')
const context = makeContext(root)
const reports = path.join(root, 'test-results')
const vitestReport = path.join(reports, 'vitest.json')
const playwrightReport = path.join(reports, 'playwright.json')

/** @returns {Promise<boolean>} did it end well? */
function runTool(title, script, args, env = {}) {
  process.stdout.write(`\n== ${title}\n`)
  return new Promise((resolve) => {
    const child = spawn(nodeBinary(context), [path.join(context.modules, script), ...args], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    })
    child.on('error', () => resolve(false))
    child.on('exit', (code) => resolve(code === 0))
  })
}

async function build() {
  if (appBuild.ready(context)) return true
  try {
    await appBuild.install(context)
    return true
  } catch (error) {
    process.stdout.write(`${error.message}\n`)
    return false
  }
}

const asFailure = (ok) => ({ passed: 0, failed: ok ? 0 : 1, skipped: 0 })

/** A runner may fail without a failed test, for instance in its own set-up. */
const withExit = (counts, ok) => (ok || counts.failed > 0 ? counts : addCounts([counts, asFailure(false)]))

fs.mkdirSync(reports, { recursive: true })
for (const old of [vitestReport, playwrightReport]) fs.rmSync(old, { force: true })

const typesOk = await runTool('types', 'vue-tsc/bin/vue-tsc.js', ['--noEmit', '-p', '.'])
process.stdout.write('\n== build\n')
const buildOk = await build()
const vitestOk = await runTool('unit, numerics, contract, flows', 'vitest/vitest.mjs', [
  ...['run', '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
])
const playwrightOk = await runTool(
  'browser and desktop',
  '@playwright/test/cli.js',
  ['test', '--pass-with-no-tests', '--reporter=list,json'],
  { PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport },
)

const total = addCounts([
  asFailure(typesOk),
  asFailure(buildOk),
  withExit(countVitest(readJson(vitestReport)), vitestOk),
  withExit(countPlaywright(readJson(playwrightReport)), playwrightOk),
])
for (const line of skippedStories(readJson(playwrightReport))) process.stdout.write(`${line}\n`)
if (!typesOk) process.stdout.write('\nThe types do not check.')
if (!buildOk) process.stdout.write('\nThe program does not build.')
process.stdout.write(`\n${countsLine(total)}\n`)
process.exitCode = total.failed > 0 ? 1 : 0
