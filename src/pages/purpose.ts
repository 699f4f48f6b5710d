/** What the link of a mail is for. */
export type Purpose = 'new-account' | 'agree-to-change' | 'finish-change'

const PURPOSES: Record<string, Purpose> = {
  'change-email-confirmation': 'agree-to-change',
  'change-email-verification': 'finish-change',
}

/**
 * What the token says that it is for. Nobody has verified it here: it chooses the page's words, and no text
 * of it is shown.
 */
export const purposeOf = (token = ''): Purpose => {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
    const { requestType }: { requestType?: string } = JSON.parse(atob(payload))
    return PURPOSES[requestType ?? ''] ?? 'new-account'
  } catch {
    return 'new-account'
  }
}
