import { expect, it } from 'vitest'
import { joinPath, lastPartOf, parentOf } from '../../../../../src-renderer/stores/prepare/paths.ts'

it('joins paths as the host writes them', () => {
  expect(joinPath('/p', 'a')).toBe('/p/a')
  expect(joinPath('C:\\Users', 'a')).toBe('C:\\Users\\a')
  expect(joinPath('/', 'a')).toBe('/a')
})

it.each([
  ['/p/q/a.metamer', '/p/q', 'a.metamer'],
  ['/a.metamer', '/', 'a.metamer'],
  ['C:\\p\\a.metamer', 'C:\\p', 'a.metamer'],
  ['C:\\a.metamer', 'C:\\', 'a.metamer'],
])('takes %s apart into %s and %s', (path, folder, name) => {
  expect([parentOf(path), lastPartOf(path)]).toEqual([folder, name])
})
