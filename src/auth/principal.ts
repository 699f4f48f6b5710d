declare const brand: unique symbol

/** The id of a user, as proven by a verified token: no other code makes one. */
export type UserId = string & { readonly [brand]: 'UserId' }

/** The id of a session, as proven by a verified token. */
export type SessionId = string & { readonly [brand]: 'SessionId' }

/** Whom a request acts for. */
export interface Principal {
  userId: UserId
  sessionId: SessionId
}
