import { gate } from './auth/gate.ts'
import { keyCache } from './auth/key-cache.ts'
import { isOurKeyId } from './auth/key-id.ts'
import { authRoutes } from './auth/routes.ts'
import { batchRoutes } from './batch/routes.ts'
import { completionRoutes } from './completions/routes.ts'
import { attemptCounter } from './db/attempts.ts'
import { choresOf } from './db/chores.ts'
import { connect, type Effect } from './db/neon.ts'
import { ping } from './db/ping.ts'
import { publicKeys } from './db/public-keys.ts'
import type { Config } from './env.ts'
import { exportRoutes } from './export/routes.ts'
import { healthRoutes } from './health/routes.ts'
import { boundedBody } from './http/body.ts'
import { crossOrigin } from './http/cors.ts'
import { idempotency } from './http/idempotency.ts'
import { refuseOtherMethods } from './http/methods.ts'
import { noStore, observe } from './http/observe.ts'
import { onError, onlyErrors } from './http/on-error.ts'
import { serveOpenApi } from './http/openapi.ts'
import { problem } from './http/problem.ts'
import { namedQuery } from './http/query.ts'
import { createRouter } from './http/router.ts'
import { securityHeaders } from './http/security-headers.ts'
import { IMPORT_BODY } from './import/limits.ts'
import { importRoutes } from './import/routes.ts'
import { labelRoutes } from './labels/routes.ts'
import { limitAttempts } from './limits/attempts.ts'
import { shield } from './limits/shield.ts'
import { listRoutes } from './lists/routes.ts'
import { meRoutes } from './me/routes.ts'
import { quickRoutes } from './quick/routes.ts'
import { workedOutFurther } from './recurrence/work-out.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { syncRoutes } from './sync/routes.ts'
import { taskRoutes } from './tasks/routes.ts'
import { trashRoutes } from './trash/routes.ts'
import { upkeep } from './upkeep/upkeep.ts'

/** Less than this leaves a request its whole deadline. */
const NEGLIGIBLE_MS = 20

/** The whole Worker: its middleware in order, then its features. */
export const createApp = (config: Config) => {
  const databasesWithin = (deadlineMs: number) => {
    const database = (effect: Effect) => connect(config.databaseUrl, { deadlineMs, effect })
    return { read: database('read'), 'keyed change': database('keyed change') }
  }
  const databases = databasesWithin(config.databaseDeadlineMs)
  const databasesAfter = (spentMs: number) =>
    spentMs < NEGLIGIBLE_MS ? databases : databasesWithin(config.databaseDeadlineMs - spentMs)
  // Counting twice is harmless, and what is to be counted has not been done yet: like a read, it changes nothing.
  const attempts = limitAttempts({
    count: attemptCounter(
      connect(config.authDatabaseUrl, { deadlineMs: config.databaseDeadlineMs, effect: 'read' }),
    ),
    secret: config.authSecret,
  })
  const findKey = keyCache({
    load: () => publicKeys(databases.read),
    couldExist: (kid) => isOurKeyId(kid, config.authSecret, config.formerAuthSecret),
  })

  const app = createRouter()
  app.onError(onError)
  app.notFound((c) => onError(problem('not_found'), c))

  app.use(observe, securityHeaders(config.baseUrl))
  app.use('/v1/*', crossOrigin(config.corsOrigins))
  const body = boundedBody({ deadlineMs: config.bodyDeadlineMs, others: { '/v1/import': IMPORT_BODY } })
  app.use(
    '/v1/*',
    noStore,
    gate({
      origin: config.baseUrl,
      findKey,
      databasesAfter,
      limiter: config.dataLimiter,
      workOut: workedOutFurther,
    }),
    namedQuery,
    body,
    idempotency,
  )
  app.use('/api/auth/*', noStore, shield(config.authLimiter), namedQuery, body)
  app.use('/health/*', noStore)
  app.use(onlyErrors)

  const routes = app
    .route('/v1/tasks/quick', quickRoutes)
    .route('/v1/tasks', taskRoutes)
    .route('/v1/lists', listRoutes)
    .route('/v1/labels', labelRoutes)
    .route('/v1/completions', completionRoutes)
    .route('/v1/trash', trashRoutes)
    .route('/v1/batch', batchRoutes)
    .route('/v1/sync', syncRoutes)
    .route('/v1/export', exportRoutes)
    .route('/v1/import', importRoutes)
    .route('/v1/me', meRoutes)
    .route('/v1/me/sessions', sessionRoutes)
    .route('/api/auth', authRoutes(config, attempts))
    .route(
      '/health',
      healthRoutes(() => ping(databases.read)),
    )

  serveOpenApi(app, config.baseUrl)
  refuseOtherMethods(app)
  return routes
}

/**
 * What is done by the clock, as the sign-in role: the one that acts for no user in particular. What a step that got no answer
 * deleted is not there for its repeat, so that it may be repeated like a read.
 */
export const createUpkeep = (config: Config) => () =>
  upkeep(choresOf(connect(config.authDatabaseUrl, { deadlineMs: config.databaseDeadlineMs, effect: 'read' })))

/** The routes' types, for a typed client. @public */
export type AppType = ReturnType<typeof createApp>
