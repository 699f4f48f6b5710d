import { type ReactNode, useEffect } from 'react'

interface PageHeaderProps {
  title: string
  /** What stands before the title. */
  mark?: ReactNode
  /** A line below it. */
  note?: ReactNode
  /** What can be done with the page as a whole. */
  children?: ReactNode
}

/** The name of a page, which is where the focus goes when one comes to it. */
export const PageHeader = ({ title, mark, note, children }: PageHeaderProps) => {
  useEffect(() => {
    document.title = `${title} · Edgewise`
  }, [title])
  return (
    <header className="mb-4 flex flex-wrap items-start gap-3">
      <div className="min-w-0 grow basis-0">
        <h1
          tabIndex={-1}
          className="flex items-baseline gap-3 text-2xl font-semibold tracking-tight outline-none"
        >
          {mark}
          <span dir="auto" className="min-w-0 break-words">
            {title}
          </span>
        </h1>
        {note && <p className="mt-0.5 text-sm text-muted">{note}</p>}
      </div>
      {children}
    </header>
  )
}
