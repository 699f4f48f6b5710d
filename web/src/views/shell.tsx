import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Link, useLocation, useRoute } from 'wouter'
import { byPosition } from '../replica/position.ts'
import { usePicture } from '../replica/provider.tsx'
import { sectionsOf } from '../tasks/view.ts'
import { icons } from '../ui/icons.tsx'
import { ContactNote } from './contact-note.tsx'
import { ShortcutSheet } from './shortcut-sheet.tsx'

/** The frame of every page of one who is signed in: where to go, how things stand, and the page itself. */
export const Shell = ({ children }: { children: ReactNode }) => {
  const [isOpen, setOpen] = useState(false)
  const [location] = useLocation()
  const main = useRef<HTMLElement>(null)

  // A new page is begun at its top, by screen readers too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is about having gone somewhere
  useEffect(() => {
    setOpen(false)
    main.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [location])

  return (
    <div className="min-h-dvh md:grid md:grid-cols-[16rem_1fr]">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2"
      >
        Skip to your tasks
      </a>
      <header className="sticky top-0 z-20 flex items-center gap-2 border-b border-line bg-ground/90 px-2 py-1.5 backdrop-blur md:hidden">
        <button
          type="button"
          className="rounded-md p-2.5 text-muted hover:bg-sunken"
          aria-expanded={isOpen}
          aria-controls="places"
          onClick={() => setOpen(!isOpen)}
        >
          {icons.menu}
          <span className="sr-only">Menu</span>
        </button>
        <span className="font-semibold">Edgewise</span>
        <ContactNote className="ml-auto pr-2" />
      </header>
      {isOpen && (
        <button
          type="button"
          aria-label="Close the menu"
          className="fixed inset-0 z-20 bg-ink/25 md:hidden"
          onClick={() => setOpen(false)}
        />
      )}
      <Places isOpen={isOpen} />
      <main
        id="main"
        ref={main}
        tabIndex={-1}
        className="mx-auto w-full max-w-3xl px-4 pt-4 pb-32 outline-none md:px-10 md:pt-12"
      >
        {children}
      </main>
      <ShortcutSheet />
    </div>
  )
}

const Places = ({ isOpen }: { isOpen: boolean }) => {
  const picture = usePicture()
  const count = (kind: 'inbox' | 'today') =>
    sectionsOf(picture, { kind }).reduce((sum, { branches }) => sum + branches.length, 0)
  const lists = [...picture.lists.values()]
    .filter(({ archivedAt }) => archivedAt === null)
    .toSorted(byPosition)
  const labels = [...picture.labels.values()].toSorted((a, b) => a.name.localeCompare(b.name))

  return (
    <nav
      id="places"
      aria-label="Places"
      className={`${isOpen ? 'translate-x-0' : '-translate-x-full'} fixed inset-y-0 left-0 z-30 flex w-72 flex-col gap-6 overflow-y-auto border-r border-line bg-sunken p-3 pt-4 transition-transform ease-calm md:sticky md:top-0 md:h-dvh md:w-auto md:translate-x-0`}
    >
      <div className="hidden items-center justify-between px-2 md:flex">
        <span className="font-semibold tracking-tight">Edgewise</span>
        <ContactNote />
      </div>
      <ul className="flex flex-col gap-0.5">
        <Place href="/search" icon={icons.search} name="Search" />
        <Place href="/inbox" icon={icons.inbox} name="Inbox" count={count('inbox')} />
        <Place href="/today" icon={icons.today} name="Today" count={count('today')} />
        <Place href="/upcoming" icon={icons.upcoming} name="Upcoming" />
      </ul>
      <PlaceGroup title="Lists">
        {lists.map(({ id, name, color }) => (
          <Place key={id} href={`/lists/${id}`} icon={<Dot color={color} />} name={name} />
        ))}
      </PlaceGroup>
      <PlaceGroup title="Labels">
        {labels.map(({ id, name, color }) => (
          <Place
            key={id}
            href={`/labels/${id}`}
            icon={<span style={{ color: color ?? 'var(--muted)' }}>{icons.label}</span>}
            name={name}
          />
        ))}
      </PlaceGroup>
      <ul className="mt-auto flex flex-col gap-0.5">
        <Place href="/completed" icon={icons.completed} name="Completed" />
        <Place href="/trash" icon={icons.trash} name="Trash" />
        <Place href="/account" icon={icons.account} name="Account" />
      </ul>
    </nav>
  )
}

const PlaceGroup = ({ title, children }: { title: string; children: ReactNode[] }) =>
  children.length > 0 && (
    <section>
      <h2 className="px-2 pb-1 text-xs font-semibold text-muted">{title}</h2>
      <ul className="flex flex-col gap-0.5">{children}</ul>
    </section>
  )

interface PlaceProps {
  href: string
  icon: ReactNode
  name: string
  count?: number
}

const Place = ({ href, icon, name, count = 0 }: PlaceProps) => {
  const [isHere] = useRoute(href)
  return (
    <li>
      <Link
        href={href}
        aria-current={isHere ? 'page' : undefined}
        className={`flex items-center gap-2.5 rounded-md px-2 py-1.5 ${
          isHere ? 'bg-accent-soft font-medium text-ink' : 'text-muted hover:bg-line/50 hover:text-ink'
        }`}
      >
        {icon}
        <span className="truncate">{name}</span>
        {count > 0 && <span className="ml-auto text-sm text-muted tabular-nums">{count}</span>}
      </Link>
    </li>
  )
}

const Dot = ({ color }: { color: string | null }) => (
  <span className="grid size-5 place-items-center">
    <span className="size-2.5 rounded-full" style={{ background: color ?? 'var(--muted)' }} />
  </span>
)
