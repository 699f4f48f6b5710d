import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { usePicture } from '../replica/provider.tsx'
import { Announcer } from '../ui/announce.tsx'
import { icons } from '../ui/icons.tsx'
import { ContactNote } from './contact-note.tsx'
import { Places } from './places/places.tsx'
import { ShortcutSheet } from './shortcut-sheet.tsx'

/** The frame of every page of one who is signed in: where to go, how things stand, and the page itself. */
export const Shell = ({ children }: { children: ReactNode }) => {
  const [isOpen, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const main = useRef<HTMLElement>(null)
  useFreshPage(main, () => setOpen(false))

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isOpen) return
    setOpen(false)
    opener.current?.focus()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the menu, wherever in the page one is
    <div className="min-h-dvh md:grid md:grid-cols-[16.5rem_minmax(0,1fr)]" onKeyDown={onKeyDown}>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2"
      >
        Skip to your tasks
      </a>
      <header className="sticky top-0 z-20 flex items-center gap-1 bg-ground/90 px-1.5 pt-[env(safe-area-inset-top)] backdrop-blur md:hidden">
        <button
          ref={opener}
          type="button"
          className="grid size-11 place-items-center rounded-md text-muted hover:bg-sunken"
          aria-expanded={isOpen}
          aria-controls="places"
          onClick={() => setOpen(!isOpen)}
        >
          {icons.menu}
          <span className="sr-only">Menu</span>
        </button>
        <ContactNote className="ms-auto pe-3" />
        <NotSavedLink />
      </header>
      {isOpen && (
        <button
          type="button"
          aria-label="Close the menu"
          className="fixed inset-0 z-20 bg-black/40 md:hidden"
          onClick={() => setOpen(false)}
        />
      )}
      <Places isOpen={isOpen} />
      <main
        id="main"
        ref={main}
        tabIndex={-1}
        className="mx-auto w-full max-w-3xl px-4 pt-1 pb-32 outline-none md:px-10 md:pt-12"
      >
        {children}
      </main>
      <ShortcutSheet />
      <Announcer />
    </div>
  )
}

/** For those who do not see the places. */
const NotSavedLink = () => {
  const { length } = usePicture().setAside
  if (length === 0) return null
  return (
    <Link href="/not-saved" className="flex min-h-11 items-center px-3 text-xs text-danger underline">
      {length} not saved
    </Link>
  )
}

/** A new page is begun at its top, by screen readers too: at its heading, unless it has put the focus somewhere itself. */
const useFreshPage = (main: { current: HTMLElement | null }, onFresh: () => void) => {
  const [location] = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is about having gone somewhere
  useEffect(() => {
    onFresh()
    window.scrollTo(0, 0)
    const isWithin = document.activeElement !== main.current && main.current?.contains(document.activeElement)
    if (isWithin) return
    const start = main.current?.querySelector<HTMLElement>('h1[tabindex]') ?? main.current
    start?.focus({ preventScroll: true })
  }, [location])
}
