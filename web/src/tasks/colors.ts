/** The colours that lists and labels can be given: each shows on both grounds. */
export const COLORS: readonly (readonly [name: string, color: string])[] = [
  ['Red', '#d0453c'],
  ['Orange', '#c2640c'],
  ['Yellow', '#a67c00'],
  ['Green', '#2f8a4c'],
  ['Teal', '#0f8390'],
  ['Blue', '#4263eb'],
  ['Purple', '#8a4fd0'],
  ['Pink', '#c2387f'],
]
