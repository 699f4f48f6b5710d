import { createContext, type ReactNode, type SubmitEvent, use, useRef, useState } from 'react'
import { explain } from '../auth/failure.ts'
import { Button } from './button.tsx'

interface FormState {
  /** What is wrong with the field of that name. */
  problems: Readonly<Record<string, string>>
  mended: (name: string) => void
}

const FormContext = createContext<FormState>({ problems: {}, mended: () => {} })

/** What is wrong with the field of that name, and what to call when it is being mended. */
export const useField = (name: string) => {
  const { problems, mended } = use(FormContext)
  return { problem: problems[name], mended: () => mended(name) }
}

interface FormProps {
  submit: string
  tone?: 'accent' | 'danger'
  /** Does what the form is for; what it throws is told, beside the fields that it is about. */
  onSubmit: (fields: FormData, form: HTMLFormElement) => Promise<unknown>
  /** Says what is wrong where the server's own words are of no use. */
  explainAs?: (error: unknown) => ReactNode
  children: ReactNode
}

/** A form that is sent once at a time. What is wrong stands beside the field, which gets the focus; what was typed stays. */
export const Form = ({ submit, tone = 'accent', onSubmit, explainAs, children }: FormProps) => {
  const [isBusy, setBusy] = useState(false)
  const [problems, setProblems] = useState<Record<string, string>>({})
  const [message, setMessage] = useState<ReactNode>('')
  const isSending = useRef(false)

  const tell = (form: HTMLFormElement, found: Record<string, string>) => {
    setProblems(found)
    const field = controlsOf(form).find(({ name }) => name in found)
    field?.focus()
  }

  const send = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    if (isSending.current) return
    setMessage('')
    const unfit = problemsIn(form)
    tell(form, unfit)
    if (Object.keys(unfit).length > 0) return
    isSending.current = true
    setBusy(true)
    try {
      await onSubmit(new FormData(form), form)
    } catch (error) {
      const { message: told, fields } = explain(error)
      setMessage(explainAs?.(error) || told)
      tell(form, fields)
    } finally {
      isSending.current = false
      setBusy(false)
    }
  }

  const mended = (name: string) =>
    setProblems(({ [name]: _, ...others }) => (name in problems ? others : problems))

  return (
    <FormContext value={{ problems, mended }}>
      <form noValidate onSubmit={send} aria-busy={isBusy} className="grid gap-4">
        {children}
        <div role="alert" className="text-sm text-danger empty:hidden">
          {message}
        </div>
        <Button type="submit" kind={tone} isBusy={isBusy}>
          {submit}
        </Button>
      </form>
    </FormContext>
  )
}

const controlsOf = (form: HTMLFormElement): HTMLInputElement[] =>
  [...form.elements].filter((element) => element instanceof HTMLInputElement)

/** In the browser's own words, which are in the person's language. */
const problemsIn = (form: HTMLFormElement): Record<string, string> =>
  Object.fromEntries(
    controlsOf(form)
      .filter(({ validity }) => !validity.valid)
      .map(({ name, validationMessage }) => [name, validationMessage]),
  )
