/** A mail as Resend's API takes it. */
export interface Mail {
  from: string
  to: string[]
  subject: string
  text: string
  html: string
}
