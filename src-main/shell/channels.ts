/** Names of what the preload script and the main process say to each other, beside the RPC port. */
export const channels = {
  chooseFolder: 'choose-folder',
  chooseProject: 'choose-project',
  chooseFile: 'choose-file',
  chooseCardPlace: 'choose-card-place',
  /** Main process to preload: carries the RPC port. */
  rpcPort: 'rpc-port',
} as const
