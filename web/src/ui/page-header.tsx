import { type ReactNode, useEffect } from 'react'

/** The title of a page, in the tab as well; and what can be done with all that is on it. */
export const PageHeader = ({ title, children }: { title: string; children?: ReactNode }) => {
  useEffect(() => {
    document.title = `${title} · Edgewise`
  }, [title])
  return (
    <header className="mb-4 flex min-h-10 flex-wrap items-center justify-between gap-3">
      <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
      {children}
    </header>
  )
}
