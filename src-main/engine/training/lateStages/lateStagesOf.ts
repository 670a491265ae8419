import type { Card } from '../../../domain/card.ts'
import { efficientNetLiteSizes } from '../../models/architectures/efficientNetLiteLayout.ts'
import type { FineTunableCode } from '../../models/fineTunable.ts'
import { lateEfficientNetLite } from './efficientNetLite.ts'
import { lateInceptionV3 } from './inceptionV3.ts'
import type { LateStages } from './lateStages.ts'
import { lateResNet101V2 } from './resNet101V2.ts'
import { lateVgg19 } from './vgg19.ts'

/** How a network learns. @param code  that it runs @param card  of the network itself, which says what variant of the code it is */
export function lateStagesOf(code: FineTunableCode, card: Card): LateStages {
  switch (code) {
    case 'vgg-19':
      return lateVgg19
    case 'inception-v3':
      return lateInceptionV3(card)
    case 'resnet-101-v2':
      return lateResNet101V2(card)
    default:
      return lateEfficientNetLite(efficientNetLiteSizes[code])
  }
}
