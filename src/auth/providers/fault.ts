/** A sign-in with a provider that failed at the provider. `reason` is for the log, never for the wire. */
export class ProviderFault extends Error {
  override name = 'ProviderFault'
  /** `unavailable`: it did not answer, or not as its standard says. `refused`: what it said was not good. */
  readonly kind: 'unavailable' | 'refused'
  readonly reason: string

  constructor(kind: ProviderFault['kind'], reason: string) {
    super(reason)
    this.kind = kind
    this.reason = reason
  }
}

export const unavailable = (reason: string) => new ProviderFault('unavailable', reason)
export const refused = (reason: string) => new ProviderFault('refused', reason)
