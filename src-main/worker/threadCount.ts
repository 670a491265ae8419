/**
 * How many threads the engine uses, as TensorFlow understands it: what TF_NUM_INTRAOP_THREADS says where that is a whole number above 0, else
 * one for each processor.
 *
 * @param asked  the variable's value
 */
export function threadCount(asked: string | undefined, processors: number): number {
  const threads = Number(asked)
  return Number.isInteger(threads) && threads > 0 ? threads : processors
}
