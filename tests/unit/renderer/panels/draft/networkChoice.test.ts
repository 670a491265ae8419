// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import NetworkChoice from '../../../../../src-renderer/panels/draft/NetworkChoice.vue'
import { fastEngine, networks, slowEngine } from '../../../../helpers/fakeLab/data.ts'
import { withStores } from '../../stores/withStores.ts'

async function mounted() {
  const choice = mount(NetworkChoice, { global: { plugins: [getActivePinia()!] } })
  await flushPromises()
  return choice
}

describe('NetworkChoice', () => {
  it('offers a network by its name where the title would be cut off, with the title one hover away', async () => {
    const title = 'EfficientNet-Lite0, trained on ImageNet'
    withStores({ 'networks.list': () => [{ ...networks[0]!, title }, networks[1]!] })
    const options = (await mounted()).findAll('option')
    expect(options.map((o) => o.text())).toEqual(['efficientnet-lite0', 'Word CNN, aliased'])
    expect(options[0]!.attributes('title')).toBe(title)
  })

  it.each([
    [slowEngine, true],
    [fastEngine, false],
  ])('says that a network needs the native engine only under the slow one (%#)', async (engine, said) => {
    const needsNativeEngine = 'It needs Fourier transforms.'
    withStores({ 'app.info': () => ({ version: '0.1.0', engine, shell: 'browser' }), 'networks.list': () => [{ ...networks[0]!, needsNativeEngine }] })
    expect((await mounted()).text().includes(needsNativeEngine)).toBe(said)
  })
})
