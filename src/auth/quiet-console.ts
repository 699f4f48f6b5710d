// Better Auth's adapter writes queries that failed to the console, with their values and past its `logger` option
// (@better-auth/core, db/adapter/factory). Nothing of ours uses these channels: the request's own line, by
// console.log, says what can be said.
for (const channel of ['error', 'warn'] as const) console[channel] = () => {}
