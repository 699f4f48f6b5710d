import type { Label } from './contract.ts'
import type { LabelRow } from './repository.ts'

/** A label as the API tells it. */
export const labelView = ({ id, name, color, createdAt, updatedAt, version }: LabelRow): Label => ({
  id,
  name,
  color,
  createdAt,
  updatedAt,
  version,
})
