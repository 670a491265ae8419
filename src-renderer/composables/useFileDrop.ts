import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** Take files dropped anywhere on the window. @returns whether files are being dragged over it */
export function useFileDrop(take: (files: File[]) => void): Ref<boolean> {
  const over = ref(false)
  const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

  const onOver = (event: DragEvent): void => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    over.value = true
  }
  const onLeave = (event: DragEvent): void => {
    // Between two elements of the page relatedTarget is the one entered; it is null when the window is left.
    if (event.relatedTarget === null) over.value = false
  }
  const onDrop = (event: DragEvent): void => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    over.value = false
    take([...(event.dataTransfer?.files ?? [])])
  }

  onMounted(() => {
    window.addEventListener('dragover', onOver)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('drop', onDrop)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('dragover', onOver)
    window.removeEventListener('dragleave', onLeave)
    window.removeEventListener('drop', onDrop)
  })
  return over
}
