import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { protocolFrom } from '../../../src-main/domain/protocol.ts'
import { createSettings } from '../../../src-main/project/settings.ts'
import type { Store } from '../../../src-main/project/store.ts'

/** As "quick look" was stored before optimisers and spaces could be chosen. */
const earlier =
  '{"name":"quick look","version":1,"updates":500,"learningRate":null,"decayPer1000":0.95,"beta1":0.9,"beta2":0.999,"epsilon":1e-8,"imageStart":"code","initialRms":0.01,"reluGradient":"modified","lossNormalisation":"none","labelCriterion":"all"}'

function settingsWith(stored: string[]) {
  const sql = new Database(':memory:')
  for (const table of ['protocols', 'environments']) sql.exec(`CREATE TABLE ${table} (id INTEGER PRIMARY KEY, json TEXT NOT NULL UNIQUE)`)
  for (const json of stored) sql.prepare('INSERT INTO protocols (json) VALUES (?)').run(json)
  return createSettings({ sql } as Store)
}

it('finds a protocol that was stored before optimisers could be chosen', () => {
  const settings = settingsWith([earlier])
  expect(settings.protocolId(protocolFrom('quick look'))).toBe(1)
  expect(settings.protocol(1)).toEqual(protocolFrom('quick look'))
})

it('reads protocols with numbers beyond what is allowed now', () => {
  const settings = settingsWith([earlier.replace('"learningRate":null', '"learningRate":50').replace('"initialRms":0.01', '"initialRms":2')])
  expect(settings.protocol(1)).toMatchObject({ learningRate: 50, initialRms: 2 })
})

it('gives back another optimiser as it was stored', () => {
  const settings = settingsWith([earlier])
  const id = settings.protocolId(protocolFrom('fewer updates'))
  expect(id).toBe(2)
  expect(settings.protocol(id)).toEqual(protocolFrom('fewer updates'))
})

it('calls protocols that differ by different names, though an earlier window stored them under one', () => {
  const settings = settingsWith([earlier, earlier.replace('"updates":500', '"updates":20'), earlier.replace('"learningRate":null', '"learningRate":0.01')])
  expect([1, 2, 3].map((id) => settings.protocol(id).name)).toEqual(['quick look', 'quick look, 20 updates', 'quick look, learningRate 0.01'])
})
