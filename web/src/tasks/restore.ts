import type { Edgewise } from '../../../client/src/index.ts'
import type { Replica } from '../replica/replica.ts'

/**
 * Takes things back out of the trash, with what went along. They are there only once the deletion has been sent, so it waits for that,
 * without a network until there is one; whoever leaves meanwhile finds them in the trash. Throws `EdgewiseError`.
 */
export const restore = async (
  replica: Replica,
  edgewise: Edgewise,
  things: readonly { id: string }[],
): Promise<void> => {
  await allSent(replica)
  for (const { id } of things) await edgewise.trash.restore(id)
  await replica.keepUp()
}

const allSent = (replica: Replica): Promise<void> =>
  new Promise((resolve) => {
    const look = (): boolean => {
      if (replica.picture.unsent > 0) return false
      resolve()
      return true
    }
    if (look()) return
    const end = replica.subscribe(() => {
      if (look()) end()
    })
  })
