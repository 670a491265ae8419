import { test } from '@playwright/test'
import { startHost, windowIsBuilt, type HostUnderTest } from './hostUnderTest.ts'

/** A host for the stories of one file: started before the first of them, stopped after the last. Call it at the top of the file. */
export function storyHost(): Pick<HostUnderTest, 'address' | 'folder'> {
  let host: HostUnderTest
  test.use({ testIdAttribute: 'data-test' })
  // "npm test" builds the window first.
  test.skip(!windowIsBuilt, 'The window is not built: run "npm run build" first')
  test.beforeAll(async () => {
    host = await startHost()
  })
  test.afterAll(async () => host?.stop())
  return {
    get address() {
      return host.address
    },
    get folder() {
      return host.folder
    },
  }
}
