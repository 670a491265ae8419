import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { createProject } from '../../src-main/project/openProject.ts'
import type { Project } from '../../src-main/project/project.ts'

/** A folder for one test, gone after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'metamer-lab-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An empty project for one test, closed and gone after it. */
export function temporaryProject(file = path.join(temporaryFolder(), 'study.metamer')): Project {
  const project = createProject(file)
  onTestFinished(() => project.close())
  return project
}
