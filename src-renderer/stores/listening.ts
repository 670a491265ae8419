import { defineStore } from 'pinia'
import { ref } from 'vue'

/** How sounds are listened to, from one run to the next. */
export const useListening = defineStore('listening', () => {
  /** Whether a sound begins anew when it ends. */
  const again = ref(false)
  return { again }
})
