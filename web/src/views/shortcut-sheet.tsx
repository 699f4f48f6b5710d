import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { Dialog } from '../ui/dialog.tsx'
import { useShortcuts } from '../ui/use-shortcuts.ts'

const SHEET: [title: string, keys: [keys: string, does: string][]][] = [
  [
    'Anywhere',
    [
      ['q', 'Add a task'],
      ['/', 'Search'],
      ['g i', 'Go to the inbox'],
      ['g t', 'Go to today'],
      ['g u', 'Go to upcoming'],
      ['?', 'Show this'],
    ],
  ],
  [
    'On a task',
    [
      ['↓  ↑', 'To the next, to the one before'],
      ['Space', 'Complete'],
      ['Enter', 'Edit'],
      ['x', 'Select, for many at once'],
      ['0 … 3', 'Set the priority'],
      ['Alt ↑  Alt ↓', 'Move'],
      ['Delete', 'Into the trash'],
      ['Esc', 'Let go of the selection'],
    ],
  ],
]

/** Where keys lead that work everywhere, and the sheet that tells them. */
export const ShortcutSheet = () => {
  const [isOpen, setOpen] = useState(false)
  const [, go] = useLocation()
  useShortcuts(
    useMemo(
      () => ({
        '?': () => setOpen(true),
        '/': () => go('/search'),
        'g i': () => go('/inbox'),
        'g t': () => go('/today'),
        'g u': () => go('/upcoming'),
      }),
      [go],
    ),
  )
  if (!isOpen) return null
  return (
    <Dialog title="Keys" onClose={() => setOpen(false)}>
      <div className="grid gap-6 sm:grid-cols-2">
        {SHEET.map(([title, keys]) => (
          <section key={title}>
            <h3 className="mb-2 text-sm font-semibold text-muted">{title}</h3>
            <dl className="grid gap-1.5">
              {keys.map(([key, does]) => (
                <div key={key} className="flex items-baseline justify-between gap-3">
                  <dt className="order-2">
                    <kbd className="rounded-md border border-line bg-sunken px-1.5 py-0.5 text-xs">{key}</kbd>
                  </dt>
                  <dd className="text-sm">{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
