/** What the tests use of `oidc-provider`, which has no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  interface Context {
    body: unknown
    status: number
    oidc?: { route?: string; entities: { Account?: { accountId: string } } }
  }

  export default class Provider {
    constructor(issuer: string, configuration: object)
    use(middleware: (ctx: Context, next: () => Promise<void>) => Promise<void>): void
    callback(): (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>
    interactionFinished(incoming: IncomingMessage, outgoing: ServerResponse, result: object): Promise<void>
    Grant: new (of: {
      clientId: string
      accountId: string
    }) => { addOIDCScope(scope: string): void; save(): Promise<string> }
  }
}
