/** The figures of a run: requests in all and a second, and for each operation how often which status. */
export const report = (tally: ReadonlyMap<string, number>, seconds: number, seed: number): string => {
  const byOperation = new Map<string, string[]>()
  let requests = 0
  for (const [key, count] of [...tally].toSorted()) {
    const [operation = '', status] = key.split(' ')
    byOperation.set(operation, [...(byOperation.get(operation) ?? []), `${status} × ${count}`])
    requests += count
  }
  const width = Math.max(...[...byOperation.keys()].map((name) => name.length))
  const lines = [...byOperation].map(([name, statuses]) => `  ${name.padEnd(width)}  ${statuses.join('  ')}`)
  const pace = `${Math.round(requests / seconds)} a second`
  return [`${requests} requests in ${Math.round(seconds)} s, ${pace}; seed ${seed}`, ...lines].join('\n')
}
