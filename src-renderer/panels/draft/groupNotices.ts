export interface NoticeGroup {
  fileNames: string[]
  words: string
}

/** Say once what is done to several files alike. In order of the first file of each; files without notices are left out. */
export function groupNotices(files: ReadonlyArray<{ fileName: string; notices: readonly string[] }>): NoticeGroup[] {
  const groups = new Map<string, NoticeGroup>()
  for (const { fileName, notices } of files) {
    if (notices.length === 0) continue
    const words = notices.join(' ')
    const group = groups.get(words) ?? { fileNames: [], words }
    group.fileNames.push(fileName)
    groups.set(words, group)
  }
  return [...groups.values()]
}
