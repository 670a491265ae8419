import { expect, it } from 'vitest'
import type { JudgedRun, NamedAs } from '../../../src-main/domain/recognition.ts'
import { checkAnswers } from '../../../src-main/figures/answers.ts'
import { scoreRecognition, type RecognitionInput } from '../../../src-main/figures/scoreRecognition.ts'
import { finished, networks } from '../../helpers/fakeLab/data.ts'

const named = (index: number, label: string, category16: string | null = null): NamedAs => ({ index, label, category16 })
const cat = named(281, 'tabby, tabby cat', 'cat')
const dog = named(207, 'golden retriever', 'dog')
const judgedRun = (runId: number, metamer: NamedAs, reference: NamedAs): JudgedRun => ({ runId, judge: 'efficientnet-lite0', judgeHash: 'h', metamer, reference })

const runs = [
  finished(1, 'included', { layer: 'stem' }),
  finished(2, 'included', { layer: 'stem', referenceId: 2 }),
  finished(3, 'included', { layer: 'logits' }),
]
const judged = [judgedRun(3, dog, cat), judgedRun(1, cat, cat), judgedRun(2, dog, dog)]
const input: RecognitionInput = { runs, judged, answers: new Map(), networks, rule: 'all', standard: 'reference' }
const scored = (changes: Partial<RecognitionInput>) => scoreRecognition({ ...input, ...changes }).map(({ layer, metamers, references }) => [layer, metamers, references])

it('compares with the judge\'s own label of the reference, by layer in the network\'s order', () => {
  expect(scored({})).toEqual([
    ['stem', [1, 1], [1, 1]],
    ['logits', [0], [1]],
  ])
  expect(scoreRecognition(input)[0]).toMatchObject({ network: 'efficientnet-lite0', protocol: 'quick look', judge: 'efficientnet-lite0', chance: 1 / 1000 })
})

it('compares with the true class where an answer says it, and leaves out what has none', () => {
  expect(scored({ standard: 'class', answers: new Map([[1, 'tabby']]) })).toEqual([
    ['stem', [1], [1]],
    ['logits', [0], [1]],
  ])
  // The reference itself is not recognised: the ceiling falls.
  expect(scored({ standard: 'class', answers: new Map([[2, '1']]) })).toEqual([['stem', [0], [0]]])
})

it('knows a class by its index and by any of its names, in whatever case', () => {
  for (const answer of ['281', 'Tabby_cat', 'tabby, tabby cat']) expect(scored({ standard: 'class', answers: new Map([[1, answer]]) })[0]).toEqual(['stem', [1], [1]])
})

it('scores by category under the 16-way rule, for a class too, with its own chance', () => {
  const rule = { rule: '16-way', standard: 'class' } as const
  expect(scored({ ...rule, answers: new Map([[1, 'cat'], [2, 'golden retriever']]) })).toEqual([
    ['stem', [1, 1], [1, 1]],
    ['logits', [0], [1]],
  ])
  expect(scoreRecognition({ ...input, ...rule, answers: new Map([[1, 'cat']]) })[0]!.chance).toBe(1 / 16)
})

it('says nothing where the rule does not apply: no categories, a class outside the 16, a category where a class is asked for', () => {
  const plain = [judgedRun(1, named(1, 'a'), named(1, 'a'))]
  expect(scored({ rule: '16-way', judged: plain })).toEqual([])
  expect(scored({ rule: '16-way', standard: 'class', answers: new Map([[1, 'tench']]) })).toEqual([])
  expect(scored({ standard: 'class', answers: new Map([[1, 'bird']]) })).toEqual([])
})

it('refuses an answer that nobody could give', () => {
  expect(() => checkAnswers(['class 3', 'knife', '999'], networks)).not.toThrow()
  expect(() => checkAnswers(['tabbby'], networks)).toThrow('"tabbby" is no label of any network here, no index of one, and none of the 16 categories. "lab networks')
  expect(() => checkAnswers(['knive'], networks)).toThrow('none of the 16 categories. Nearest: "knife". "lab networks --json" lists the labels.')
  expect(() => checkAnswers(['1000'], networks)).toThrow('"1000" is no label')
})

it('averages the metamers of one reference first, and tells which runs were scored', () => {
  const seeds = [...runs, finished(4, 'included', { layer: 'stem' }), finished(5, 'included', { layer: 'stem' })]
  const [stem] = scoreRecognition({ ...input, runs: seeds, judged: [...judged, judgedRun(4, dog, cat), judgedRun(5, dog, cat), judgedRun(6, cat, cat)] })
  expect(stem).toMatchObject({ metamers: [expect.closeTo(1 / 3, 12), 1], references: [1, 1], runIds: [1, 2, 4, 5], recognised: 2 })
  // Of two references only one has an answer.
  const [answered] = scoreRecognition({ ...input, standard: 'class', answers: new Map([[2, '207']]) })
  expect(answered!.runIds).toEqual([2])
})

it('tells how often a metamer is given the label of another reference', () => {
  const chanceOf = (changes: Partial<RecognitionInput>) => scoreRecognition({ ...input, ...changes })[0]!.chanceOfAnother
  expect(chanceOf({})).toBe(0)
  // A judge that calls everything a cat recognises all, by habit alone.
  expect(chanceOf({ judged: [judgedRun(1, cat, cat), judgedRun(2, cat, cat)] })).toBe(1)
  expect(chanceOf({ judged: [judgedRun(1, dog, cat), judgedRun(2, dog, dog)] })).toBe(0.5)
  expect(chanceOf({ standard: 'class', answers: new Map([[1, '281'], [2, '207']]), judged: [judgedRun(1, dog, cat), judgedRun(2, dog, dog)] })).toBe(0.5)
  expect(chanceOf({ judged: [judgedRun(1, cat, cat)] })).toBeNaN()
})

it('compares texts by their letters, and knows no chance for them', () => {
  const writer = { ...networks[1]!, name: 'writer', head: 'ctc' as const, labels: ['', 'a', 'b'] }
  const texts = [judgedRun(1, named(0, 'ab'), named(0, 'ab')), judgedRun(2, named(0, 'a'), named(0, 'ab'))].map((one) => ({ ...one, judge: 'writer' }))
  const [row] = scoreRecognition({ ...input, judged: texts, networks: [...networks, writer] })
  expect([row!.metamers, row!.chance]).toEqual([[1, 0], NaN])
})
