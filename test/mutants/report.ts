import { idOf, type Mutant } from './mutant.ts'
import type { Outcome } from './outcome.ts'

type Verdict = 'killed' | 'lives, as is known' | 'SURVIVED' | 'BROKEN' | 'DIES AFTER ALL'
const AS_IT_SHOULD_BE: readonly Verdict[] = ['killed', 'lives, as is known']

export interface Judged {
  mutant: Mutant
  verdict: Verdict
}

export const verdictOn = ({ lives, breaks }: Mutant, { ended }: Outcome): Verdict => {
  const dies = ended === 'red' || (ended === 'broken' && breaks)
  if (lives !== undefined) return ended === 'green' ? 'lives, as is known' : 'DIES AFTER ALL'
  if (dies) return 'killed'
  return ended === 'green' ? 'SURVIVED' : 'BROKEN'
}

export const described = (outcome: Outcome): string => {
  if (outcome.ended === 'green') return `    ${outcome.tests} tests stay green`
  if (outcome.ended === 'red') return `    ${outcome.by}\n    ${outcome.message}`
  return `    ${outcome.message.replaceAll('\n', '\n    ')}`
}

export const report = (all: Judged[], chosen: readonly Mutant[]): boolean => {
  say('')
  for (const [verdict, some] of Map.groupBy(all, (one) => one.verdict)) {
    say(`${verdict}: ${some.length} of ${chosen.length}`)
    if (verdict !== 'killed') for (const { mutant } of some) say(`  ${idOf(mutant)}`)
  }
  if (all.length < chosen.length) say(`not begun in time: ${chosen.length - all.length} of ${chosen.length}`)
  return all.length > 0 && all.every(({ verdict }) => AS_IT_SHOULD_BE.includes(verdict))
}

export const say = (text: string): true => {
  console.log(text)
  return true
}

export const secondsSince = (startedAt: number): string => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`
