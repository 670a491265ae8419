import path from 'node:path'
import { checkExport } from './checkExport.ts'
import type { ExportInput } from './exportInput.ts'
import { buildManifest, type ExportFile } from './manifest.ts'
import { planStimuli, type PlannedStimulus } from './planStimuli.ts'
import { readmeText } from './readme.ts'
import { measurementColumns, measurementRows, stimulusColumns } from './resultsTables.ts'
import { sidecar, tsv } from './table.ts'
import { nodeFolderFiles, writeFolder, type FolderFiles } from './writeFolder.ts'

/**
 * Write finished runs as a folder of stimuli with tables, README and manifest.
 * Writes only what is stored; it is all there afterwards, or nothing is.
 *
 * @param folder  a path where nothing or an empty folder is; its parent exists
 * @returns the folder, absolute, and the number of files in it
 * @throws ExportError when a run is not finished, the place is taken, or it cannot be written
 */
export async function exportStimulusSet(
  input: ExportInput,
  folder: string,
  disk: FolderFiles = nodeFolderFiles,
): Promise<{ folder: string; files: number }> {
  checkExport(input)
  const stimuli = planStimuli(input)
  const files = [...stimuli.flatMap(filesOf), ...tables(stimuli), text('README.md', readmeText(input, stimuli))]
  const manifest = buildManifest(input, stimuli, files)
  const place = path.resolve(folder)
  await writeFolder(place, [...files, json('manifest.json', manifest)], disk)
  return { folder: place, files: files.length + 1 }
}

function filesOf({ path: place, bytes, picture }: PlannedStimulus): ExportFile[] {
  return [{ path: place, bytes }, ...(picture ? [picture] : [])]
}

function tables(stimuli: readonly PlannedStimulus[]): ExportFile[] {
  return [
    text('stimuli.tsv', tsv(stimulusColumns, stimuli)),
    json('stimuli.json', sidecar(stimulusColumns)),
    text('measurements.tsv', tsv(measurementColumns, measurementRows(stimuli))),
    json('measurements.json', sidecar(measurementColumns)),
  ]
}

function json(relative: string, value: unknown): ExportFile {
  return text(relative, `${JSON.stringify(value, null, 2)}\n`)
}

function text(relative: string, content: string): ExportFile {
  return { path: relative, bytes: new TextEncoder().encode(content) }
}
