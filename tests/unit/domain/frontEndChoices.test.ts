import { expect, it } from 'vitest'
import { frontEndChoices, frontEndName } from '../../../src-main/domain/frontEndChoices.ts'
import { cardDraftSchema } from '../../../src-main/domain/importing.ts'

it('frontEndChoices offers all that a card may name and nothing else, each under a name of its own', () => {
  for (const { name, value } of frontEndChoices) {
    expect(cardDraftSchema.shape.frontEnd.safeParse(value).success, name).toBe(true)
    expect(frontEndName(value)).toBe(name)
  }
})
