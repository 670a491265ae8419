/** What is compared: a case of ours and the peers' variants of the same arithmetic. */
export interface BenchCase {
  name: string
  variants: PeerVariant[]
}

export interface PeerVariant {
  name: string
  argument: string
  /** glibc keeps freed memory instead of giving it back after every step: the fair, faster setting. */
  keepHeap: boolean
}

const pictureVariants: PeerVariant[] = [
  { name: 'torch eager', argument: 'eager', keepHeap: false },
  { name: 'torch channels_last', argument: 'channels_last', keepHeap: false },
  { name: 'torch channels_last, heap kept', argument: 'channels_last', keepHeap: true },
]
const soundVariants: PeerVariant[] = [
  { name: 'torch conv1d', argument: 'conv1d', keepHeap: false },
  { name: 'torch conv1d, heap kept', argument: 'conv1d', keepHeap: true },
  { name: 'torch matmul, heap kept', argument: 'matmul', keepHeap: true },
]

const scipyVariants: PeerVariant[] = [{ name: 'scipy', argument: 'scipy', keepHeap: false }]

export const cases: BenchCase[] = [
  ...['stem', 'block4', 'head'].map((layer) => ({ name: `synthesis/efficientnet-lite0/${layer}/b1`, variants: pictureVariants })),
  { name: 'synthesis/vgg-19/conv1_2/b1', variants: pictureVariants },
  { name: 'frontend/cochleagram/b1', variants: soundVariants },
  { name: 'synthesis/word-cnn-aliased/conv_4/b1', variants: soundVariants },
  ...['rank-100352', 'rank-1000000', 'spearman-100352'].map((what) => ({ name: `null/${what}`, variants: scipyVariants })),
]

export const keepHeapEnvironment = {
  MALLOC_MMAP_MAX_: '0',
  MALLOC_TRIM_THRESHOLD_: '30000000000',
  MALLOC_TOP_PAD_: '268435456',
}
