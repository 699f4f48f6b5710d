import { z } from '@hono/zod-openapi'
import type { Versions } from '../db/versions.ts'

const MAX_VERSION_DIGITS = 9
const ENTITY_TAG = /(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/y
/** Between list elements; empty ones are skipped (RFC 9110, 5.6.1). */
const SEPARATOR = /[ \t]*(?:(?:,[ \t]*)+|$)/y

/** The entity tag of a resource's version: strong, as every change raises the version (RFC 9110, 8.8.3). */
export const etagOf = (version: number): string => `"${version}"`

/** The `If-Match` header; a tag that is weak or not of ours matches no version (RFC 9110, 13.1.1). */
export const IfMatch = z.object({
  'if-match': z
    .string()
    .optional()
    .transform((header, context): Versions => {
      if (header === undefined) return undefined
      if (header.trim() === '*') return 'any'
      const tags = entityTagsIn(header)
      if (!tags) {
        context.addIssue({ code: 'custom', message: 'must be * or a list of entity tags like "3"' })
        return z.NEVER
      }
      return tags.flatMap(({ weak, value }) => (weak ? [] : versionIn(value)))
    })
    .openapi({
      type: 'string',
      description: 'Change only this version: an `ETag` that was received, a list of them, or `*`',
      example: '"3"',
    }),
})

/** The `If-None-Match` header, as it came. */
export const IfNoneMatch = z.object({
  'if-none-match': z.string().optional().openapi({
    description: 'Answer 304 without a body if the resource still has this `ETag`',
    example: '"3"',
  }),
})

/** Whether the client's copy is current, by weak comparison (RFC 9110, 13.1.2); a malformed header is not. */
export const isCurrent = (ifNoneMatch: string | undefined, etag: string): boolean => {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch.trim() === '*') return true
  return entityTagsIn(ifNoneMatch)?.some(({ value }) => `"${value}"` === etag) ?? false
}

interface EntityTag {
  weak: boolean
  value: string
}

const entityTagsIn = (header: string): EntityTag[] | undefined => {
  const text = header.trim().replace(/^(?:,[ \t]*)+/, '')
  const tags: EntityTag[] = []
  for (let at = 0; at < text.length; at = SEPARATOR.lastIndex) {
    ENTITY_TAG.lastIndex = at
    const match = ENTITY_TAG.exec(text)
    if (!match) return undefined
    SEPARATOR.lastIndex = ENTITY_TAG.lastIndex
    if (!SEPARATOR.test(text)) return undefined
    tags.push({ weak: match[1] !== undefined, value: match[2] ?? '' })
  }
  return tags.length > 0 ? tags : undefined
}

const versionIn = (value: string): number[] =>
  /^[1-9]\d*$/.test(value) && value.length <= MAX_VERSION_DIGITS ? [Number(value)] : []
