import { expect, it } from 'vitest'
import { protocolFrom } from '../../../src-main/domain/protocol.ts'
import { metamerTitle, reportHtml, type Report } from '../../../src-main/figures/report.ts'

const report: Report = {
  projectName: 'a <b> & "c"',
  programVersion: '1.2.3',
  madeAt: '2026-11-24T12:00:00Z',
  note: null,
  sections: [
    {
      set: { network: 'net', networkHash: 'abc', protocol: 'quick look', kind: 'image', layers: ['stem'], finished: 3, included: 1 },
      counts: [{ layer: 'stem', references: 2, metamers: 3, retried: 4, included: 1, excluded: 2, undecided: 0, otherLabel: 1, notAboveNull: 2, meanRho: NaN, null: { pairs: 1000000, maximum: -0.25 } }],
      figures: [{ name: 'fig', title: 'Title', caption: 'n < 3', svg: '<svg/>', places: [], records: [{ layer: 'stem', rho: 0.5 }] }],
      stimuli: [],
    },
  ],
  further: [],
}

it('holds everything in one file, with nothing to fetch', () => {
  const html = reportHtml(report)
  expect([...html.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1]!.slice(0, 5))).toEqual(['data:', 'data:'])
  expect(html).not.toMatch(/https?:/)
  const [svg, csv] = [...html.matchAll(/base64,([^"]*)"/g)].map((match) => atob(match[1]!))
  expect([svg, csv]).toEqual(['<svg/>', 'layer,rho\r\nstem,0.5\r\n'])
})

it('tells counts by layer, and writes names so that they cannot be taken for HTML', () => {
  const html = reportHtml(report)
  expect(html).toContain('<tr><td>stem</td><td>2</td><td>3</td><td>4</td><td>1</td><td>2</td><td>1</td><td>2</td><td>0</td><td>–</td><td>1,000,000</td><td>−0.2500</td></tr>')
  expect(html).toContain('<h1>a &lt;b&gt; &amp; &quot;c&quot;</h1>')
  expect(html).toContain('n &lt; 3')
  expect(html).toContain('Made by Metamer Lab 1.2.3 on 24 November 2026 at 12:00 UTC.')
  expect(html).toContain('4 earlier tries, which later ones have taken the place of, are left out of counts and figures.')
})

it('shows a note at the top, in which nothing is taken for HTML', () => {
  expect(reportHtml(report)).not.toContain('class="note"')
  expect(reportHtml({ ...report, note: 'Sounds: <A & B>, CC BY-SA 4.0' })).toMatch(/<h1>[^\n]*\n<p>[^\n]*\n<p class="note">Sounds: &lt;A &amp; B&gt;, CC BY-SA 4\.0<\/p>\n<section>/)
})

it('embeds stimuli only where they are given', () => {
  expect(reportHtml(report)).not.toContain('Stimuli')
  const stimuli = [{ title: 'Run 1', mimeType: 'image/png', bytes: Uint8Array.of(1) }, { title: 'Run 2', mimeType: 'audio/wav', bytes: Uint8Array.of(2) }]
  const html = reportHtml({ ...report, sections: [{ ...report.sections[0]!, stimuli }] })
  expect(html).toContain('<img src="data:image/png;base64,AQ==" alt="">')
  expect(html).toContain('<audio controls src="data:audio/wav;base64,Ag==">')
})

it('says of a metamer its layer, correlation, label and verdict', () => {
  const verdict = { outcome: 'included', reason: '', sameLabel: 'yes', aboveNull: 'yes', null: null } as const
  const run = { id: 4, layer: 'conv_2', protocol: protocolFrom('2019 as code'), rho: 0.98765, labels: { reference: 'seven', metamer: 'six' }, verdict }
  expect(metamerTitle(run)).toBe('Run 4: conv_2, 15,000 updates, ρ 0.9877, “six”, included')
  expect(metamerTitle({ ...run, rho: null, labels: null, verdict: null })).toBe('Run 4: conv_2, 15,000 updates, ρ –')
})

it('ends with what belongs to no set, under headings of its own', () => {
  const { figures } = report.sections[0]!
  expect(reportHtml({ ...report, sections: [], further: [{ heading: 'Trainings <all>', figures }] })).toMatch(/<section>\n<h2>Trainings &lt;all&gt;<\/h2>\n<figure>\n<img [^>]*alt="Title">/)
  expect(reportHtml(report)).not.toContain('Trainings')
})
