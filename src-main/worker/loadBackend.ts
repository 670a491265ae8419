import { createRequire } from 'node:module'
import os from 'node:os'
import * as tf from '@tensorflow/tfjs-core'
import type { EngineInfo } from '../domain/network.ts'
import { installKernels } from '../engine/native/kernels.ts'
import { loadKernels } from './loadKernels.ts'
import { threadCount } from './threadCount.ts'

const require = createRequire(import.meta.url)

/**
 * Choose the fastest engine this machine can run: native TensorFlow, else WebAssembly, else plain JavaScript.
 * METAMER_LAB_BACKEND=tensorflow|wasm|cpu asks for one of them.
 *
 * @throws Error when the engine asked for cannot be loaded
 */
export async function loadBackend(): Promise<EngineInfo> {
  const wanted = process.env['METAMER_LAB_BACKEND']
  if (wanted === undefined || wanted === 'tensorflow') {
    try {
      return loadNative()
    } catch (error) {
      if (wanted) throw error
      return loadSlow('wasm', `Native TensorFlow could not be loaded (${firstLine(error)}). Run "npm run setup" to build it.`)
    }
  }
  return loadSlow(wanted === 'cpu' ? 'cpu' : 'wasm', `METAMER_LAB_BACKEND=${wanted} asks for this engine. Unset it to use native TensorFlow.`)
}

function loadNative(): EngineInfo {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true'
  // TensorFlow asks for oneDNN by itself only where a processor has AVX-512 VNNI; it is two to thirty times faster elsewhere too.
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1'
  // tfjs-node 4.22 still calls a function that Node 23 removed.
  const util = require('node:util') as { isNullOrUndefined?: (value: unknown) => boolean }
  util.isNullOrUndefined ??= (value) => value === null || value === undefined
  require('@tensorflow/tfjs-node-gpu')
  const backend = tf.backend() as unknown as { binding: { TF_Version: string }; isUsingGpuDevice?: boolean }
  const threads = threadCount(process.env['TF_NUM_INTRAOP_THREADS'], os.availableParallelism())
  // A GPU does the same with TensorFlow's operations, without sending anything to and fro.
  const kernels = backend.isUsingGpuDevice ? null : loadKernels()
  installKernels(kernels, threads)
  return {
    backend: 'tensorflow',
    tensorflowVersion: backend.binding.TF_Version,
    device: backend.isUsingGpuDevice ? 'GPU' : kernels ? 'CPU with compiled kernels' : 'CPU',
    threads,
    slow: false,
    slowReason: null,
    nodeVersion: process.version,
  }
}

async function loadSlow(name: 'wasm' | 'cpu', slowReason: string): Promise<EngineInfo> {
  // The core registers no gradients by itself; tfjs-node's own copy of this package does it for the native engine.
  require('@tensorflow/tfjs')
  if (name === 'wasm') await import('@tensorflow/tfjs-backend-wasm')
  else await import('@tensorflow/tfjs-backend-cpu')
  if (!(await tf.setBackend(name))) {
    if (name === 'cpu') throw new Error('tfjs could not start its plain JavaScript back end.')
    return loadSlow('cpu', slowReason)
  }
  return {
    backend: name,
    tensorflowVersion: null,
    device: 'CPU',
    threads: 1,
    slow: true,
    slowReason,
    nodeVersion: process.version,
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!.trim()
}
