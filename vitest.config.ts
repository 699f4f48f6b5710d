import { cloudflareTest } from '@cloudflare/vitest-pool-workers'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { withoutOwnerPredicate } from './test/support/without-owner-predicate.ts'

type Plugin = NonNullable<TestProjectInlineConfiguration['plugins']>[number]

/** Wide enough for tests that ask a lot as one person, and one that is soon used up. */
const RATE_LIMITS = {
  DATA_LIMIT: { namespace_id: '1', simple: { limit: 1_000_000_000, period: 60 as const } },
  AUTH_LIMIT: { namespace_id: '2', simple: { limit: 1_000_000_000, period: 60 as const } },
  SMALL_LIMIT: { namespace_id: '3', simple: { limit: 3, period: 60 as const } },
}

/** Tests that run in workerd, with the Worker beside them and a local Neon of their own. */
const inWorkerd = (
  name: string,
  include: string[],
  { plugins = [], isolate = false }: { plugins?: Plugin[]; isolate?: boolean } = {},
): TestProjectInlineConfiguration => ({
  plugins: [
    ...plugins,
    cloudflareTest(({ inject }) => ({
      main: './src/index.ts',
      miniflare: {
        compatibilityDate: '2026-11-01',
        // The second lets a test bring about the event that the clock brings about.
        compatibilityFlags: ['nodejs_compat', 'service_binding_extra_handlers'],
        bindings: inject('bindings'),
        ratelimits: RATE_LIMITS,
      },
    })),
  ],
  test: {
    name,
    include,
    globalSetup: './test/support/global-setup.ts',
    // Unless they are isolated, files share their modules: most of a file's time would go into loading Better
    // Auth anew.
    isolate,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})

/** Tests that run in Node, and start what they need themselves. */
const inNode = (name: string, include: string[]): TestProjectInlineConfiguration => ({
  test: { name, include, environment: 'node', testTimeout: 60_000, hookTimeout: 60_000 },
})

const ISOLATION = ['test/isolation/**/*.test.ts']

export default defineConfig({
  test: {
    // The Worker's request log would drown the report; a failing test says what it saw.
    silent: 'passed-only',
    // Much of a run is waiting: for deadlines, for processes to start. Three at a time keep two cores busy.
    maxWorkers: 3,
    projects: [
      inWorkerd('shipped', ['test/*.test.ts', 'test/web/*.test.ts', ...ISOLATION]),
      inWorkerd('without-scope', ISOLATION, { plugins: [withoutOwnerPredicate()] }),
      inWorkerd('without-rls', ISOLATION),
      inWorkerd('log', ['test/log/**/*.test.ts'], { isolate: true }),
      // Isolated, since it asks of an isolate that is cold.
      inWorkerd('postgres', ['test/concurrency/**/*.test.ts'], { isolate: true }),
      inNode('contract', ['test/contract/**/*.test.ts']),
      inNode('local', ['test/local/**/*.test.ts']),
      inNode('commands', ['test/commands/**/*.test.ts']),
      inNode('fuzz', ['test/fuzz/**/*.test.ts']),
    ],
  },
})
