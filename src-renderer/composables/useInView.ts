import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** Becomes true, and stays so, when the element first comes near the visible part of the window. */
export function useInView(element: () => Element | null): Ref<boolean> {
  const seen = ref(false)
  let observer: IntersectionObserver | null = null
  onMounted(() => {
    const target = element()
    if (!target) return
    observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((e) => e.isIntersecting)) return
        seen.value = true
        observer?.disconnect()
      },
      { rootMargin: '100px' },
    )
    observer.observe(target)
  })
  onBeforeUnmount(() => observer?.disconnect())
  return seen
}
