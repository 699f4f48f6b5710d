import { problem } from '../http/problem.ts'

/** A line of a calendar, unfolded, and where it began. */
export interface CalendarLine {
  text: string
  line: number
}

/** A component right within a calendar, with its own lines, but not those of what it contains. */
export interface CalendarComponent {
  name: string
  line: number
  lines: CalendarLine[]
  /** The names of the components that it contains. */
  inner: string[]
}

export interface Calendar {
  /** The lines of the calendar itself. */
  lines: CalendarLine[]
  components: CalendarComponent[]
}

/** The components of a calendar (RFC 5545). Throws `invalid_request`, with the line, where it does not begin or end as one. */
export const readComponents = (text: string): Calendar => {
  const calendar: Calendar = { lines: [], components: [] }
  const open: { name: string; line: number }[] = []
  for (const { text: content, line } of unfolded(text)) {
    const [, mark, name = ''] = /^(BEGIN|END):([A-Za-z0-9-]+)[ \t]*$/i.exec(content) ?? []
    const component = calendar.components.at(-1)
    if (mark?.toUpperCase() === 'BEGIN') {
      const begun = name.toUpperCase()
      if (open.length === 0 && begun !== CALENDAR) throw malformed(line, `must begin with BEGIN:${CALENDAR}`)
      if (open.length === MAX_DEPTH) throw malformed(line, 'is nested too deep')
      if (open.length === 1) calendar.components.push({ name: begun, line, lines: [], inner: [] })
      if (open.length === 2) component?.inner.push(begun)
      open.push({ name: begun, line })
    } else if (mark) {
      if (open.pop()?.name !== name.toUpperCase()) throw malformed(line, 'ends what has not begun')
    } else if (open.length === 0) {
      throw malformed(line, `must begin with BEGIN:${CALENDAR}`)
    } else if (open.length === 1) {
      calendar.lines.push({ text: content, line })
    } else if (open.length === 2) {
      component?.lines.push({ text: content, line })
    }
  }
  const unended = open.at(-1)
  if (unended) throw malformed(unended.line, 'has no end')
  if (calendar.components.length === 0 && calendar.lines.length === 0) {
    throw malformed(1, `must begin with BEGIN:${CALENDAR}`)
  }
  return calendar
}

const CALENDAR = 'VCALENDAR'
const MAX_DEPTH = 8

/** Lines that begin with white space go on with the one before (RFC 5545, 3.1). */
function* unfolded(text: string): Generator<CalendarLine> {
  let current: { parts: string[]; line: number } | undefined
  let line = 0
  for (const physical of text.split(/\r\n|\n|\r/)) {
    line += 1
    if (current && /^[ \t]/.test(physical)) current.parts.push(physical.slice(1))
    else {
      if (current) yield { text: current.parts.join(''), line: current.line }
      current = physical === '' ? undefined : { parts: [physical], line }
    }
  }
  if (current) yield { text: current.parts.join(''), line: current.line }
}

const malformed = (line: number, message: string) =>
  problem('invalid_request', { errors: [{ path: `lines.${line}`, message }] })
