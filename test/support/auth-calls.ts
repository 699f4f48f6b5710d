import { send } from './worker.ts'

/** Posts to an operation below `/api/auth`, with a session token as the bearer if one is given. */
export const postAuth = (
  path: string,
  body: object,
  session?: string,
  through: (path: string, init?: RequestInit) => Promise<Response> = send,
): Promise<Response> =>
  through(`/api/auth${path}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(session !== undefined && { Authorization: `Bearer ${session}` }),
    },
    body: JSON.stringify(body),
  })

/** Opens the link of a mail, as the page behind it does. */
export const verify = (token: string, through = send): Promise<Response> =>
  through(`/api/auth/verify-email?token=${token}`)
