import type { NetworkGraph } from '../../../../domain/graph.ts'
import type { OperatorTable } from '../operator.ts'
import { choosing } from './choosing.ts'
import { convolution } from './convolution.ts'
import { elementwise } from './elementwise.ts'
import { making } from './making.ts'
import { matrices } from './matrices.ts'
import { normalisation } from './normalisation.ts'
import { pooling } from './pooling.ts'
import { rectifiers } from './rectifiers.ts'
import { recurrent } from './recurrent.ts'
import { reductions } from './reductions.ts'
import { reshape } from './reshape.ts'
import { resize } from './resize.ts'

/** What can be computed, by the names each dialect has for it. `If` is computed where its nodes are run: see runNodes. */
export const operatorTables: Partial<Record<NetworkGraph['dialect'], OperatorTable>> = {
  onnx: {
    ...choosing, ...convolution, ...elementwise, ...making, ...matrices, ...normalisation, ...pooling, ...rectifiers, ...recurrent, ...reductions, ...reshape, ...resize,
  },
}
