import type { Figure, ListedSet } from '../domain/figure.ts'
import type { RunSummary } from '../domain/run.ts'
import { csv } from './csv.ts'
import { signedText } from './signedText.ts'

/** How the metamers of one layer fared. */
export interface LayerCounts {
  layer: string
  references: number
  metamers: number
  /** Earlier tries that are not among these. */
  retried: number
  included: number
  excluded: number
  undecided: number
  /** Of the excluded: how many got another label, and how many did not exceed the null. */
  otherLabel: number
  notAboveNull: number
  meanRho: number
  null: { pairs: number; maximum: number } | null
}

export interface ReportStimulus {
  title: string
  mimeType: string
  bytes: Uint8Array
}

export interface ReportSection {
  set: ListedSet
  counts: LayerCounts[]
  figures: Figure[]
  stimuli: ReportStimulus[]
}

/** Figures that belong to no set of runs. */
export interface FurtherFigures {
  heading: string
  figures: Figure[]
}

export interface Report {
  projectName: string
  programVersion: string
  /** ISO 8601. */
  madeAt: string
  /** Shown at the top; null: nothing. */
  note: string | null
  sections: ReportSection[]
  /** Those without a figure are left out. */
  further: FurtherFigures[]
}

/** One HTML file that needs no other: figures, their captions and numbers, and the table of included counts. */
export function reportHtml({ projectName, programVersion, madeAt, note, sections, further }: Report): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(projectName)}: metamers</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(projectName)}</h1>
<p>Metamers of this project, null distributions and trainings. Made by Metamer Lab ${escaped(programVersion)} on ${dayAndTime(madeAt)}. All measurements and verdicts are of the signals as exported, rounded to 8 or 16 bits (cochleagrams are not rounded).</p>
${note === null ? '' : `<p class="note">${escaped(note)}</p>\n`}${[...sections.map(sectionHtml), ...further.filter(({ figures }) => figures.length > 0).map(furtherHtml)].join('\n')}
</body>
</html>
`
}

function sectionHtml({ set, counts, figures, stimuli }: ReportSection): string {
  return `<section>
<h2>${escaped(set.network)}, ${escaped(set.protocol)}</h2>
<p class="quiet">Weights ${escaped(set.networkHash)}</p>
${countsHtml(counts)}
${figures.map(figureHtml).join('\n')}
${stimuli.length > 0 ? `<h3>Stimuli</h3>\n<div class="stimuli">${stimuli.map(stimulusHtml).join('\n')}</div>` : ''}
</section>`
}

function furtherHtml({ heading, figures }: FurtherFigures): string {
  return `<section>
<h2>${escaped(heading)}</h2>
${figures.map(figureHtml).join('\n')}
</section>`
}

const heads = ['layer', 'references', 'metamers', 'earlier tries', 'included', 'excluded', 'other label', 'not above null', 'undecided', 'mean ρ', 'null pairs', 'null maximum']

function countsHtml(counts: readonly LayerCounts[]): string {
  const rows = counts.map((c) => [c.layer, c.references, c.metamers, c.retried, c.included, c.excluded, c.otherLabel, c.notAboveNull, c.undecided, decimals(c.meanRho), c.null?.pairs.toLocaleString('en-GB') ?? '–', decimals(c.null?.maximum ?? NaN)])
  return `<table>
<thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(String(cell))}</td>`).join('')}</tr>`).join('\n')}
</tbody>
</table>
<p class="quiet">A metamer may fail both criteria. Mean ρ: over references, after the metamers of each. ${triesText(counts)}</p>`
}

function triesText(counts: readonly LayerCounts[]): string {
  const retried = counts.reduce((sum, one) => sum + one.retried, 0)
  if (retried === 0) return ''
  return retried === 1 ? '1 earlier try, which a later one has taken the place of, is left out of counts and figures.' : `${retried} earlier tries, which later ones have taken the place of, are left out of counts and figures.`
}

/** As pictures of their own: names inside one drawing must not meet those of another. */
function figureHtml({ svg, title, caption, records, name }: Figure): string {
  return `<figure>
<img src="${dataUrl('image/svg+xml', new TextEncoder().encode(svg))}" alt="${escaped(title)}">
<figcaption>${escaped(caption)} <a download="${escaped(name)}.csv" href="${dataUrl('text/csv', new TextEncoder().encode(csv(records)))}">Numbers (CSV)</a></figcaption>
</figure>`
}

function stimulusHtml({ title, mimeType, bytes }: ReportStimulus): string {
  const url = dataUrl(mimeType, bytes)
  const shown = mimeType.startsWith('image') ? `<img src="${url}" alt="">` : `<audio controls src="${url}"></audio>`
  return `<figure>${shown}<figcaption>${escaped(title)}</figcaption></figure>`
}

/** What a report says under a metamer. */
export function metamerTitle({ id, layer, protocol, rho, labels, verdict }: Pick<RunSummary, 'id' | 'layer' | 'protocol' | 'rho' | 'labels' | 'verdict'>): string {
  return [
    `Run ${id}: ${layer}, ${protocol.updates.toLocaleString('en-GB')} updates`,
    `ρ ${decimals(rho ?? NaN)}`,
    ...(labels ? [`“${labels.metamer}”`] : []),
    ...(verdict ? [verdict.outcome] : []),
  ].join(', ')
}

function dataUrl(mimeType: string, bytes: Uint8Array): string {
  // In pieces: the arguments of a call are limited.
  let binary = ''
  for (let from = 0; from < bytes.length; from += 8192) binary += String.fromCharCode(...bytes.subarray(from, from + 8192))
  return `data:${mimeType};base64,${btoa(binary)}`
}

function decimals(value: number): string {
  return Number.isNaN(value) ? '–' : signedText(value, 4)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

const style = `
body { max-width: 190mm; margin: 10mm auto; padding: 0 8mm; font: 10.5pt/1.45 Helvetica, Arial, sans-serif; color: #111; background: #fff; }
h2 { margin-top: 12mm; padding-top: 3mm; border-top: 1px solid #bbb; }
figure { margin: 7mm 0; break-inside: avoid; }
figure img { max-width: 100%; height: auto; }
figcaption { font-size: 9pt; }
.note { padding: 2mm 4mm; border-left: 1mm solid #bbb; white-space: pre-line; }
.quiet { color: #555; font-size: 9pt; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-size: 7.5pt; }
th, td { padding: 1mm 0.7mm; text-align: right; border-bottom: 1px solid #ddd; }
th:first-child, td:first-child { min-width: 23mm; text-align: left; overflow-wrap: anywhere; }
.stimuli { display: grid; grid-template-columns: repeat(auto-fill, minmax(44mm, 1fr)); gap: 3mm; }
.stimuli figure { margin: 0; }
.stimuli audio { width: 100%; }
@media print { body { max-width: none; margin: 0; padding: 0; } }
`

function dayAndTime(iso: string): string {
  return `${new Date(iso).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })} UTC`
}
