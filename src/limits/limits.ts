/** How often something may be asked for. */
export interface Limit {
  /** Begins the names of its policies, as told to the caller and to the log. */
  name: string
  windowSeconds: number
  /** Of one client address, whatever account it names. */
  perAddress: number
  account?: AccountLimit
}

type AccountLimit =
  /** The account is the one whose email the body names, be there such an account or not. */
  | { by: 'email'; total: number; perAddress: number }
  /** The account is the one whose session the request carries. */
  | { by: 'session'; total: number; marksSessionUsed?: boolean }

const MINUTE = 60
const QUARTER = 15 * MINUTE
const HOUR = 60 * MINUTE

const withPassword = (name: string): Limit => ({
  name,
  windowSeconds: QUARTER,
  perAddress: 60,
  account: { by: 'session', total: 10 },
})

/**
 * The limits of sign-in's operations, by their path: all that check or make a password, send mail or make
 * tokens. An email's limit for one address is a part of its total, so that no single address can use up
 * what an account has, and keep its owner out.
 */
export const LIMITS: Readonly<Record<string, Limit>> = {
  '/sign-up/email': {
    name: 'sign-up',
    windowSeconds: HOUR,
    perAddress: 30,
    account: { by: 'email', total: 10, perAddress: 5 },
  },
  '/sign-in/email': {
    name: 'sign-in',
    windowSeconds: QUARTER,
    perAddress: 60,
    account: { by: 'email', total: 20, perAddress: 10 },
  },
  '/request-password-reset': {
    name: 'reset-request',
    windowSeconds: HOUR,
    perAddress: 30,
    account: { by: 'email', total: 6, perAddress: 3 },
  },
  '/reset-password': { name: 'reset', windowSeconds: QUARTER, perAddress: 30 },
  '/send-verification-email': {
    name: 'verification',
    windowSeconds: HOUR,
    perAddress: 30,
    account: { by: 'email', total: 6, perAddress: 3 },
  },
  '/token': {
    name: 'token',
    windowSeconds: MINUTE,
    perAddress: 240,
    account: { by: 'session', total: 60, marksSessionUsed: true },
  },
  // Each asks the provider, too; a person comes here once.
  '/sign-in/social': { name: 'provider', windowSeconds: QUARTER, perAddress: 60 },
  '/callback/{id}': { name: 'provider-callback', windowSeconds: QUARTER, perAddress: 60 },
  '/change-password': withPassword('change-password'),
  '/change-email': withPassword('change-email'),
  '/delete-user': withPassword('delete-user'),
}

/** A rate-limit binding of Workers, or what stands for it. */
export interface RateLimiter {
  limit: (options: { key: string }) => Promise<{ success: boolean }>
}

/** A limit that a Workers rate-limit binding counts; wrangler.toml tells the binding the same numbers. */
export interface BoundLimit {
  name: string
  quota: number
  windowSeconds: number
}

/** Of one client address, over all of `/api/auth`: what a flood meets before it costs a call to the database. */
export const AUTH_LIMIT: BoundLimit = { name: 'auth-address', quota: 300, windowSeconds: MINUTE }

/** Of one user, over all of `/v1`. */
export const DATA_LIMIT: BoundLimit = { name: 'data-user', quota: 1_200, windowSeconds: MINUTE }
