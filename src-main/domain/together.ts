/** Runs of one network, layer and protocol that are made at once: as many as pay and as memory was measured for. So many by default. */
export const togetherAtMost = 8
