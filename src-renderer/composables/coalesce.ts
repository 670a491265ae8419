/**
 * Run an asynchronous step at most once at a time. Calls during a run ask for exactly one more, so the last state is
 * always seen, however many events arrive.
 */
export function coalesce(step: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  let again = false

  async function loop(): Promise<void> {
    try {
      do {
        again = false
        await step()
      } while (again)
    } finally {
      // Here and not in a callback: a call that came between would be told to a loop that has ended.
      running = null
    }
  }

  return () => {
    if (running) again = true
    else running = loop()
    return running
  }
}
