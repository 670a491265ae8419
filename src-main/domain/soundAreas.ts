/** The area under the ROC curve of one label; null where it has none. */
export interface SoundArea {
  label: string
  area: number | null
}

/** Best first; labels without an area last. */
export function soundAreas(labels: readonly string[], areas: readonly number[]): SoundArea[] {
  const rows = labels.map((label, i) => ({ label, area: Number.isFinite(areas[i]) ? areas[i]! : null }))
  return rows.sort((a, b) => (b.area ?? -1) - (a.area ?? -1))
}
