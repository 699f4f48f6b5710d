import fc from 'fast-check'
import { generateKeyBetween } from 'fractional-indexing'
import { describe, it } from 'vitest'
import { sql } from './support/database.ts'
import { holds } from './support/property.ts'

type Neighbours = readonly [low: string | null, high: string | null]

/** Where the database puts what is to stand between each two. */
const placed = async (gaps: Neighbours[]): Promise<unknown[]> => {
  const side = (index: 0 | 1) => `{${gaps.map((gap) => gap[index] ?? 'NULL').join(',')}}`
  const rows = await sql(
    `select edgewise.position_between(low, high) as position
     from unnest($1::text[], $2::text[]) with ordinality as gaps (low, high, place) order by place`,
    [side(0), side(1)],
  )
  return rows.map(({ position }) => position)
}

/** Puts so many things in an order, one after the other, each where `choose` says; yields between which two each of them came. */
const filled = (count: number, choose: (length: number, step: number) => number): Neighbours[] => {
  const keys: string[] = []
  return Array.from({ length: count }, (_, step) => {
    const index = choose(keys.length, step)
    const gap: Neighbours = [keys[index - 1] ?? null, keys[index] ?? null]
    keys.splice(index, 0, generateKeyBetween(...gap))
    return gap
  })
}

const asTheLibrary = (gaps: Neighbours[]) => gaps.map((gap) => generateKeyBetween(...gap))

describe('a position', () => {
  it.for([
    ['at the end', (length: number) => length],
    ['at the beginning', () => 0],
    ['right after the first', (length: number) => Math.min(1, length)],
    ['right before the last', (length: number) => Math.max(0, length - 1)],
    ['in the middle', (length: number) => length >> 1],
    [
      'by turns on one side and the other of the same place',
      (length: number, step: number) => (length >> 1) + (step % 2 && length % 2),
    ],
    ['by turns at both ends', (length: number, step: number) => (step % 2) * length],
  ] as const)('is the one of the library, a thousand times %s', async ([, choose], { expect }) => {
    const gaps = filled(1_000, choose)
    expect(await placed(gaps)).toEqual(asTheLibrary(gaps))
  })

  it('is the one of the library, whatever was put where before', async ({ expect }) => {
    const choices = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
      minLength: 1,
      maxLength: 200,
    })
    await holds(
      fc.asyncProperty(choices, async (places) => {
        const gaps = filled(places.length, (length, step) => Math.floor((places[step] ?? 0) * (length + 1)))
        expect(await placed(gaps)).toEqual(asTheLibrary(gaps))
      }),
      60,
    )
  })

  it('is the one of the library between any two, however long', async ({ expect }) => {
    const digit = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
    const head = fc.constantFrom(...'ABCYZabcyz')
    const key = fc
      .tuple(head, fc.array(digit, { minLength: 26, maxLength: 26 }), fc.array(digit, { maxLength: 6 }))
      .map(([first, digits, fraction]) => {
        const length = first >= 'a' ? first.charCodeAt(0) - 96 : 91 - first.charCodeAt(0)
        return `${first}${digits.slice(0, length).join('')}${fraction.join('').replace(/0+$/, '')}`
      })
      .filter((text) => text !== LOWEST)
    const ends = fc.option(key)
    await holds(
      fc.asyncProperty(fc.array(fc.tuple(ends, ends), { minLength: 1, maxLength: 50 }), async (pairs) => {
        const gaps = pairs
          .map(([one, other]): Neighbours => (one && other && one > other ? [other, one] : [one, other]))
          .filter(([low, high]) => low === null || low !== high)
        expect(await placed(gaps)).toEqual(asTheLibrary(gaps))
      }),
      100,
    )
  })

  it('is the one of the library between neighbours, from between which others have gone', async ({
    expect,
  }) => {
    const fraction = fc
      .array(fc.constantFrom('0', '1', 'V', 'W', 'y', 'z'), { maxLength: 4 })
      .map((digits) => `a0${digits.join('').replace(/0+$/, '')}`)
    await holds(
      fc.asyncProperty(
        fc.array(fc.tuple(fraction, fraction), { minLength: 1, maxLength: 50 }),
        async (pairs) => {
          const gaps = pairs
            .map(([one, other]): Neighbours => (one > other ? [other, one] : [one, other]))
            .filter(([low, high]) => low !== high)
          expect(await placed(gaps)).toEqual(asTheLibrary(gaps))
        },
      ),
      60,
    )
  })

  it('is the one of the library at the ends of what a position can be, and where its length changes', async ({
    expect,
  }) => {
    const highest = `z${'z'.repeat(26)}`
    const next = `A${'0'.repeat(25)}1`
    const gaps: Neighbours[] = [
      [highest, null],
      [`${highest}zzz`, null],
      [null, next],
      [null, `${LOWEST}V`],
      [null, `${LOWEST}01`],
      ['Zz', 'a0'],
      // Where numbers get a digit more, or one less.
      ['Yzz', null],
      ['Yzz', 'a0'],
      ['Xzzz', 'a5'],
      ['az', null],
      ['bzz', null],
      [null, 'b00'],
      [null, 'c000'],
      [null, 'Z0'],
      [null, 'Y00'],
    ]
    expect(await placed(gaps)).toEqual(asTheLibrary(gaps))
  })
})

/** No key is this: nothing would come before it. */
const LOWEST = `A${'0'.repeat(26)}`
