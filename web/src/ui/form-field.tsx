import { type ReactNode, useId, useState } from 'react'
import { useField } from './form.tsx'

interface FieldProps {
  label: string
  name: string
  type: 'text' | 'email' | 'password'
  autoComplete: string
  required?: boolean
  maxLength?: number
  defaultValue?: string
  hint?: ReactNode
  /** What is wrong with the value, if anything. */
  check?: (value: string) => string
}

/** A labelled field; a password can be shown. */
export const Field = ({ label, hint, check, name, type, required = true, ...input }: FieldProps) => {
  const id = useId()
  const { problem, mended } = useField(name)
  const [isShown, setShown] = useState(false)
  const isPassword = type === 'password'
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          {...input}
          id={id}
          name={name}
          type={isShown ? 'text' : type}
          required={required}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-problem ${id}-hint`}
          autoCapitalize={type === 'text' ? undefined : 'none'}
          spellCheck={type === 'text' ? undefined : false}
          onInput={({ currentTarget }) => {
            currentTarget.setCustomValidity(check?.(currentTarget.value) ?? '')
            if (problem !== undefined) mended()
          }}
          className={`h-11 w-full rounded-md border bg-raised px-3 text-base ${problem === undefined ? 'border-edge' : 'border-danger'} ${isPassword ? 'pe-16' : ''}`}
        />
        {isPassword && (
          <button
            type="button"
            aria-pressed={isShown}
            aria-controls={id}
            aria-label={`Show ${label.toLowerCase()}`}
            onClick={() => setShown(!isShown)}
            className="absolute end-1 top-1 h-9 rounded-sm px-2.5 pointer-coarse:end-0 pointer-coarse:top-0 text-sm font-medium text-muted hover:bg-sunken hover:text-ink"
          >
            {isShown ? 'Hide' : 'Show'}
          </button>
        )}
      </div>
      <p id={`${id}-problem`} className="mt-1 text-sm text-danger empty:hidden">
        {problem}
      </p>
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  )
}

const MIN_PASSWORD_LENGTH = 8
const MAX_PASSWORD_LENGTH = 128

/** The server's rule, which counts characters. No `maxlength`: it would cut a pasted password short without a word. */
export const checkNewPassword = (value: string): string => {
  const { length } = [...value]
  if (length > 0 && length < MIN_PASSWORD_LENGTH)
    return `Use at least ${MIN_PASSWORD_LENGTH} characters; these are ${length}.`
  return length > MAX_PASSWORD_LENGTH
    ? `Use at most ${MAX_PASSWORD_LENGTH} characters; these are ${length}.`
    : ''
}
