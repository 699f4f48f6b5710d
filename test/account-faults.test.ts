import { describe, it } from 'vitest'
import { postAuth, verify } from './support/auth-calls.ts'
import { rowsOf, sql } from './support/database.ts'
import type { Fault } from './support/faults.ts'
import { mailsTo, mailTo, tokenIn } from './support/mail.ts'
import { type OwnWorker, ownWorker } from './support/own-worker.ts'
import { clientOf, type Person, signIn, signUpThemselves } from './support/person.ts'

const PASSWORD = 'correct horse battery staple'
const NEW_PASSWORD = 'a quite different password'

/** No operation makes more calls to the database than this. */
const MAX_CALLS = 25

const refused = (status: number, message: string): Fault['answer'] => ({
  status,
  body: JSON.stringify({ message }),
})

/** Neither is repeated, not even for a read: the request ends there. */
const UNMADE: Fault = { when: 'before', answer: refused(400, 'password authentication failed for user') }
const MADE: Fault = { when: 'after', answer: refused(500, 'could not parse postgres response') }

const ENDS: [string, Fault][] = [
  ['before', UNMADE],
  ['after', MADE],
]

type Send = OwnWorker['send']

/** A request that is cut off at its `nth` call, as if the Worker had died there. */
const cutAt = async (nth: number, fault: Fault, act: (send: Send) => Promise<Response>) => {
  const worker = ownWorker()
  await worker.play([...Array(nth - 1).fill(null), fault, ...Array(MAX_CALLS).fill(UNMADE)])
  const { calls, result } = await worker.counting(() => act(worker.send))
  return { wasCut: calls >= nth, answer: result }
}

/**
 * Cuts an operation off at each of its calls, on something newly `made` each time, and looks at what is left.
 * Gives the number of its calls.
 */
const atEachCall = async <T>(
  fault: Fault,
  make: () => Promise<T>,
  act: (made: T, send: Send) => Promise<Response>,
  look: (made: T, answer: Response, nth: number) => Promise<void>,
): Promise<number> => {
  for (let nth = 1; nth <= MAX_CALLS; nth += 1) {
    const made = await make()
    const { wasCut, answer } = await cutAt(nth, fault, (send) => act(made, send))
    await look(made, answer, nth)
    if (!wasCut) return nth - 1
  }
  throw new Error(`the operation makes more than ${MAX_CALLS} calls`)
}

const newAddress = () => `ada-${crypto.randomUUID()}@example.com`
const register = (email: string, send?: Send) =>
  postAuth('/sign-up/email', { name: 'Ada', email, password: PASSWORD }, undefined, send)

const letsIn = (email: string, password: string) =>
  signIn(email, password).then(
    () => true,
    () => false,
  )

const isLive = async (token: string) => (await clientOf(token).send('GET', '/v1/me')).status === 200

/** What somebody does who was told that it did not work: asks again, and follows what the mail says. */
const getIn = async (email: string) => {
  const sofar = (await mailsTo(email)).length
  if ((await register(email)).status !== 200) throw new Error('signing up again was refused')
  const mail = await mailTo(email, sofar + 1)
  const token = tokenIn(mail)
  if (!mail.text.includes('/reset-password?')) await verify(token)
  else await postAuth('/reset-password', { token, newPassword: PASSWORD })
  return signIn(email, PASSWORD)
}

/** The way in that is left to everybody with an account. */
const getInByReset = async (email: string) => {
  const sofar = (await mailsTo(email)).length
  await postAuth('/request-password-reset', { email })
  const token = tokenIn(await mailTo(email, sofar + 1))
  await postAuth('/reset-password', { token, newPassword: 'yet another password' })
  return signIn(email, 'yet another password')
}

describe.for(ENDS)('cut off at each of its calls, %s the call is made,', ([, fault]) => {
  const cut = { timeout: 300_000 }

  it('sign-up leaves an account that its owner can get into', cut, async ({ expect }) => {
    const calls = await atEachCall(
      fault,
      async () => newAddress(),
      (email, send) => register(email, send),
      async (email) => {
        const ada = await getIn(email)
        expect((await ada.send('GET', '/v1/me')).status).toBe(200)
        expect(await sql('select count(*) from users where email = $1', [email])).toEqual([{ count: '1' }])
      },
    )
    expect(calls).toBeGreaterThan(2)
  })

  it('confirming an address leaves it to be confirmed, or confirmed', cut, async ({ expect }) => {
    const calls = await atEachCall(
      fault,
      async () => {
        const email = newAddress()
        await register(email)
        return { email, token: tokenIn(await mailTo(email)) }
      },
      ({ token }, send) => verify(token, send),
      async ({ email, token }) => {
        if (!(await letsIn(email, PASSWORD))) await verify(token)
        expect(await letsIn(email, PASSWORD)).toBe(true)
      },
    )
    expect(calls).toBeGreaterThan(0)
  })

  it('a reset makes the new password the only one, or leaves all as it was', cut, async ({ expect }) => {
    const calls = await atEachCall(
      fault,
      async () => {
        const ada = await signUpThemselves('ada')
        await postAuth('/request-password-reset', { email: ada.email })
        return { ada, token: tokenIn(await mailTo(ada.email, 2)) }
      },
      ({ token }, send) => postAuth('/reset-password', { token, newPassword: NEW_PASSWORD }, undefined, send),
      async ({ ada }) => {
        const { wasLive, old, fresh } = await passwordsOf(ada)
        expect({ wasLive, old }).toEqual({ wasLive: !fresh, old: !fresh })
        await getInByReset(ada.email)
      },
    )
    expect(calls).toBeGreaterThan(2)
  })

  it('a change of password ends every session, or leaves all as it was', cut, async ({ expect }) => {
    const calls = await atEachCall(
      fault,
      () => signUpThemselves('ada'),
      (ada, send) => {
        const body = { currentPassword: ada.password, newPassword: NEW_PASSWORD }
        return postAuth('/change-password', body, ada.sessionToken, send)
      },
      async (ada) => {
        const { wasLive, old, fresh } = await passwordsOf(ada)
        expect({ wasLive, old }).toEqual({ wasLive: !fresh, old: !fresh })
        await getInByReset(ada.email)
      },
    )
    expect(calls).toBeGreaterThan(2)
  })

  it('a change of address leaves one address, which lets in', cut, async ({ expect }) => {
    const steps: ((ada: Person, email: string, send: Send) => Promise<Response>)[] = [
      (ada, email, send) => postAuth('/change-email', { newEmail: email }, ada.sessionToken, send),
      async (ada, _, send) => verify(tokenIn(await mailTo(ada.email, 2)), send),
      async (_, email, send) => verify(tokenIn(await mailTo(email)), send),
    ]
    for (const [last, step] of steps.entries()) {
      await atEachCall(
        fault,
        async () => {
          const made = { ada: await signUpThemselves('ada'), email: newAddress() }
          for (const before of steps.slice(0, last)) await before(made.ada, made.email, ownWorker().send)
          return made
        },
        ({ ada, email }, send) => step(ada, email, send),
        async ({ ada, email }) => {
          const ways = [await letsIn(ada.email, ada.password), await letsIn(email, ada.password)]
          expect(ways.filter(Boolean)).toEqual([true])
        },
      )
    }
  })

  it('a deletion leaves all, or nothing', cut, async ({ expect }) => {
    const calls = await atEachCall(
      fault,
      async () => {
        const ada = await signUpThemselves('ada')
        await ada.addTask('buy milk')
        return ada
      },
      (ada, send) => postAuth('/delete-user', { password: ada.password }, ada.sessionToken, send),
      async (ada) => {
        const rows = await rowsOf(ada.id)
        const isThere = rows.length > 0
        expect([isThere, await letsIn(ada.email, ada.password), await isLive(ada.token)]).toEqual(
          Array(3).fill(isThere),
        )
        expect(rows.filter(({ in_table: table }) => table === 'tasks').length).toBe(isThere ? 1 : 0)
        if (!isThere) await getIn(ada.email)
      },
    )
    expect(calls).toBeGreaterThan(2)
  })
})

/** Which of both passwords let in, and whether an access token from before still does. */
const passwordsOf = async (ada: Person) => ({
  wasLive: await isLive(ada.token),
  old: await letsIn(ada.email, ada.password),
  fresh: await letsIn(ada.email, NEW_PASSWORD),
})
