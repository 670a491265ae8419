// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import ReferenceChoice from '../../../../../src-renderer/panels/draft/ReferenceChoice.vue'
import { useDraft } from '../../../../../src-renderer/stores/draft.ts'
import { withStores } from '../../stores/withStores.ts'

describe('ReferenceChoice', () => {
  it('tells what the chosen network does to the chosen references, and nothing of the others', async () => {
    const rpc = withStores({ 'references.notices': ({ network }) => ({ notices: [`Resized for ${network}.`] }), 'references.file': () => ({ fileName: '', bytes: new Uint8Array() }) })
    const draft = useDraft()
    const choice = mount(ReferenceChoice, { global: { plugins: [getActivePinia()!] } })
    await flushPromises()
    expect(choice.find('[data-test=notices]').exists()).toBe(false)
    draft.referenceIds = [2, 3]
    await flushPromises()
    expect(choice.get('[data-test=notices]').text()).toBe('coffee.png, rocket.jpg Resized for efficientnet-lite0.')
    expect(rpc.calls.filter((c) => c.method === 'references.notices').map((c) => c.params)).toEqual([2, 3].map((id) => ({ id, network: 'efficientnet-lite0' })))
    choice.unmount()
  })
})
