/** A person, as the tests' identity provider knows them; the key is their subject. */
export interface Identity {
  claims: { email?: string; email_verified?: boolean | string; name?: string }
  /** What the provider does wrong when they sign in. */
  mischief?: Mischief
}

export type Mischief =
  | 'another audience'
  | 'several audiences'
  | 'another issuer'
  | 'bad signature'
  | 'wrong nonce'
  | 'no nonce'
  | 'expired'
  | 'without expiry'
  | 'issued long ago'
  | 'signed with the client secret'
  | 'unsigned'
  | 'no id token'
  | 'userinfo about somebody else'
  | 'broken'
  | 'silent'
