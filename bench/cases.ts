/** What is compared: a case of ours and the peers' variants of the same arithmetic. */
export interface BenchCase {
  name: string
  variants: PeerVariant[]
  /** The peers' program, where it is not step.py. */
  peer?: string
}

export interface PeerVariant {
  name: string
  argument: string
  /** glibc keeps freed memory instead of giving it back after every step: the fair, faster setting. */
  keepHeap: boolean
}

/** Each as it is, and with the heap kept. */
function bothHeaps(...torch: string[]): PeerVariant[] {
  return torch.flatMap((argument) => [plain(argument), heapKept(argument)])
}

function plain(argument: string): PeerVariant {
  return { name: nameOf(argument), argument, keepHeap: false }
}

function heapKept(argument: string): PeerVariant {
  return { name: `${nameOf(argument)}, heap kept`, argument, keepHeap: true }
}

function nameOf(argument: string): string {
  return argument === 'scipy' ? argument : `torch ${argument.replaceAll('+', ', ')}`
}

/** As users run it; then all that has been seen to be fastest somewhere. */
const batchVariants = [plain('eager'), ...bothHeaps('channels_last'), heapKept('channels_last+compile')]
/** Plenoptic synthesises one picture at a time. */
const pictureVariants = [...batchVariants, ...bothHeaps('channels_last+plenoptic')]
const soundVariants = [...bothHeaps('conv1d'), heapKept('matmul')]
const trainingVariants = [...bothHeaps('eager'), heapKept('channels_last')]

const pictureNetworks = [
  { name: 'efficientnet-lite0', layers: ['stem', 'block4', 'head'] },
  { name: 'vgg-19', layers: ['conv1_2', 'conv3_4', 'conv5_4'] },
  { name: 'resnet-101-v2', layers: ['block3'] },
]

export const cases: BenchCase[] = [
  ...pictureNetworks.flatMap(({ name, layers }) =>
    layers.flatMap((layer) => [
      { name: `synthesis/${name}/${layer}/b1`, variants: pictureVariants },
      { name: `synthesis/${name}/${layer}/b8`, variants: batchVariants },
    ]),
  ),
  ...['b1', 'b8'].map((batch) => ({ name: `frontend/cochleagram/${batch}`, variants: soundVariants })),
  ...['b1', 'b8'].map((batch) => ({ name: `synthesis/word-cnn-aliased/conv_4/${batch}`, variants: soundVariants })),
  { name: 'training/word-cnn-aliased/b16', variants: trainingVariants, peer: 'training.py' },
  { name: 'training/word-cnn-reduced-aliasing/b16', variants: trainingVariants, peer: 'training.py' },
  ...['rank-100352', 'rank-1000000', 'spearman-100352'].map((what) => ({ name: `null/${what}`, variants: [plain('scipy')], peer: 'null.py' })),
]

export const keepHeapEnvironment = {
  MALLOC_MMAP_MAX_: '0',
  MALLOC_TRIM_THRESHOLD_: '30000000000',
  MALLOC_TOP_PAD_: '268435456',
}
