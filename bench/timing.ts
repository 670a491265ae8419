import { existsSync, readFileSync } from 'node:fs'
import type { EngineInfo } from '../src-main/domain/network.ts'
import type { Measurement } from './report.ts'

/** What is timed is the middle of a long run: compilers of either side have had their time. The same in peers/timing.py, as is what follows. */
const warmUp = { steps: 2, milliseconds: 1000 }
/** Steps of seconds are not repeated as often as one asked: three will do once this time is spent. */
const [milliseconds, fewest] = [5000, 3]

/** Time a step after some to warm up, and print one JSON line with the times and the peak memory. */
export function reportTimes(step: () => void, steps: number, engine: EngineInfo, perStep = 1): void {
  const begun = performance.now()
  for (let i = 0; i < warmUp.steps || performance.now() - begun < warmUp.milliseconds; i++) step()
  const times: number[] = []
  let spent = 0
  const processor = process.cpuUsage()
  while (times.length < steps && (times.length < fewest || spent <= milliseconds)) {
    const start = performance.now()
    step()
    const took = performance.now() - start
    spent += took
    times.push(took / perStep)
  }
  const { user, system } = process.cpuUsage(processor)
  const sorted = times.toSorted((a, b) => a - b)
  const line: Measurement = {
    times,
    median: sorted[sorted.length >> 1]!,
    processorMs: (user + system) / 1000 / times.length / perStep,
    peakMb: Math.round(peakKb() / 1024),
    version: `TensorFlow ${engine.tensorflowVersion ?? 'none'} (${engine.backend}, ${engine.device})`,
    threads: engine.threads,
  }
  process.stdout.write(JSON.stringify(line) + '\n')
}

/** Linux counts what the parent held among a child's maxRSS; VmHWM begins with the process. */
function peakKb(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS)
}
