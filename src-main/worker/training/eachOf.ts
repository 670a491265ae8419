/**
 * Do something with each of many, a few at once.
 *
 * @returns what came of each
 */
export async function eachOf<Item, Result>(items: readonly Item[], atOnce: number, work: (item: Item) => Promise<Result>): Promise<Map<Item, Result>> {
  const results = new Map<Item, Result>()
  const waiting = [...items].reverse()
  async function doNext(): Promise<void> {
    while (waiting.length > 0) {
      const item = waiting.pop()!
      results.set(item, await work(item))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, doNext))
  return results
}
