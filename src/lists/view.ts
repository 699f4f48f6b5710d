import type { List } from './contract.ts'
import type { ListRow } from './repository.ts'

/** A list as the API tells it. */
export const listView = ({
  id,
  name,
  color,
  position,
  archivedAt,
  createdAt,
  updatedAt,
  version,
}: ListRow): List => ({
  id,
  name,
  color,
  position,
  archivedAt,
  createdAt,
  updatedAt,
  version,
})
