import { createPinia } from 'pinia'
import { z } from 'zod'
import { createApp, type App as VueApp } from 'vue'
import App from './App.vue'
import { provideRpc } from './composables/useRpc.ts'
import type { RpcClient } from '../src-main/rpc/client.ts'
import './design/tokens.css'
import './design/base.css'

// The page's security policy forbids code made from strings, which zod would otherwise try.
z.config({ jitless: true })

/** Put the workbench on the page, talking over the given client. */
export function mountLab(rpc: RpcClient, element: string | Element): VueApp {
  const pinia = createPinia()
  provideRpc(pinia, rpc)
  const app = createApp(App)
  app.use(pinia)
  app.mount(element)
  return app
}
