/** Tells an operator what went wrong without the error's message, which may hold SQL and parameters. */
export const report = (what: string, error: unknown) => {
  const { name, stack = '' } = error instanceof Error ? error : new Error()
  console.error(`${what}: ${name}${stack.match(/\n\s+at [\s\S]*/)?.[0] ?? ''}`)
}
