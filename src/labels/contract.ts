import { z } from '@hono/zod-openapi'
import { color, id, instant, ownId, saysSomething, version } from '../http/fields.ts'
import { pageOf, pageQuery } from '../http/page.ts'
import { text } from '../http/text.ts'

const MAX_NAME_CHARACTERS = 100

const name = text({ min: 1, max: MAX_NAME_CHARACTERS, trim: true }).openapi({
  description: 'No two labels of yours may differ in letter case alone',
  example: 'errand',
})

export const Label = z
  .object({ id, name, color, createdAt: instant, updatedAt: instant, version })
  .openapi('Label')

export const NewLabel = z
  .strictObject({ id: ownId, name, color: color.default(null) })
  .openapi('NewLabel', { example: { name: 'errand' } })

export const LabelPatch = z
  .strictObject({ name: name.optional(), color: color.optional() })
  .refine(saysSomething, 'must change at least one field')
  .openapi('LabelPatch', { minProperties: 1, example: { color: '#cc3366' } })

export const LabelQuery = z.strictObject(pageQuery)

export const LabelPage = pageOf(Label).openapi('LabelPage')

export type Label = z.infer<typeof Label>
export type NewLabel = z.infer<typeof NewLabel>
export type LabelPatch = z.infer<typeof LabelPatch>
