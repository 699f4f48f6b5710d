import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { Dialog } from '../ui/dialog.tsx'
import { useShortcuts } from '../ui/use-shortcuts.ts'

type Keys = readonly (readonly [keys: string, does: string])[]

const SHEET: readonly (readonly [title: string, keys: Keys])[] = [
  [
    'Anywhere',
    [
      ['q', 'Add a task'],
      ['/', 'Search'],
      ['z', 'Undo what was just done'],
      ['g i', 'Go to the inbox'],
      ['g t', 'Go to today'],
      ['g u', 'Go to upcoming'],
      ['g c', 'Go to completed'],
      ['g r', 'Go to the trash'],
      ['g a', 'Go to your account'],
      ['↓', 'Go to the first task'],
      ['?', 'Show these keys'],
    ],
  ],
  [
    'On a task',
    [
      ['↓ ↑', 'Next, previous (j, k too)'],
      ['Enter', 'Edit (e too)'],
      ['Space', 'Complete'],
      ['d', 'When it is due'],
      ['0 … 3', 'Priority: none to high'],
      ['p', 'Choose a priority'],
      ['m', 'Move to a list'],
      ['l', 'Labels'],
      ['Delete', 'Delete'],
    ],
  ],
  [
    'Order',
    [
      ['Alt ↑ ↓', 'Move up, down; lists, too'],
      ['Alt →', 'Below the task above it'],
      ['Alt ←', 'Out from below its parent'],
    ],
  ],
  [
    'Many at once',
    [
      ['x', 'Select'],
      ['Shift ↓ ↑', 'Select more'],
      ['Ctrl a', 'Select all'],
      ['Esc', 'End the selection'],
    ],
  ],
  [
    'While editing',
    [
      ['Ctrl Enter', 'Save'],
      ['Esc', 'Save and close'],
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
        'g c': () => go('/completed'),
        'g r': () => go('/trash'),
        'g a': () => go('/account'),
      }),
      [go],
    ),
  )
  if (!isOpen) return null
  return (
    <Dialog title="Keys" isWide onClose={() => setOpen(false)}>
      <div className="gap-8 sm:columns-2">
        {SHEET.map(([title, keys]) => (
          <section key={title} className="mb-5 break-inside-avoid">
            <h3 className="mb-1.5 text-sm font-semibold text-muted">{title}</h3>
            <dl className="grid gap-1">
              {keys.map(([key, does]) => (
                <div key={key} className="flex items-baseline justify-between gap-3 text-sm">
                  <dt className="order-2 flex shrink-0 gap-1">
                    {key.split(' ').map((part) => (
                      <kbd
                        key={part}
                        className="min-w-6 rounded border border-line bg-sunken px-1.5 py-0.5 text-center font-sans text-xs"
                      >
                        {part}
                      </kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
