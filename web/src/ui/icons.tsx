import type { ReactNode } from 'react'

const icon = (children: ReactNode) => (
  <svg
    aria-hidden="true"
    viewBox="0 0 20 20"
    width="20"
    height="20"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.6"
    strokeLinecap="round"
    strokeLinejoin="round"
    className="shrink-0"
  >
    {children}
  </svg>
)

/** Line drawings on a grid of 20, in the colour of the text around them. */
export const icons = {
  notSaved: icon(
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 6.5v4.2M10 13.4v.1" />
    </>,
  ),
  inbox: icon(<path d="M3 11l2.2-6.2h9.6L17 11v4.5H3V11zm0 0h4l1 2h4l1-2h4" />),
  today: icon(
    <>
      <rect x="3" y="4" width="14" height="13" rx="2.5" />
      <path d="M3 8h14M7 2.5v3M13 2.5v3" />
      <circle cx="10" cy="12.5" r="1.2" fill="currentColor" />
    </>,
  ),
  upcoming: icon(
    <>
      <rect x="3" y="4" width="14" height="13" rx="2.5" />
      <path d="M3 8h14M7 2.5v3M13 2.5v3M8 12.5h4M10.5 10.8l1.7 1.7-1.7 1.7" />
    </>,
  ),
  search: icon(
    <>
      <circle cx="9" cy="9" r="5.5" />
      <path d="M13.2 13.2L17 17" />
    </>,
  ),
  completed: icon(
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M6.8 10.2l2.2 2.2 4.3-4.6" />
    </>,
  ),
  trash: icon(<path d="M4 6h12M8 6V4h4v2M5.5 6l.7 10.5h7.6L14.5 6M8.5 9v4.5M11.5 9v4.5" />),
  account: icon(
    <>
      <circle cx="10" cy="7" r="3.2" />
      <path d="M3.8 16.5c.8-3 3.2-4.3 6.2-4.3s5.4 1.3 6.2 4.3" />
    </>,
  ),
  list: icon(<path d="M7 5.5h9M7 10h9M7 14.5h9M3.8 5.5h.01M3.8 10h.01M3.8 14.5h.01" />),
  label: icon(<path d="M3.5 9.7V4.5a1 1 0 011-1h5.2l6.8 6.8-6.2 6.2-6.8-6.8zM7 7h.01" />),
  plus: icon(<path d="M10 4v12M4 10h12" />),
  menu: icon(<path d="M3 5.5h14M3 10h14M3 14.5h14" />),
  close: icon(<path d="M5 5l10 10M15 5L5 15" />),
  repeat: icon(
    <path d="M4 9V8a3 3 0 013-3h7m0 0l-2.2-2.2M14 5l-2.2 2.2M16 11v1a3 3 0 01-3 3H6m0 0l2.2 2.2M6 15l2.2-2.2" />,
  ),
  flag: icon(<path d="M5 17V3.5h9.5L12.7 7l1.8 3.5H5" />),
  more: icon(<path d="M5 10h.01M10 10h.01M15 10h.01" strokeWidth="2.4" />),
  down: icon(<path d="M6 8l4 4 4-4" />),
  check: icon(<path d="M4.5 10.5l3.6 3.6 7.4-8" />),
  grip: icon(<path d="M8 5h.01M8 10h.01M8 15h.01M12 5h.01M12 10h.01M12 15h.01" strokeWidth="2.2" />),
  notes: icon(<path d="M4 5.5h12M4 10h12M4 14.5h7" />),
  subtasks: icon(
    <>
      <path d="M4.5 3.5v8.5a2 2 0 002 2H10M4.5 7H10" />
      <circle cx="13" cy="7" r="2.2" />
      <circle cx="13" cy="14" r="2.2" />
    </>,
  ),
  archive: icon(<path d="M3 4.5h14v3.5H3zM4.5 8v8h11V8M8 11h4" />),
  edit: icon(<path d="M4 16l.7-3.3L13 4.4a1.4 1.4 0 012 0l.6.6a1.4 1.4 0 010 2L7.3 15.3 4 16z" />),
  up: icon(<path d="M10 16V4M5 9l5-5 5 5" />),
  lower: icon(<path d="M10 4v12M5 11l5 5 5-5" />),
  select: icon(<path d="M3.5 5.5l1.5 1.5 2.5-3M3.5 13l1.5 1.5L7.5 11.5M11 5.5h6M11 13h6" />),
}
