import './zodWithoutEval.ts'
import { createPinia } from 'pinia'
import { createApp, type App as VueApp } from 'vue'
import App from './App.vue'
import { provideRpc } from './composables/useRpc.ts'
import type { RpcClient } from '../src-main/rpc/client.ts'
import './design/tokens.css'
import './design/base.css'

/** Put the workbench on the page, talking over the given client. */
export function mountLab(rpc: RpcClient, element: string | Element): VueApp {
  const pinia = createPinia()
  provideRpc(pinia, rpc)
  const app = createApp(App)
  app.use(pinia)
  app.mount(element)
  return app
}
