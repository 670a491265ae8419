import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** An address for bytes in memory, released when they change or the component goes. */
export function useObjectUrl(source: () => { bytes: Uint8Array; mimeType: string } | null | undefined): Ref<string | null> {
  const url = ref<string | null>(null)
  const release = (): void => {
    if (url.value !== null) URL.revokeObjectURL(url.value)
    url.value = null
  }
  watch(
    source,
    (media) => {
      release()
      if (media) url.value = URL.createObjectURL(new Blob([media.bytes as Uint8Array<ArrayBuffer>], { type: media.mimeType }))
    },
    { immediate: true },
  )
  onScopeDispose(release)
  return url
}
