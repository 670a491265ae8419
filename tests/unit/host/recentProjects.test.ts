import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createRecentProjects } from '../../../src-main/host/recentProjects.ts'
import { temporaryFolder } from '../../helpers/temporaryProject.ts'

describe('recentProjects', () => {
  function setUp() {
    const folder = temporaryFolder()
    const file = path.join(folder, 'settings/recent.json')
    const project = (name: string): string => {
      const made = path.join(folder, name)
      writeFileSync(made, '')
      return made
    }
    return { file, project, recent: createRecentProjects(file) }
  }

  it('remembers the latest first, each once, also for the next start', () => {
    const { file, project, recent } = setUp()
    const [a, b] = [project('a'), project('b')]
    for (const path of [a, b, a]) recent.add(path)
    expect(createRecentProjects(file).list()).toEqual([a, b])
    expect(readdirSync(path.dirname(file))).toEqual(['recent.json'])
  })

  it('leaves out what is gone, and keeps a dozen', () => {
    const { project, recent } = setUp()
    const all = Array.from({ length: 15 }, (_, i) => project(`p${i}`))
    all.forEach(recent.add)
    rmSync(all[14]!)
    expect(recent.list()).toEqual(all.slice(3, 14).reverse())
  })

  it.each(['', 'no JSON', '{"a": 1}', '[1, 2]'])('starts anew when its file holds %j', (content) => {
    const { file, project, recent } = setUp()
    mkdirSync(path.dirname(file))
    writeFileSync(file, content)
    expect(recent.list()).toEqual([])
    const a = project('a')
    recent.add(a)
    expect(recent.list()).toEqual([a])
  })

  it('does without where nothing can be written, or is to be', () => {
    const { file, project } = setUp()
    writeFileSync(path.dirname(file), 'a file where the folder should be')
    createRecentProjects(file).add(project('a'))
    const none = createRecentProjects(null)
    none.add(project('b'))
    expect(none.list()).toEqual([])
    expect(existsSync(file)).toBe(false)
  })
})
