import type { ButtonHTMLAttributes } from 'react'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: 'accent' | 'danger' | 'plain' | 'quiet'
  /** Whether what it does is under way: it keeps the focus, and a second click does nothing. */
  isBusy?: boolean
}

const KINDS = {
  accent: 'bg-accent text-on-accent hover:brightness-110',
  danger: 'bg-danger text-on-accent hover:brightness-110',
  plain: 'border border-line bg-raised hover:bg-sunken',
  quiet: 'text-muted hover:bg-line/50 hover:text-ink',
}

export const Button = ({
  kind = 'plain',
  isBusy = false,
  onClick,
  className = '',
  ...props
}: ButtonProps) => (
  <button
    type="button"
    aria-disabled={isBusy}
    onClick={isBusy ? (event) => event.preventDefault() : onClick}
    className={`inline-flex min-h-10 items-center justify-center gap-2 rounded-md px-4 py-2 text-center font-medium aria-disabled:cursor-progress aria-disabled:opacity-60 ${KINDS[kind]} ${className}`}
    {...props}
  />
)
