import * as z from 'zod'
import { refused } from './fault.ts'

/** What a provider says of a person, as far as we ask. */
export interface Claims {
  /** What names the person at the provider for good (OIDC Core, 2: at most 255 ASCII characters). */
  subject: string
  email: unknown
  emailVerified: boolean
  name: unknown
}

const Subject = z.string().regex(/^[\x20-\x7e]{1,255}$/)
const Email = z.email().max(254)
const MAX_NAME_LENGTH = 200

/** The person as Better Auth takes one, held to what sign-up would take; the rest, a picture say, is dropped. */
export const profileOf = ({ subject, email, emailVerified, name }: Claims) => {
  if (!Subject.safeParse(subject).success) throw refused('subject_unfit')
  const address = Email.safeParse(email).data
  return {
    user: { name: nameIn(name) || address?.split('@')[0] || '', email: address ?? null, emailVerified },
    data: { subject },
  }
}

const nameIn = (name: unknown): string => {
  if (typeof name !== 'string') return ''
  const characters = [...name.toWellFormed().replaceAll('\0', '')]
  return characters.slice(0, MAX_NAME_LENGTH).join('').trim()
}
