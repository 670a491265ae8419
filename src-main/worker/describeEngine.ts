import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { EngineInfo } from '../domain/network.ts'

/** The engine with its graphics card by name, where it uses one. */
export async function describeEngine(engine: EngineInfo): Promise<EngineInfo> {
  if (engine.device !== 'GPU') return engine
  try {
    const { stdout } = await promisify(execFile)('nvidia-smi', ['--query-gpu=name', '--format=csv,noheader'])
    return { ...engine, device: `GPU: ${stdout.split('\n', 1)[0]!.trim()}` }
  } catch {
    // The card works without the tool that names it.
    return engine
  }
}
