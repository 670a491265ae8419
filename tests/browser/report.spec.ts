import { reportHtml, type LayerCounts } from '../../src-main/figures/report.ts'
import { expect, test } from '../helpers/browserTest.ts'

/** The report as it is looked at and printed. */

const counts: LayerCounts = {
  layer: 'fc_intermediate', references: 400, metamers: 1200, retried: 100, included: 1000, excluded: 200, undecided: 0, otherLabel: 150, notAboveNull: 150, meanRho: 0.9876,
  null: { pairs: 1_000_000, maximum: 0.9123 },
}
const set = { network: 'word-cnn-reduced-aliasing-digits-seed1', networkHash: 'a'.repeat(64), protocol: '2019 as code', kind: 'audio' as const, layers: ['fc_intermediate'], finished: 1200, included: 1000 }

test('shows every column of the counts, on a page of paper as in a small window', async ({ page }) => {
  const longNamed = { ...counts, layer: 'features.denseblock4.denselayer16.conv2.output' }
  await page.setContent(reportHtml({ projectName: 'p', programVersion: '0', madeAt: 'now', note: null, sections: [{ set, counts: [counts, longNamed], figures: [], stimuli: [] }], further: [] }))
  // A4 at 96 pixels an inch, without what printers leave white.
  for (const [media, width] of [['print', 718], ['screen', 1024]] as const) {
    await page.emulateMedia({ media })
    await page.setViewportSize({ width, height: 700 })
    const beyond = await page.locator('table').evaluate((table) => table.getBoundingClientRect().right - table.closest('section')!.getBoundingClientRect().right)
    expect(beyond, media).toBeLessThanOrEqual(0)
  }
})
