import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectArgument } from '../../../src-main/shell/projectArgument.ts'

describe('projectArgument', () => {
  it('finds a project among the arguments and resolves it where the program was called', () => {
    expect(projectArgument(['electron', '.', 'study.metamer'], '/home/a')).toBe(path.resolve('/home/a/study.metamer'))
  })

  it('is not misled by switches', () => {
    expect(projectArgument(['electron', '--user-data-dir=/x.metamer', '.'], '/home/a')).toBeNull()
  })
})
