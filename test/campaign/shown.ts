import { type Effect, type Kind, type State, seenOf, type Thing } from './ledger.ts'

/** A thing as the API or Postgres shows it. */
export interface Shown {
  kind: Kind
  name: string
  id: string
  seen: unknown[]
  position: unknown
}

/** A thing as the API tells it; `nameOf` knows the names of lists and labels by their ids. */
export type View = Record<string, unknown> | undefined

export const shownIn = (
  kind: Kind,
  view: Record<string, unknown>,
  nameOf: (id: unknown) => unknown,
  inTrash = false,
): Shown => {
  const due = (view.due as { date: string } | null | undefined)?.date ?? null
  const title = String(view.title ?? view.name)
  return {
    kind,
    name: kind === 'completion' ? completionName(title, due) : title,
    id: String(view.id),
    position: view.position,
    seen: [
      view.version ?? 1,
      view.notes ?? view.color ?? null,
      typeof view.completedAt === 'string',
      due,
      nameOf(view.listId),
      nameOf(view.parentId),
      nameOf((view.labelIds as unknown[] | undefined)?.[0]),
      inTrash,
    ],
  }
}

/** A task is completed once on each day that it is due. */
export const completionName = (title: string, due: string | null) => `${title} due ${due ?? 'never'}`

export const isShown = ({ name, id, seen, position }: Shown, thing: Thing, state: State): boolean =>
  name === thing.name &&
  (thing.id === '' || thing.id === id) &&
  (state.position === undefined || state.position === position) &&
  JSON.stringify(seen) === JSON.stringify(seenOf(state))

/** Whether an answer shows the thing in that state; learns what only an answer tells. */
export const tells = (view: View, [thing, state]: Effect): boolean => {
  if (!view || !state) return false
  const nameOf = (id: unknown) =>
    [state.list, state.parent, state.label].find((other) => other?.id === id)?.name ?? id ?? null
  const shown = shownIn(thing.kind, view, nameOf)
  if (!isShown(shown, thing, state)) return false
  thing.id = shown.id
  if (typeof shown.position === 'string') state.position = shown.position
  return true
}
