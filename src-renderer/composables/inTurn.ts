/** @returns does each step when those asked for before it have ended, well or badly */
export function inTurn(): <T>(step: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (step) => {
    const done = last.then(step, step)
    last = done
    return done
  }
}
