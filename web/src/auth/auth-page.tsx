import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'

interface AuthPageProps {
  title: string
  /** What is below the form: the ways to the other pages. */
  footer: ReactNode
  children: ReactNode
}

/** The frame of the pages for those who are not signed in. */
export const AuthPage = ({ title, footer, children }: AuthPageProps) => {
  useEffect(() => {
    document.title = `${title} · Edgewise`
  }, [title])
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <p className="mb-8 text-center text-sm font-semibold tracking-tight text-muted">Edgewise</p>
        <h1 className="mb-6 text-center text-xl font-semibold">{title}</h1>
        {children}
        <div className="mt-6 text-center text-sm text-muted">{footer}</div>
      </div>
    </main>
  )
}

interface FieldProps {
  label: string
  name: string
  type: 'text' | 'email' | 'password'
  autoComplete: string
  minLength?: number
  hint?: string
}

export const Field = ({ label, hint, ...input }: FieldProps) => (
  <label className="block">
    <span className="mb-1 block text-sm font-medium">{label}</span>
    <input
      {...input}
      required
      className="w-full rounded-md border border-line bg-raised px-3 py-2 text-base placeholder:text-muted"
    />
    {hint && <span className="mt-1 block text-xs text-muted">{hint}</span>}
  </label>
)

interface FormProps {
  submit: string
  /** Does what the form is for; what it throws is shown. */
  onSubmit: (fields: FormData) => Promise<void>
  messageOf: (error: unknown) => string
  children: ReactNode
}

/** A form that is sent once at a time, and says what is wrong where it will be read. */
export const Form = ({ submit, onSubmit, messageOf, children }: FormProps) => {
  const [isBusy, setBusy] = useState(false)
  const [message, setMessage] = useState('')
  const alert = useRef<HTMLParagraphElement>(null)

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    setBusy(true)
    setMessage('')
    try {
      await onSubmit(new FormData(event.currentTarget))
    } catch (error) {
      setMessage(messageOf(error))
      alert.current?.focus()
    } finally {
      setBusy(false)
    }
  }

  return (
    <form onSubmit={send} className="grid gap-4">
      {children}
      <p ref={alert} role="alert" tabIndex={-1} className="text-sm text-danger empty:hidden">
        {message}
      </p>
      <button
        type="submit"
        aria-disabled={isBusy}
        className="rounded-md bg-accent px-4 py-2.5 font-medium text-on-accent hover:brightness-110 aria-disabled:opacity-60"
      >
        {submit}
      </button>
    </form>
  )
}
