import type { RunState } from '../../src-main/domain/run.ts'
import type { IconName } from './icons.ts'

/** How each state of a run is named and drawn. */
export const runStateLooks: Readonly<Record<RunState, { word: string; icon: IconName; meaning: string }>> = {
  planned: { word: 'waiting', icon: 'clock', meaning: 'Waiting for its turn.' },
  running: { word: 'running', icon: 'play', meaning: 'Being made now.' },
  paused: { word: 'paused', icon: 'pause', meaning: 'Paused; its state is kept in the project file.' },
  interrupted: { word: 'interrupted', icon: 'broken', meaning: 'The compute process stopped; it can go on from its last checkpoint.' },
  cancelled: { word: 'cancelled', icon: 'slash', meaning: 'Cancelled by you.' },
  failed: { word: 'failed', icon: 'warning', meaning: 'It stopped with an error.' },
  finished: { word: 'finished', icon: 'check', meaning: 'Finished and stored.' },
}
