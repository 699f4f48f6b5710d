/** How fields and buttons of one icon look, wherever they are. */
export const FIELD =
  'min-h-9 rounded-md border border-line bg-ground px-2.5 py-1 text-sm disabled:opacity-50 aria-invalid:border-danger'
export const ICON_BUTTON =
  'grid size-9 shrink-0 place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink aria-expanded:bg-sunken'
