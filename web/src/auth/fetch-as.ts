/**
 * A `fetch` that takes access tokens of that person only. The session is a cookie, which all tabs share: when somebody else has signed in,
 * this tab must not write to their account what was meant for another.
 */
export const fetchAs =
  (userId: string, fetchIt: typeof fetch = (...request) => fetch(...request)): typeof fetch =>
  async (...request) => {
    const answer = await fetchIt(...request)
    if (!answer.ok || new URL(answer.url).pathname !== '/api/auth/token') return answer
    const { token }: { token: string } = await answer.clone().json()
    return subjectOf(token) === userId ? answer : new Response(null, { status: 401 })
  }

const subjectOf = (token: string): unknown => {
  try {
    const [, payload = ''] = token.split('.')
    return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))).sub
  } catch {
    return undefined
  }
}
