import { type ReactNode, useEffect, useRef } from 'react'

interface AuthPageProps {
  title: string
  /** What is below the form: the ways to the other pages. */
  footer: ReactNode
  children: ReactNode
}

/** The frame of the pages for those who are not signed in. Its heading gets the focus, so that a screen reader says where one is. */
export const AuthPage = ({ title, footer, children }: AuthPageProps) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Edgewise`
    // Not where a password manager or the person has begun already.
    if (document.activeElement === document.body) heading.current?.focus()
  }, [title])
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 py-[clamp(2rem,12vh,8rem)]">
      <div className="w-full max-w-sm">
        <p className="mb-8 flex items-center justify-center gap-2 font-semibold tracking-tight">
          <img src="/icon.svg" alt="" width="24" height="24" />
          Edgewise
        </p>
        <div className="sm:rounded-lg sm:border sm:border-line sm:bg-raised sm:p-8">
          <h1 ref={heading} tabIndex={-1} className="mb-6 text-xl font-semibold text-balance outline-none">
            {title}
          </h1>
          {children}
        </div>
        <div className="mt-6 text-center text-sm text-muted">{footer}</div>
      </div>
    </main>
  )
}

/** What happened, told at the top of a page. */
export const Note = ({ tone = 'plain', children }: { tone?: 'plain' | 'danger'; children: ReactNode }) => (
  <p
    role={tone === 'danger' ? 'alert' : 'status'}
    className={`mb-5 rounded-md px-3 py-2.5 text-sm ${tone === 'danger' ? 'bg-danger-soft text-danger' : 'bg-accent-soft'}`}
  >
    {children}
  </p>
)

export const WAY = 'underline underline-offset-2 hover:text-ink'
