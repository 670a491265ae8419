import { chromium, type Page } from '@playwright/test'
import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { findBrowser } from './browsers.mjs'

/**
 * Make the pictures and sounds of docs/ with the program itself, from a project in which the samples "cat"
 * (efficientnet-lite0: stem, block2, block4, head) and "human" (word-cnn-aliased: cochleagram, conv_0, conv_3) were
 * synthesised and null distributions made.
 *
 *   lab make --project PROJECT --network efficientnet-lite0 --layer stem,block2,block4,head --reference resources/samples/cat.png --updates 2000
 *   lab make --project PROJECT --network word-cnn-aliased --layer cochleagram,conv_0,conv_3 --reference resources/samples/human.wav --updates 1000
 *   lab null, for either network
 *   node scripts/docPictures.ts PROJECT
 */
interface Run {
  run: number
  layer: string
  reference: string
}

const root = path.resolve(import.meta.dirname, '..')
const project = path.resolve(process.argv[2] ?? '')
const docs = path.join(root, 'docs')
const runs = lab('runs', '--project', project, '--json').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Run)

for (const folder of ['images', 'sounds']) mkdirSync(path.join(docs, folder), { recursive: true })
await exportedStimuli()
await windows()

function lab(...args: string[]): string {
  return execFileSync(process.execPath, [path.join(root, 'src-main/cli/main.ts'), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}

function runOf(reference: string, layer: string): Run {
  const run = runs.find((r) => r.reference === reference && r.layer === layer)
  if (!run) throw new Error(`${project} has no run of ${reference} at ${layer}. Make it with "lab make".`)
  return run
}

/** The exported files themselves: pictures side by side, sounds as they are. */
async function exportedStimuli(): Promise<void> {
  const folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'metamer-lab-docs-')), 'set')
  const { files } = JSON.parse(lab('export', '--project', project, '--out', folder, '--json')) as { files: number }
  process.stderr.write(`exported ${files} files\n`)
  const [names, ...rows] = readFileSync(path.join(folder, 'stimuli.tsv'), 'utf8').trim().split('\n').map((line) => line.split('\t'))
  const field = (row: string[], name: string): string => row[names!.indexOf(name)]!
  const fileOf = (reference: string, layer: string | null): string => {
    const row = rows.find((r) => field(r, 'reference_name') === reference && (layer ? field(r, 'layer') === layer : field(r, 'role') === 'reference'))
    if (!row) throw new Error(`The export has no ${layer ?? 'reference'} of ${reference}`)
    return path.join(folder, field(row, 'file'))
  }
  await sideBySide([null, 'stem', 'block2', 'block4', 'head'].map((layer) => fileOf('cat.png', layer)), path.join(docs, 'images/cat-by-layer.png'))
  for (const layer of [null, 'cochleagram', 'conv_0', 'conv_3']) {
    copyFileSync(fileOf('human.wav', layer), path.join(docs, `sounds/human-${layer ?? 'reference'}.wav`))
  }
  rmSync(path.dirname(folder), { recursive: true })
}

async function sideBySide(files: string[], out: string): Promise<void> {
  const [size, gap] = [224, 8]
  const width = files.length * size + (files.length - 1) * gap
  await sharp({ create: { width, height: size, channels: 3, background: 'white' } })
    .composite(files.map((input, i) => ({ input, left: i * (size + gap), top: 0 })))
    .png()
    .toFile(out)
}

async function windows(): Promise<void> {
  const host = spawn(process.execPath, [path.join(root, 'src-main/host/serveMain.ts'), '--project', project], { stdio: ['ignore', 'pipe', 'ignore'] })
  const address = await new Promise<string>((resolve) => {
    host.stdout.on('data', (chunk: Buffer) => {
      const found = /Metamer Lab is at (\S+)/.exec(String(chunk))
      if (found) resolve(found[1]!)
    })
  })
  const browser = await chromium.launch({ executablePath: findBrowser()!, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(address)
    await photograph(page, runOf('cat.png', 'block4'), 'workbench')
    await photograph(page, runOf('human.wav', 'conv_0'), 'sound')
    await page.getByText('Null distributions').first().click()
    await page.getByRole('cell', { name: 'block4', exact: true }).click()
    await page.waitForTimeout(500)
    await page.screenshot({ path: path.join(docs, 'images/nulls.png') })
  } finally {
    await browser.close()
    host.kill('SIGTERM')
  }
}

async function photograph(page: Page, { run }: Run, name: string): Promise<void> {
  await page.locator(`[data-run="${run}"]`).click()
  // The program may still be starting: not before the network, every tile and the charts are there.
  await page.getByText('1000 labels').waitFor({ timeout: 120_000 })
  await page.locator('[data-run] :is(img, canvas)').nth(runs.length - 1).waitFor({ timeout: 120_000 })
  await page.getByRole('img', { name: /at the generation layer/ }).waitFor({ timeout: 120_000 })
  await page.getByText('null maximum').first().waitFor({ timeout: 120_000 })
  await page.mouse.move(0, 0)
  await page.waitForTimeout(1500)
  await page.screenshot({ path: path.join(docs, `images/${name}.png`) })
}
