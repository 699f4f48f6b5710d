import { z } from '@hono/zod-openapi'
import { pageOf, pageQuery } from '../http/page.ts'
import { MAX_NAME_CHARACTERS } from './device.ts'

const id = z.uuid({ error: 'must be a UUID' }).openapi({ example: '019aa2f4-8a3c-7d52-9c11-3f0f5a1b2c3d' })
const instant = z.iso.datetime().openapi({ example: '2026-11-21T09:30:00.000Z' })
const name = (example: string) => z.string().max(MAX_NAME_CHARACTERS).nullable().openapi({ example })

const Device = z
  .object({
    browser: name('Firefox').openapi({ description: 'Or another program' }),
    os: name('Linux'),
    type: name('desktop').openapi({ description: 'desktop, mobile, tablet, tv, …' }),
  })
  .openapi('Device', { description: 'What the device said of itself when it signed in' })

/** Without the session's token: whoever holds one session must not get the others by listing them. */
export const OwnSession = z
  .object({
    id,
    current: z.boolean().openapi({ description: 'Whether this request is of it' }),
    device: Device.nullable().openapi({ description: 'null when nothing is known' }),
    ipAddress: z
      .string()
      .nullable()
      .openapi({ description: 'Where it signed in from', example: '2001:db8::1' }),
    createdAt: instant,
    lastUsedAt: instant.openapi({ description: 'When an access token was last made of it' }),
    expiresAt: instant,
  })
  .openapi('OwnSession')

export const SessionId = z.object({ id: id.openapi({ param: { name: 'id', in: 'path' } }) })

export const SessionQuery = z.strictObject(pageQuery)

export const SessionPage = pageOf(OwnSession).openapi('SessionPage')

export type OwnSession = z.infer<typeof OwnSession>
export type Device = z.infer<typeof Device>
