/** How fields and buttons look, wherever they are. */
export const FIELD =
  'min-h-9 rounded-md border border-line bg-ground px-2.5 py-1 text-sm disabled:opacity-50 aria-invalid:border-danger'
export const PRIMARY =
  'rounded-md bg-accent px-3.5 py-1.5 text-sm font-medium text-on-accent hover:bg-accent-strong disabled:opacity-50'
export const QUIET = 'rounded-md px-3 py-1.5 text-sm text-muted hover:bg-sunken hover:text-ink'
export const DANGER = 'rounded-md px-3 py-1.5 text-sm text-danger hover:bg-sunken'
export const ICON_BUTTON =
  'grid size-9 shrink-0 place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink aria-expanded:bg-sunken'
