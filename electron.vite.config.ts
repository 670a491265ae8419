import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

/** Main process and compute process, preload, and window. Packages stay outside the first two: some are native. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node24',
      minify: false,
      rollupOptions: {
        input: { shell: 'src-main/shell/main.ts', worker: 'src-main/worker/main.ts', exampleThread: 'src-main/worker/training/exampleThread.ts', surveyThread: 'src-main/worker/training/surveyThread.ts' },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload script is one CommonJS file that brings everything along.
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: 'src-main/shell/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    build: { outDir: 'out/renderer', rollupOptions: { input: 'src-renderer/index.html' } },
    plugins: [vue()],
  },
})
