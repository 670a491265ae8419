import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { mayOpenOutside } from '../../../src-main/shell/addresses.ts'
import { menuTemplate } from '../../../src-main/shell/menus.ts'

const actions = { newProject: vi.fn(), openProject: vi.fn(), openLink: vi.fn() }

function item(platform: NodeJS.Platform, label: RegExp): MenuItemConstructorOptions {
  const items = menuTemplate(platform, actions).flatMap((menu) => (menu.submenu ?? []) as MenuItemConstructorOptions[])
  const found = items.find((entry) => label.test(entry.label ?? entry.role ?? ''))
  if (!found) throw new Error(`no menu item ${label}`)
  return found
}

const click = (entry: MenuItemConstructorOptions): void => (entry.click as () => void)()

describe('menuTemplate', () => {
  it('opens a project by Ctrl+O', () => {
    expect(item('linux', /Open project/).accelerator).toBe('CmdOrCtrl+O')
    click(item('linux', /Open project/))
    expect(actions.openProject).toHaveBeenCalledOnce()
  })

  it('leaves quitting to the program menu on macOS, and puts it in File elsewhere', () => {
    expect(menuTemplate('darwin', actions)[0]?.role).toBe('appMenu')
    expect(item('linux', /^quit$/)).toBeDefined()
    expect(() => item('darwin', /^quit$/)).toThrow()
  })

  it('links only to sites that may be opened', () => {
    click(item('linux', /paper/))
    expect(mayOpenOutside(actions.openLink.mock.calls[0]?.[0] as string)).toBe(true)
  })
})
