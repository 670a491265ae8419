import type { OperationTime, UpdateProfile } from '../../domain/profile.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { writeJson } from '../io.ts'
import { columns } from '../text.ts'
import { json, network } from './sharedOptions.ts'

const mostUpdates = 1000

export const profile: Command = {
  name: 'profile',
  summary: 'show where the time of an update goes',
  operands: '',
  operandCount: { from: 0, to: 0 },
  description: [
    'Makes some updates of a metamer of noise and takes the time of every TensorFlow operation in them: the forward pass up to the layer, the gradient, Adam. What is not inside an operation is the program itself.',
    'With --json: {updates, msPerUpdate, operations: [{operation, shape, callsPerUpdate, msPerUpdate}]}, the dearest first. msPerUpdate is a median without the clock that stops between operations.',
  ],
  options: {
    network,
    layer: { value: 'L', required: true, help: 'a generation layer of that network' },
    updates: { value: 'N', default: '10', help: 'how many updates to time' },
    shapes: { help: 'a line for each shape of output, not only for each operation' },
    json,
  },
  examples: ['lab profile --network efficientnet-lite0 --layer block4', 'lab profile --network vgg-19 --layer conv3_4 --updates 3 --shapes'],
  run: (args, { io, withLab }) =>
    withLab(async (lab) => {
      const found = await lab.host.tools.profile({ network: args.text('network'), layer: args.text('layer'), updates: args.whole('updates', 1, mostUpdates) })
      if (args.on('json')) writeJson(io, found)
      else io.out(profileText(found, args.on('shapes')))
      return exitCodes.ok
    }),
}

export function profileText({ updates, msPerUpdate, operations }: UpdateProfile, byShape: boolean): string {
  const rows = byShape ? operations.map((one) => ({ ...one, operation: `${one.operation} ${one.shape.join(' x ')}` })) : withoutShapes(operations)
  const inside = rows.reduce((sum, row) => sum + row.msPerUpdate, 0)
  const share = (ms: number): string => `${((100 * ms) / inside).toFixed(1)} %`
  const lines = rows.map((row) => [row.msPerUpdate.toFixed(2), share(row.msPerUpdate), row.callsPerUpdate.toFixed(row.callsPerUpdate % 1 ? 1 : 0), row.operation])
  return [
    `${msPerUpdate.toFixed(1)} ms per update (median of ${updates}); ${inside.toFixed(1)} ms inside operations, timed in ${updates} more.\n\n`,
    columns([['ms', 'share', 'calls', 'operation'], ...lines]),
  ].join('')
}

function withoutShapes(operations: readonly OperationTime[]): Array<Omit<OperationTime, 'shape'>> {
  const sums = new Map<string, Omit<OperationTime, 'shape'>>()
  for (const { operation, callsPerUpdate, msPerUpdate } of operations) {
    const sum = sums.get(operation) ?? { operation, callsPerUpdate: 0, msPerUpdate: 0 }
    sums.set(operation, { operation, callsPerUpdate: sum.callsPerUpdate + callsPerUpdate, msPerUpdate: sum.msPerUpdate + msPerUpdate })
  }
  return [...sums.values()].sort((a, b) => b.msPerUpdate - a.msPerUpdate)
}
