import { defineStore } from 'pinia'
import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { usualSize, type Figure, type FigureFormat, type FigureRequest, type FigureSize } from '../../src-main/domain/figure.ts'
import { errorToData } from '../../src-main/domain/errors.ts'
import { coalesce } from '../composables/coalesce.ts'
import { saveFile } from '../composables/saveFile.ts'
import { useRpc } from '../composables/useRpc.ts'
import { useMessages } from './messages.ts'
import { onProjectChange } from './onProjectChange.ts'

/** Figures as files, at one size for all; and the chart that is about to be saved, drawn as for print. */
export const useFigureSaving = defineStore('figureSaving', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const size = reactive<FigureSize>({ ...usualSize })
  /** The size may be why nothing is drawn. */
  const resized = computed(() => size.widthMm !== usualSize.widthMm || size.heightMm !== usualSize.heightMm)
  /** null: none is about to be saved. */
  const request = shallowRef<FigureRequest | null>(null)
  const figure = shallowRef<Figure | null>(null)
  /** Why there is nothing to draw. */
  const nothing = ref<string | null>(null)

  const draw = coalesce(async () => {
    const asked = request.value
    if (!asked) return
    const drawn = await rpc.call('figures.draw', { request: asked, size: { ...size } }).catch(errorToData)
    // Another chart may have been asked for meanwhile.
    if (request.value !== asked) return
    figure.value = 'svg' in drawn ? drawn : null
    nothing.value = 'svg' in drawn ? null : drawn.message
  })
  watch([request, () => ({ ...size })], () => void draw())
  onProjectChange(() => ask(null))

  function ask(wanted: FigureRequest | null): void {
    request.value = wanted
    figure.value = null
    nothing.value = null
  }

  const save = (wanted: FigureRequest, format: FigureFormat): Promise<unknown> =>
    messages.attempt('Saving the figure', async () => saveFile(await rpc.call('figures.file', { request: wanted, size: { ...size }, format })))

  return { size, resized, request, figure, nothing, ask, save }
})
