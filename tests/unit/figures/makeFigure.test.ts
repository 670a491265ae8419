import sharp from 'sharp'
import { expect, it } from 'vitest'
import { usualSize, type FigureRequest } from '../../../src-main/domain/figure.ts'
import { tallyNull } from '../../../src-main/domain/nullTally.ts'
import type { RecognitionRow } from '../../../src-main/domain/recognition.ts'
import { makeFigure } from '../../../src-main/figures/makeFigure.ts'
import type { DrawnTraining, FigureInput } from '../../../src-main/figures/plannedFigure.ts'
import { rasteriseSvg } from '../../../src-main/media/rasteriseSvg.ts'
import { detailOf, finished, networks, nulls, run } from '../../helpers/fakeLab/data.ts'
import { pictureTrainingPlan, trainingPlan } from '../../helpers/trainingPlan.ts'

const network = networks[0]!
const set = { network: network.name, networkHash: network.weights.hash, protocol: 'quick look' }
const matrix: Extract<FigureRequest, { kind: 'matrix' }> = { kind: 'matrix', set, measure: 'rho', includedOnly: false }
const runs = ['block1', 'block2'].flatMap((layer, i) => [1, 2].map((referenceId) => detailOf(finished(2 * i + referenceId, 'included', { layer, referenceId, rho: 0.9 }))))
const share = (proportion: number) => ({ stimuli: 8, recognised: 8 * proportion, proportion, sem: 0.05 })
const recognition: RecognitionRow[] = ['judge one', 'judge two'].map((judge) => ({
  ...set, judge, judgeHash: judge, layer: 'block1', rule: '16-way', standard: 'class', metamers: share(0.5), references: share(0.875), chance: 1 / 16, chanceOfAnother: 0.25,
}))
const input: FigureInput = { programVersion: '1.2.3', network, runs, null: { summary: nulls[0]!, histogram: tallyNull([0.1, 0.2, 0.3]).histogram }, recognition, otherRules: [], compared: null, cochleagrams: null, signals: null, heard: null, trainings: [] }

const textsOf = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]!)

it('draws the matrix with the mean in every cell, in print size', async () => {
  const { svg, records, caption, name } = await makeFigure(matrix, input, { ...usualSize, widthMm: 120, heightMm: 80 })
  expect(svg).toMatch(/^<svg [^>]*width="120mm" height="80mm" viewBox="0 0 454 302"/)
  // Two layers that metamers were made at, eleven that were measured, and an error in each cell.
  expect(textsOf(svg).filter((text) => text.startsWith('±'))).toHaveLength(22)
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['0.90', '0.79', 'generated at', 'measured at', 'block7']))
  expect(records).toHaveLength(22)
  expect(records[0]).toEqual({ network: set.network, protocol: 'quick look', measure: 'rho', generated: 'block1', measured: 'stem', mean: expect.closeTo(0.79, 9), sem: 0, n: 2, metamers: 2 })
  expect(caption).toMatch(/n = 4 metamers of 2 references; protocol "quick look" \(500 updates\); null distributions of 2,000 random pairs per layer\. Metamer Lab 1\.2\.3\.$/)
  expect(name).toBe('efficientnet-lite0_matrix_rho_quick-look')
})

it('draws the matrix of one run as a row without errors, and says so', async () => {
  const { svg, records, caption, name, title } = await makeFigure({ ...matrix, runIds: [1] }, { ...input, runs: runs.slice(0, 1) }, usualSize)
  expect([records.length, textsOf(svg).filter((text) => text.startsWith('±')).length]).toEqual([11, 0])
  expect([name, title]).toEqual(['efficientnet-lite0_matrix_rho_run-1_quick-look', 'efficientnet-lite0: run 1 at every layer'])
  expect(caption).toContain('; run 1 alone. n = 1 metamer of 1 reference')
})

it('draws recognition with a line for each judge, the natural references, and chance', async () => {
  const { svg, records, caption } = await makeFigure({ kind: 'recognition', set, rule: '16-way', standard: 'class', includedOnly: true }, input, usualSize)
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['natural', 'block1', 'judge one', 'judge two', 'chance 1/16', 'proportion recognised']))
  expect(records[1]).toMatchObject({ judge: 'judge two', stimuli: 8, proportion: 0.5, sem: 0.05, ceiling: 0.875 })
  // The other layer's metamers were not judged.
  expect(caption).toContain('n = 2 metamers of 2 references, only those that met both inclusion criteria')
  expect(caption).toContain('16-way rule')
})

it('says whether the network itself is among its judges', async () => {
  const own = { ...recognition[0]!, judge: set.network, judgeHash: set.networkHash }
  const titleOf = async (rows: RecognitionRow[]) => {
    const { title, caption } = await makeFigure({ kind: 'recognition', set, rule: '16-way', standard: 'class', includedOnly: false }, { ...input, recognition: rows }, usualSize)
    const who = title.replace('Metamers of efficientnet-lite0, recognised by ', '')
    expect(caption).toContain(`Proportion of metamers of efficientnet-lite0 recognised by ${who}, by generation layer`)
    return who
  }
  expect(await titleOf(recognition)).toBe('other networks')
  expect(await titleOf([own, ...recognition])).toBe('itself and other networks')
  expect(await titleOf([own])).toBe('itself')
  // Under its name, with other weights.
  expect(await titleOf([{ ...own, judgeHash: 'other' }])).toBe('other networks')
})

it('says what is what in the ratios of a matrix', async () => {
  const captionOf = async (measure: 'rho' | 'dbPower') => (await makeFigure({ ...matrix, measure }, input, usualSize)).caption
  expect(await captionOf('dbPower')).toContain('; a: activations of the reference, b: of the metamer.')
  expect(await captionOf('rho')).not.toContain('a: activations')
})

it('adds what the other rule says to the numbers, and how many metamers each judge could be scored on', async () => {
  const otherRules = [{ ...recognition[0]!, rule: 'all' as const, metamers: share(0.25) }]
  const uneven = recognition.map((row, i) => ({ ...row, metamers: { ...row.metamers, stimuli: 1 + i } }))
  const { records, caption } = await makeFigure({ kind: 'recognition', set, rule: '16-way', standard: 'class', includedOnly: false }, { ...input, recognition: uneven, otherRules }, usualSize)
  expect(records.map(({ rule, judge, proportion }) => [rule, judge, proportion])).toEqual([['16-way', 'judge one', 0.5], ['16-way', 'judge two', 0.5], ['all', 'judge one', 0.25]])
  expect(caption).toContain('Of the metamers, judges could be scored on 1 to 2.')
})

it('draws the chance that a judge\'s habits give where its own labels are the measure', async () => {
  const rows = recognition.map((row, i) => ({ ...row, rule: 'all' as const, standard: 'reference' as const, chance: 1 / 794, chanceOfAnother: i }))
  const { svg, caption } = await makeFigure({ kind: 'recognition', set, rule: 'all', standard: 'reference', includedOnly: false }, { ...input, recognition: rows }, usualSize)
  expect(textsOf(svg)).not.toContain('chance 1/794')
  const heightOf = (judge: string) => Number(new RegExp(`label: chance ${judge}"[^>]* transform="translate\\([\\d.]+,([\\d.]+)\\)"[^>]*stroke-dasharray="1,2"`).exec(svg)![1])
  // One that never gives the label of another reference, at the bottom, and one that always does, at the top.
  expect([heightOf('judge two'), heightOf('judge one') > 200]).toEqual([0, true])
  expect(caption).toContain('Dotted: chance as each judge has it, how often it gives a metamer the label that it gives another of the references')
})

it.each(['linear', 'log'] as const)('draws null and metamers of a layer with %s counts and the criterion', async (counts) => {
  const { svg, records, caption } = await makeFigure({ kind: 'histogram', set, layer: 'block1', counts }, input, usualSize)
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['random pairs', 'included metamers', `criterion: ${nulls[0]!.maximum.toFixed(3)}`]))
  expect(records.filter(({ kind }) => kind === 'included').map(({ run, rho, percentile }) => [run, rho, percentile])).toEqual([[1, 0.9, 100], [2, 0.9, 100]])
  expect(records.filter(({ kind }) => kind === 'null count').reduce((sum, { count }) => sum + Number(count), 0)).toBe(3)
  expect(caption).toContain('2,000 random pairs of natural stimuli (317 stimuli of "imagenet_samples", which make 50,086 distinct pairs; seed 1)')
})

it('says of a null of crops how many draws and distinct pairs of stimuli it has', async () => {
  const crops = { ...input, null: { ...input.null!, summary: { ...nulls[0]!, pairs: 1_000_000, augmentation: 'crops' as const, draws: 1517 } } }
  const { caption } = await makeFigure({ kind: 'histogram', set, layer: 'block1', counts: 'log' }, crops, usualSize)
  expect(caption).toContain('1,000,000 random pairs of random crops (1,517 draws) of natural stimuli (317 stimuli of "imagenet_samples", which make 50,086 distinct pairs; seed 1)')
})

it.each(['linear', 'log'] as const)('draws a null distribution by itself with %s counts, and gives its quantiles', async (counts) => {
  const request: FigureRequest = { kind: 'null', network: network.name, networkHash: network.weights.hash, layer: 'block1', counts }
  const summary = { ...nulls[0]!, undefinedPairs: 3 }
  const { svg, records, caption, name, title } = await makeFigure(request, { ...input, runs: [], null: { ...input.null!, summary } }, usualSize)
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['random pairs', `criterion: ${summary.maximum.toFixed(3)}`, 'Spearman ρ at the layer']))
  expect(svg).not.toContain('NaN')
  expect([name, title]).toEqual(['efficientnet-lite0_block1_null_imagenet-samples', 'efficientnet-lite0, block1: null distribution'])
  expect(records.filter(({ kind }) => kind === 'count').reduce((sum, { count }) => sum + Number(count), 0)).toBe(3)
  expect(records.filter(({ kind }) => kind === 'quantile').map(({ share, rho }) => [share, rho])).toEqual(summary.quantiles.map(({ probability, rho }) => [probability, rho]))
  expect(records.at(-1)).toEqual({ network: network.name, layer: 'block1', kind: 'maximum', from: null, to: null, count: null, share: 1, rho: summary.maximum })
  expect(caption).toMatch(/^Spearman ρ at block1 of efficientnet-lite0: null distribution of 2,000 random pairs of natural stimuli \(317 stimuli of "imagenet_samples", .*; seed 1\)\. Mean [\d.−]+, standard deviation [\d.]+\. Criterion 2 asks a metamer for more than the highest \(dashed\), by more than rounding\. 3 pairs with constant activations, where ρ is undefined, count as 0\. Natural stimuli alone, so no protocol\. Metamer Lab 1\.2\.3\.$/)
  await expect(makeFigure(request, { ...input, null: null }, usualSize)).rejects.toThrow('There is no null distribution of "efficientnet-lite0" at "block1" in this project. Make it first ("Null distributions", or "lab null").')
})

it('tells where the bars of metamers stand, each run in one', async () => {
  const { places, svg } = await makeFigure({ kind: 'histogram', set, layer: 'block1', counts: 'log' }, { ...input, runs: [0.3, 0.9, 0.901].map((rho, i) => detailOf(finished(i + 1, 'included', { rho }))) }, usualSize)
  expect(places.map(({ runs }) => runs)).toEqual([[1], [2, 3]])
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!.map(Number)
  // Vega writes a bar as a path from its upper left corner: the bars must begin where the places do.
  const [offset] = [...svg.matchAll(/translate\(([\d.]+),([\d.]+)\)/g)].map((match) => Number(match[1])).filter((x) => x > 0)
  const corners = [...svg.matchAll(/<path aria-label="[^"]*included metamers[^"]*"[^>]* d="M([\d.]+),/g)].map((match) => Number(match[1]) + offset!)
  for (const { left, top, height: high } of places) {
    expect(Math.min(...corners.map((x) => Math.abs(x / width! - left)))).toBeLessThan(1 / width!)
    expect(top * height!).toBeGreaterThan(0)
    expect(top + high).toBeLessThan(1)
  }
})

it('draws the comparison of gradients', async () => {
  const standard = runs.map((run) => ({ ...run, id: run.id + 10, rho: 0.4, protocol: { ...run.protocol, name: 'other', reluGradient: 'standard' as const } }))
  const { svg, records } = await makeFigure({ kind: 'relu', set }, { ...input, runs: [...runs, ...standard] }, usualSize)
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['modified ReLU gradient', 'standard ReLU gradient', 'block1', 'block2']))
  expect(records.map(({ layer, gradient, mean, n }) => [layer, gradient, mean, n])).toEqual([
    ['block1', 'modified', 0.9, 2], ['block1', 'standard', 0.4, 2], ['block2', 'modified', 0.9, 2], ['block2', 'standard', 0.4, 2],
  ])
})

it('counts in the caption of the comparison what was made both ways, and nothing else', async () => {
  const standard = runs.slice(0, 1).map((run) => ({ ...run, id: run.id + 10, protocol: { ...run.protocol, name: 'other', reluGradient: 'standard' as const } }))
  const { caption } = await makeFigure({ kind: 'relu', set }, { ...input, runs: [...runs, ...standard] }, usualSize)
  expect(caption).toContain('n = 2 metamers of 1 reference; protocol "quick look" (500 updates) and "other" (500 updates);')
})

it('leaves the plot its room in a small drawing, whatever title and axes are called', async () => {
  const plotOf = async (widthMm: number, heightMm: number) => {
    const request: FigureRequest = { kind: 'recognition', set, rule: '16-way', standard: 'class', includedOnly: false }
    const { svg } = await makeFigure(request, input, { ...usualSize, widthMm, heightMm })
    const [, width, height] = /<path class="background" aria-hidden="true" d="M0,0h([\d.]+)v([\d.]+)/.exec(svg)!.map(Number)
    const [, , titleTop] = /role-title"><g transform="translate\((-?[\d.]+),(-?[\d.]+)\)/.exec(svg)!.map(Number)
    const [, , plotTop] = /<g fill="none"[^>]*translate\(([\d.]+),([\d.]+)\)/.exec(svg)!.map(Number)
    return { width: width!, height: height!, titleTop: plotTop! + titleTop!, svg }
  }
  const [small, large] = [await plotOf(70, 50), await plotOf(174, 110)]
  // 104 and 60 mm less: the plot's width, and its height but for a second line of the title.
  expect(large.width - small.width).toBeCloseTo((104 * 96) / 25.4, -1)
  expect(large.height - small.height).toBeLessThan((60 * 96) / 25.4 + 16)
  for (const { titleTop } of [small, large]) expect(titleTop).toBeGreaterThan(0)
  expect([...small.svg.matchAll(/<tspan[^>]*>([^<]*)<\/tspan>/g)].map((match) => match[1]).join(' ')).toBe('Metamers of efficientnet-lite0, recognised by other networks')
})

it.each([[matrix, '56 × 55'], [{ kind: 'histogram', set, layer: 'block1', counts: 'log' }, '40 × 62']] as Array<[FigureRequest, string]>)('refuses a size in which no plot is left, and says which would do', async (request, enough) => {
  const drawn = (widthMm: number, heightMm: number) => makeFigure(request, input, { ...usualSize, widthMm, heightMm })
  await expect(drawn(40, 30)).rejects.toThrow(`In 40 × 30 mm title, legend and labels leave no room for the plot. Choose about ${enough} mm or more; usual are 174 × 110 mm.`)
  const [widthMm, heightMm] = enough.split(' × ').map(Number)
  await expect(drawn(widthMm!, heightMm!)).resolves.toMatchObject({ name: expect.anything() })
})

it('keeps the labels of a scale of colours inside a drawing of any size', async () => {
  const compared = { units: 9792, rho: 0.3, density: { bins: 2, from: 0, to: 4, counts: Float32Array.of(1, 0, 0, 4873) }, map: null }
  const { svg } = await makeFigure({ kind: 'scatter', run: 1, layer: 'stem' }, { ...input, compared }, { ...usualSize, widthMm: 86, heightMm: 60 })
  const { data, info } = await sharp(await rasteriseSvg(svg, 96)).greyscale().raw().toBuffer({ resolveWithObject: true })
  const edge = Array.from({ length: info.height }, (_, row) => data.subarray((row + 1) * info.width - 2, (row + 1) * info.width)).flatMap((pixels) => [...pixels])
  expect(textsOf(svg)).toContain('4.873k')
  expect(Math.min(...edge)).toBe(255)
})

it('leaves numbers out of cells that are too small for them', async () => {
  const shownAt = async (widthMm: number) => {
    const { svg } = await makeFigure(matrix, input, { ...usualSize, widthMm })
    return [...svg.matchAll(/<text[^>]*opacity="([01])"[^>]*>(?:± )?0\.\d\d<\/text>/g)].map((match) => match[1])
  }
  expect(new Set(await shownAt(174))).toEqual(new Set(['1']))
  expect(new Set(await shownAt(70))).toEqual(new Set(['0']))
})

it('puts the names of a legend under each other where they have no room side by side', async () => {
  const heightsAt = async (widthMm: number) => {
    const { svg } = await makeFigure({ kind: 'histogram', set, layer: 'block1', counts: 'log' }, input, { ...usualSize, widthMm })
    const entries = [...svg.matchAll(/<g transform="translate\([\d.]+,([\d.]+)\)"><path class="background"[^>]*\/><g><g class="mark-symbol role-legend-symbol"/g)]
    return new Set(entries.map((match) => match[1])).size
  }
  expect([await heightsAt(174), await heightsAt(60)]).toEqual([1, 2])
})

it('says what to do where there is nothing to draw', async () => {
  const nothing = { ...input, runs: [], recognition: [], null: null }
  const refused = (request: FigureRequest) => expect(makeFigure(request, nothing, usualSize)).rejects
  await refused(matrix).toThrow('There is no finished metamer of "efficientnet-lite0" to draw a matrix of.')
  await refused({ kind: 'recognition', set, rule: '16-way', standard: 'class', includedOnly: false }).toThrow(/Have them named first \("Judges" in Results, or "lab recognise"\), and give the true classes .* The 16-way rule needs judges with ImageNet labels, or with the 16 categories as labels\.$/)
  await refused({ kind: 'histogram', set, layer: 'stem', counts: 'log' }).toThrow('There is neither a metamer nor a null distribution of "efficientnet-lite0" at "stem". Make one first.')
  await refused({ kind: 'relu', set }).toThrow('"Make them with the other gradient" (in Results) or "lab figure2" makes them.')
})

it('draws a matrix whose values are undefined or infinite without harm', async () => {
  const [one] = runs
  const stages = one!.judgement!.stages.map((stage, i) => ({ ...stage, dbPower: i === 0 ? Infinity : NaN }))
  const odd = { ...one!, judgement: { ...one!.judgement!, stages } }
  const { svg } = await makeFigure({ ...matrix, measure: 'dbPower' }, { ...input, runs: [odd] }, usualSize)
  expect(textsOf(svg).filter((text) => text === '∞' || text === '–')).toEqual(['∞', ...Array(10).fill('–')])
})

it('turns a figure into pixels at the resolution asked for', async () => {
  const { svg } = await makeFigure(matrix, input, usualSize)
  const { width, height, density, format, hasAlpha } = await sharp(await rasteriseSvg(svg, 150)).metadata()
  // 174 mm and 110 mm at 150 dpi.
  expect([Math.abs(width - 1028) <= 1, Math.abs(height - 650) <= 1, density, format, hasAlpha]).toEqual([true, true, 150, 'png', false])
})

it('draws activations against each other and a map of their error', async () => {
  const compared = {
    units: 1_404_928, rho: 0.87654,
    density: { bins: 2, from: 0, to: 4, counts: Float32Array.of(5, 0, 0, 7) },
    map: { rows: 1, columns: 2, block: { rows: 4, columns: 2 }, channels: 32, channel: null, values: Float32Array.of(0.25, 0.5) },
  }
  const scatter = await makeFigure({ kind: 'scatter', run: 1, layer: 'stem' }, { ...input, compared }, usualSize)
  expect(scatter.records).toEqual([{ run: 1, layer: 'stem', reference: 1, metamer: 1, count: 5 }, { run: 1, layer: 'stem', reference: 3, metamer: 3, count: 7 }])
  expect(scatter.caption).toContain('1,404,928 units of the metamer (run 1, generated at block1, "cat.png") against those of its reference')
  const map = await makeFigure({ kind: 'errorMap', run: 1, layer: 'stem', channel: null }, { ...input, compared }, usualSize)
  expect(map.records).toEqual([{ run: 1, layer: 'stem', channel: null, row: 0, column: 0, error: 0.25 }, { run: 1, layer: 'stem', channel: null, row: 0, column: 2, error: 0.5 }])
  expect(map.caption).toContain('root of the mean square error over 32 channels, averaged over blocks of 4 × 2')
  expect(textsOf(map.svg)).toContain('root mean square error')
  const signed = await makeFigure({ kind: 'errorMap', run: 1, layer: 'stem', channel: 3 }, { ...input, compared: { ...compared, map: { ...compared.map, channel: 3, values: Float32Array.of(-0.25, 0.5) } } }, usualSize)
  // A scale without steps, not one of dots.
  for (const { svg } of [scatter, map, signed]) expect([svg.includes('<linearGradient'), svg.includes('legend-symbol')]).toEqual([true, false])
})

it('calls the loss of a run that makes a cochleagram audible what it is', async () => {
  const sound = { ...runs[0]!, inverts: 7, lossCurve: { update: Float64Array.of(0, 1), loss: Float64Array.of(4, 2) } }
  const { caption } = await makeFigure({ kind: 'loss', run: 1 }, { ...input, runs: [sound] }, usualSize)
  expect(caption).toContain('of the sound that makes the cochleagram of run 7 audible, generated at block1 of efficientnet-lite0 (run 1, seed 1); logarithmic.')
})

it('draws the loss of one run on a logarithmic axis, and keeps every number', async () => {
  const [one] = runs
  const { svg, records, caption, name } = await makeFigure({ kind: 'loss', run: 1 }, { ...input, runs: [{ ...one!, lossCurve: { update: Float64Array.of(0, 1, 2, 499), loss: Float64Array.of(1000, 10, 0, NaN) } }] }, usualSize)
  expect(records).toHaveLength(4)
  expect(records[1]).toEqual({ run: 1, network: set.network, layer: 'block1', reference: 'cat.png', update: 1, loss: 10 })
  expect(caption).toBe('Matching loss before each update (4 of them, evenly spaced), of the metamer of "cat.png" generated at block1 of efficientnet-lite0 (run 1, seed 1); logarithmic. n = 1 metamer of 1 reference; protocol "quick look" (500 updates); null distributions of 2,000 random pairs per layer. Metamer Lab 1.2.3.')
  expect(name).toBe('efficientnet-lite0_block1_run1_loss_quick-look')
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['matching loss', 'update', '0', '10', '1000']))
  // Two points are left to be joined.
  expect(svg).toMatch(/aria-roledescription="line mark" [^>]*d="M[\d.]+,[\d.]+L[\d.]+,[\d.]+"/)
})

it('draws a loss that stays the same, or of which there is a single value', async () => {
  const steady = { ...runs[0]!, lossCurve: { update: Float64Array.of(0), loss: Float64Array.of(100) } }
  const { svg } = await makeFigure({ kind: 'loss', run: 1 }, { ...input, runs: [steady] }, usualSize)
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['100', '1000']))
  expect(svg).not.toContain('NaN')
})

it('says so when the loss drawn is of a run that is not finished, or that nothing is stored of', async () => {
  const paused = detailOf(run(3, { state: 'paused', updatesDone: 20 }))
  const { caption } = await makeFigure({ kind: 'loss', run: 3 }, { ...input, runs: [paused] }, usualSize)
  expect(caption).toContain('Matching loss before each update, of the metamer of "cat.png" generated at block1 of efficientnet-lite0 (run 3, seed 1, paused after 20 updates); logarithmic. n = 1 metamer of 1 reference; protocol "quick look" (500 updates); no null distribution.')
  await expect(makeFigure({ kind: 'loss', run: 3 }, { ...input, runs: [detailOf(run(3))] }, usualSize)).rejects.toThrow('No loss of run 3 is stored yet.')
})

const scored = (step: number, loss: number, wordAccuracy: number | null, meanAuc: number | null) => ({ step, loss, wordAccuracy, topFive: null, meanAuc, aucByLabel: null })
const tones: DrawnTraining = {
  id: 1, plan: trainingPlan({ name: 'tones' }), stepsDone: 3, validations: [scored(3, 1.5, 0.5, NaN)], lossCurve: { update: Float64Array.of(0, 1, 2), loss: Float64Array.of(4, 2, 1) }, result: null, examination: null,
}
const birds: DrawnTraining = { id: 2, plan: pictureTrainingPlan({ name: 'birds' }), stepsDone: 6, validations: [scored(3, 0.9, 0.25, null), scored(6, 0.8, 0.75, null)], lossCurve: null, result: null, examination: null }

it('draws the losses of a training and of its validations', async () => {
  const { svg, records, caption, name } = await makeFigure({ kind: 'training', trainings: [1], curve: 'loss' }, { ...input, runs: [], trainings: [tones] }, usualSize)
  expect(records.map(({ curve, update, value }) => [curve, update, value])).toEqual([['training loss', 0, 4], ['training loss', 1, 2], ['training loss', 2, 1], ['validation loss', 3, 1.5]])
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['training loss', 'validation loss', 'update', 'loss']))
  expect(caption).toBe('Loss before each update of the training (at most 2,000 of them, evenly spaced) and at each validation (dots), logarithmic. n = 1 training: "tones" (word, word CNN, aliased; 3 of 6 updates of 4 examples, seed 1). Metamer Lab 1.2.3.')
  expect(name).toBe('tones_loss_training')
})

it('draws the scores of several trainings, each in a colour, without those that there are none of', async () => {
  const { svg, records, caption } = await makeFigure({ kind: 'training', trainings: [1, 2], curve: 'scores' }, { ...input, runs: [], trainings: [tones, birds] }, usualSize)
  expect(records.map(({ training, curve, value }) => [training, curve, value])).toEqual([['tones', 'word accuracy', 0.5], ['birds', 'accuracy', 0.25], ['birds', 'accuracy', 0.75]])
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['tones', 'birds', 'score']))
  expect(caption).toContain('n = 2 trainings: "tones" (')
  expect(caption).toContain('"birds" (pictures, from efficientnet-lite0; 6 of 6 updates of 4 examples, seed 1)')
  await expect(makeFigure({ kind: 'training', trainings: [1], curve: 'scores' }, { ...input, trainings: [{ ...tones, validations: [] }] }, usualSize)).rejects.toThrow('No validation of "tones" is stored yet.')
})

const constant = (rate: number) => ({ rate, schedule: { kind: 'constant' as const } })
const ended: NonNullable<DrawnTraining['result']> = { stop: 'all steps made', steps: 6, seconds: 1, best: scored(6, 0.8, 0.75, null), tests: [], folder: 'out/tones', weightsHash: 'w', datasetHash: 'd', notices: [] }

it('draws the learning rate that was used, and dashed what is planned', async () => {
  const rate: FigureRequest = { kind: 'training', trainings: [1], curve: 'rate' }
  const halfway = await makeFigure(rate, { ...input, runs: [], trainings: [tones] }, usualSize)
  expect(halfway.records.map(({ curve, update, value }) => [curve, update, value])).toEqual([['used', 0, 0.001], ['used', 1, 0.001], ['used', 2, 0.001], ['planned', 3, 0.001], ['planned', 4, 0.001], ['planned', 5, 0.001]])
  expect(textsOf(halfway.svg)).toEqual(expect.arrayContaining(['used', 'planned', 'learning rate', '0.001']))
  expect(halfway.caption).toMatch(/^Learning rate of each update \(.*\); dashed: planned; of a training that is not finished, by its plan\. n = 1 training: "tones" \(.*Metamer Lab 1\.2\.3\.$/)
  const finishedOne = { ...tones, stepsDone: 6, result: { ...ended, rates: [{ from: 0, ...constant(0.1) }, { from: 2, ...constant(0.001) }] } }
  const whole = await makeFigure(rate, { ...input, runs: [], trainings: [finishedOne] }, usualSize)
  expect(whole.records.map(({ curve, value }) => [curve, value])).toEqual([0.1, 0.1, 0.001, 0.001, 0.001, 0.001].map((value) => ['used', value]))
  expect(whole.caption).toContain('both sides of each jump). n = 1 training')
  expect([whole.name, whole.title]).toEqual(['tones_rate_training', 'tones: learning rate'])
})
