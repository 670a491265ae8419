/**
 * Run an asynchronous step at most once at a time. Calls during a run ask for exactly one more, so the last state is
 * always seen, however many events arrive.
 */
export function coalesce(step: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  let again = false

  async function loop(): Promise<void> {
    do {
      again = false
      await step()
    } while (again)
  }

  return () => {
    if (running) again = true
    else running = loop().finally(() => (running = null))
    return running
  }
}
