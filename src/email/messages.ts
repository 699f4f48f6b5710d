import { html } from 'hono/html'
import type { Message } from './mailer.ts'

/** What a message says; every message has this form. */
export interface Letter {
  subject: string
  /** Sentences before the link. */
  lines: string[]
  link?: { label: string; url: string }
  /** What to do if one did not ask for this. */
  otherwise: string
}

export const verifyAddress = (url: string): Letter => ({
  subject: 'Confirm your address',
  lines: ['Someone, hopefully you, made an Edgewise account with this address. Confirm that it is yours:'],
  link: { label: 'Confirm this address', url },
  otherwise:
    'The link works for one hour. If you did not ask for an account, do nothing: nobody can use one with your address.',
})

/** To somebody who signs up again: a link that proves the address and chooses the password, whoever chose one before. */
export const accountExists = (url: string): Letter => ({
  subject: 'You have an account already',
  lines: [
    'Someone, hopefully you, tried to make an Edgewise account with this address; it has one already.',
    'Sign in to it, or choose a new password:',
  ],
  link: { label: 'Choose a new password', url },
  otherwise: 'The link works for one hour. If this was not you, do nothing: nothing has changed.',
})

export const resetPassword = (url: string): Letter => ({
  subject: 'Choose a new password',
  lines: [
    'Someone, hopefully you, asked for a new password for the Edgewise account of this address.',
    'Choosing one ends every session:',
  ],
  link: { label: 'Choose a new password', url },
  otherwise: 'The link works for one hour and once. If this was not you, do nothing: your password stays.',
})

export const passwordChanged = (url: string): Letter => ({
  subject: 'Your password was changed',
  lines: [
    'The password of your Edgewise account was just changed, and sessions that were open have ended.',
    'If it was not you who did this, choose another one now:',
  ],
  link: { label: 'Choose a new password', url },
  otherwise: 'If it was you, there is nothing to do.',
})

/** To the old address, which must agree. */
export const confirmNewAddress = (newAddress: string, url: string): Letter => ({
  subject: 'Confirm your new address',
  lines: [
    `Someone, hopefully you, asked to change the address of your Edgewise account to ${newAddress}.`,
    'If you agree, that address gets a mail of its own to confirm:',
  ],
  link: { label: 'Change my address', url },
  otherwise:
    'The link works for one hour. If this was not you, do nothing, and change your password: somebody is signed in as you.',
})

/** To the new address: the last step of the change. */
export const verifyNewAddress = (url: string): Letter => ({
  subject: 'Confirm your new address',
  lines: ['An Edgewise account is to be changed to this address. Confirm that it is yours:'],
  link: { label: 'Confirm this address', url },
  otherwise: 'The link works for one hour. If you do not know of this, do nothing.',
})

export const accountDeleted = (): Letter => ({
  subject: 'Your account is gone',
  lines: ['Your Edgewise account was just deleted, with everything in it. It cannot be brought back.'],
  otherwise: 'If it was not you who did this, write to whoever runs this Edgewise.',
})

/** The letter as a message to `to`: one text, rendered plainly and as HTML (escaped by Hono's `html`). */
export const messageTo = (to: string, { subject, lines, link, otherwise }: Letter): Message => ({
  to,
  subject,
  text: [...lines, ...(link ? [link.url] : []), otherwise].join('\n\n').concat('\n'),
  html: String(html`<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${subject}</title></head>
  <body style="${BODY}">
    <h1 style="${HEADING}">${subject}</h1>
    ${lines.map((line) => html`<p>${line}</p>`)}
    ${link ? html`<p style="margin: 28px 0"><a href="${link.url}" style="${BUTTON}">${link.label}</a></p>` : ''}
    <p style="${SMALL}">${otherwise}</p>
    ${link ? html`<p style="${SMALL}">If the button does not work, open this address:<br>${link.url}</p>` : ''}
  </body>
</html>`),
})

// Mail programs drop style sheets, so each element carries its own.
const BODY = 'font: 16px/1.5 system-ui, sans-serif; max-width: 34em; margin: 0 auto; padding: 24px'
const HEADING = 'font-size: 20px; margin: 0 0 16px'
const BUTTON =
  'background: #1f6feb; color: #ffffff; padding: 10px 18px; border-radius: 8px; text-decoration: none'
const SMALL = 'font-size: 13px; color: #6b7280; overflow-wrap: anywhere'
