import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { RunState, RunSummary } from '../../src-main/domain/run.ts'
import { useNetworks } from './networks.ts'
import { onProjectChange } from './onProjectChange.ts'
import { useRuns } from './runs.ts'

const queued: readonly RunState[] = ['planned', 'running']

/** Runs that wait or are at work can be neither exported nor removed. */
export function isChoosable({ state }: Pick<RunSummary, 'state'>): boolean {
  return !queued.includes(state)
}

export type Facet = 'network' | 'layer' | 'verdict'

export interface LayerRow {
  layer: string
  runs: RunSummary[]
}
export interface NetworkBlock {
  network: string
  rows: LayerRow[]
}

/** Which runs are shown in the grid, how they are laid out, and which are chosen for export or removal. */
export const useRunFilters = defineStore('runFilters', () => {
  const runs = useRuns()
  const networks = useNetworks()
  const wanted = ref<Record<Facet, string[]>>({ network: [], layer: [], verdict: [] })
  const chosen = ref<number[]>([])

  const values = computed<Record<Facet, string[]>>(() => ({
    network: distinct(runs.list, 'network'),
    layer: layersIn(runs.list.filter((r) => passes(r, 'network', wanted.value.network))),
    verdict: distinct(runs.list, 'verdict'),
  }))
  const stagesOf = (network: string): string[] => networks.byName.get(network)?.stages.map((s) => s.name) ?? []
  const layersIn = (list: RunSummary[]): string[] => [...new Set(layOut(list, stagesOf).flatMap((b) => b.rows.map((r) => r.layer)))]
  const shown = computed(() => runs.list.filter((r) => facets.every((f) => passes(r, f, wanted.value[f]))))
  const blocks = computed(() => layOut(shown.value, stagesOf))
  const exportable = computed(() => chosen.value.filter((id) => runs.byId.get(id)?.state === 'finished'))
  const active = computed(() => facets.some((f) => wanted.value[f].length > 0))

  function toggle(facet: Facet, value: string): void {
    const next = { ...wanted.value, [facet]: toggled(wanted.value[facet], value) }
    // A layer of a network that is not shown any more would hide everything.
    wanted.value = next
    wanted.value = { ...next, layer: next.layer.filter((layer) => values.value.layer.includes(layer)) }
  }
  function toggleChosen(id: number): void {
    chosen.value = toggled(chosen.value, id)
  }
  function chooseShown(): void {
    chosen.value = shown.value.filter(isChoosable).map((r) => r.id)
  }
  function keepChoosable(): void {
    chosen.value = chosen.value.filter((id) => runs.list.some((run) => run.id === id && isChoosable(run)))
  }
  function clearFilters(): void {
    wanted.value = { network: [], layer: [], verdict: [] }
  }

  // What was removed, or put in the queue again, is chosen no more.
  watch(() => runs.list, keepChoosable)
  onProjectChange(() => {
    chosen.value = []
    clearFilters()
  })
  return { wanted, chosen, values, shown, blocks, exportable, active, toggle, toggleChosen, chooseShown, clearFilters }
})

const facets: readonly Facet[] = ['network', 'layer', 'verdict']

function facetOf(run: RunSummary, facet: Facet): string | null {
  if (facet === 'verdict') return run.verdict?.outcome ?? null
  return run[facet]
}

function passes(run: RunSummary, facet: Facet, wanted: string[]): boolean {
  const value = facetOf(run, facet)
  return wanted.length === 0 || (value !== null && wanted.includes(value))
}

function distinct(runs: readonly RunSummary[], facet: Facet): string[] {
  return [...new Set(runs.map((r) => facetOf(r, facet)).filter((v) => v !== null))]
}

function toggled<T>(list: readonly T[], value: T): T[] {
  return list.includes(value) ? list.filter((v) => v !== value) : [...list, value]
}

/** Networks, and in each its layers from early to late, as in the paper's figures. */
export function layOut(runs: readonly RunSummary[], stagesOf: (network: string) => string[]): NetworkBlock[] {
  return [...new Set(runs.map((r) => r.network))].map((network) => {
    const own = runs.filter((r) => r.network === network)
    const stages = stagesOf(network)
    const layers = [...new Set(own.map((r) => r.layer))].sort((a, b) => stages.indexOf(a) - stages.indexOf(b))
    return { network, rows: layers.map((layer) => ({ layer, runs: own.filter((r) => r.layer === layer) })) }
  })
}
