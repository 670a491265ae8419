import { describe, expect, it } from 'vitest'
import { isOwnPage, mayOpenOutside } from '../../../src-main/shell/addresses.ts'

describe('isOwnPage', () => {
  it.each(['app://metamer-lab/', 'app://metamer-lab/index.html'])('knows %s as its own', (address) => {
    expect(isOwnPage(address)).toBe(true)
  })

  it.each([
    'app://other/',
    'app://metamer-lab.example.org/',
    'https://metamer-lab/',
    'file:///etc/passwd',
    'data:text/html,hello',
    'about:blank',
    'not an address',
  ])('knows %s as a stranger', (address) => {
    expect(isOwnPage(address)).toBe(false)
  })
})

describe('mayOpenOutside', () => {
  it('lets a listed site through over https', () => {
    expect(mayOpenOutside('https://proceedings.neurips.cc/paper/2019/hash/x-Abstract.html')).toBe(true)
  })

  it.each([
    ['plain http', 'http://proceedings.neurips.cc/'],
    ['a site that is not listed', 'https://example.org/'],
    ['a site that only ends like a listed one', 'https://evil-proceedings.neurips.cc/'],
    ['another port', 'https://proceedings.neurips.cc:8443/'],
    ['a user name that hides the site', 'https://someone@proceedings.neurips.cc/'],
    ['a file', 'file:///etc/passwd'],
    ['a program', 'calculator:'],
    ['no address', ''],
  ])('refuses %s', (_what, address) => {
    expect(mayOpenOutside(address)).toBe(false)
  })
})
