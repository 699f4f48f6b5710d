import type { ReferenceProps } from '@scalar/api-reference'

/**
 * Shows the contract with Scalar in `element`. `setToken` changes what its requests are sent with and
 * nothing else, so what the person has typed stays.
 */
export const showReference = async (element: HTMLElement, onAuthRequest: () => void) => {
  // Its zod would otherwise try out `eval`, which the content security policy refuses and reports.
  Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
  const { createApiReference } = await import('@scalar/api-reference')
  const configured = (token = '') => configuration(token, onAuthRequest)
  element.replaceChildren()
  const reference = createApiReference(element, configured())
  return { setToken: (token?: string) => reference.updateConfiguration(configured(token)) }
}

/** Whatever would reach for another origin is off; the page's content security policy would stop it. */
const configuration = (token: string, onAuthRequest: () => void): Configuration => ({
  url: '/openapi.json',
  servers: [{ url: location.origin }],
  authentication: {
    securitySchemes: { accessToken: { token } },
  },
  persistAuth: false,
  onResponseReceived: ({ response }: { response: Response }) => {
    if (new URL(response.url).pathname.startsWith('/api/auth/')) onAuthRequest()
  },
  agent: { disabled: true },
  mcp: { disabled: true },
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  withDefaultFonts: false,
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
  orderSchemaPropertiesBy: 'preserve',
})

type Configuration = NonNullable<ReferenceProps['configuration']>
