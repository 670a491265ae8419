import type { MenuItemConstructorOptions } from 'electron'

export interface MenuActions {
  newProject(): void
  openProject(): void
  openLink(address: string): void
}

const paper = 'https://proceedings.neurips.cc/paper/2019/hash/ac27b77292582bc293a51055bfc994ee-Abstract.html'

/** The menus, by the custom of each system. */
export function menuTemplate(platform: NodeJS.Platform, actions: MenuActions): MenuItemConstructorOptions[] {
  const onMac = platform === 'darwin'
  return [
    ...(onMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: '&New project…', accelerator: 'CmdOrCtrl+Shift+N', click: actions.newProject },
        { label: '&Open project…', accelerator: 'CmdOrCtrl+O', click: actions.openProject },
        { type: 'separator' },
        onMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools' },
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ label: 'The paper (Feather et al. 2019)', click: () => actions.openLink(paper) }] },
  ]
}
