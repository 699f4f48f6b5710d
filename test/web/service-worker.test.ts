import { describe, it } from 'vitest'
import { isOfApp, isWhatItShouldBe } from '../../web/service-worker/paths.ts'

const answer = (type: string, status = 200) => new Response('', { status, headers: { 'Content-Type': type } })

describe('the service worker', () => {
  it.for(['/', '/today', '/lists/7', '/sign-in', '/account'])('answers for %s', (path, { expect }) => {
    expect(isOfApp(path)).toBe(true)
  })

  it.for([
    '/v1/tasks',
    '/api/auth/token',
    '/health',
    '/health/ready',
    '/openapi.json',
    '/docs',
    '/verify-email',
    '/reset-password',
  ])('leaves %s to the server', (path, { expect }) => {
    expect(isOfApp(path)).toBe(false)
  })

  it.for([
    ['/', 'text/html; charset=utf-8', 200, true],
    ['/app/index-1.js', 'text/javascript', 200, true],
    ['/app/index-1.css', 'text/css', 200, true],
    ['/app/gone-1.js', 'text/html; charset=utf-8', 200, false],
    ['/app/index-1.js', 'text/javascript', 500, false],
    ['/', 'text/plain', 200, false],
  ] as const)('keeps %s as %s with %i: %s', ([file, type, status, isKept], { expect }) => {
    expect(isWhatItShouldBe(file, answer(type, status))).toBe(isKept)
  })
})
