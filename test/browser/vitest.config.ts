import { defineConfig } from 'vitest/config'

/** Tests in a real browser, against what `npm run dev` serves. */
export default defineConfig({
  test: {
    name: 'browser',
    include: ['test/browser/*.test.ts'],
    environment: 'node',
    globalSetup: 'test/browser/support/global-setup.ts',
    // A file has a browser of its own, and each of those keeps a core busy.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // As long as one waits for anything on a page.
    expect: { poll: { timeout: 10_000 } },
  },
})
