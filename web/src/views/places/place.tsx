import type { ReactNode } from 'react'
import { Link, useRoute } from 'wouter'
import { icons } from '../../ui/icons.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'

interface PlaceProps {
  href: string
  icon: ReactNode
  name: string
  count?: number
  tone?: 'plain' | 'danger'
  menu?: { label: string; items: readonly MenuItem[] }
}

/** A way to a page, with how much there is and what can be done with it. */
export const Place = ({ href, icon, name, count = 0, tone = 'plain', menu }: PlaceProps) => {
  const [isHere] = useRoute(href)
  return (
    <div
      className={`group relative flex items-center rounded-md pe-1 ${
        isHere ? 'bg-accent-soft font-medium text-ink' : 'text-muted hover:bg-line/50 hover:text-ink'
      }`}
    >
      <Link
        href={href}
        draggable={false}
        aria-current={isHere ? 'page' : undefined}
        className="flex min-h-9 min-w-0 grow items-center gap-2.5 rounded-md ps-2 pe-1"
      >
        {tone === 'danger' ? <span className="text-danger">{icon}</span> : icon}
        <span dir="auto" className="grow truncate">
          {name}
        </span>
        {count > 0 && (
          <span
            className={`pe-1 text-sm font-normal text-muted tabular-nums ${menu ? 'md:pointer-fine:group-focus-within:invisible md:pointer-fine:group-hover:invisible' : 'max-md:me-7 pointer-coarse:me-11'}`}
          >
            {count}
            <span className="sr-only"> {count === 1 ? 'task' : 'tasks'}</span>
          </span>
        )}
      </Link>
      {menu && (
        <Menu
          label={menu.label}
          items={menu.items}
          button={icons.more}
          className="grid size-7 shrink-0 place-items-center rounded-md hover:bg-line aria-expanded:opacity-100 md:pointer-fine:absolute md:pointer-fine:end-1 [&_svg]:size-4.5 md:pointer-fine:opacity-0 md:pointer-fine:group-focus-within:opacity-100 md:pointer-fine:group-hover:opacity-100"
        />
      )}
    </div>
  )
}

export const Dot = ({ color }: { color: string | null }) => (
  <span className="grid size-5 shrink-0 place-items-center">
    <span className="size-2.5 rounded-full" style={{ background: color ?? 'var(--muted)' }} />
  </span>
)

interface PlaceGroupProps {
  title: string
  /** What the button that adds one is called. */
  add: string
  onAdd: () => void
  children: ReactNode
}

/** Places of one kind, with a button to add one. */
export const PlaceGroup = ({ title, add, onAdd, children }: PlaceGroupProps) => (
  <section>
    <header className="flex items-center justify-between ps-2 pe-1">
      <h2 className="text-xs font-semibold text-muted">{title}</h2>
      <button
        type="button"
        aria-label={add}
        title={add}
        onClick={onAdd}
        className="grid size-7 place-items-center rounded-md text-muted hover:bg-line hover:text-ink [&_svg]:size-4"
      >
        {icons.plus}
      </button>
    </header>
    <ul className="grid grid-cols-1 gap-px">{children}</ul>
  </section>
)
