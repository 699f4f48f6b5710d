import { z } from '@hono/zod-openapi'

const instant = z.iso.datetime().openapi({ example: '2026-11-21T09:30:00.000Z' })

export const Me = z
  .object({
    id: z.uuid().openapi({ example: '019aa2f4-8a3c-7d52-9c11-3f0f5a1b2c3d' }),
    name: z.string().openapi({ example: 'Ada' }),
    email: z.string().openapi({ example: 'ada@example.com' }),
    emailVerified: z.boolean(),
    createdAt: instant,
    updatedAt: instant,
  })
  .openapi('Me')

export type Me = z.infer<typeof Me>
