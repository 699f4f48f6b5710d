import { type ReactNode, useId } from 'react'

interface SectionProps {
  title: string
  /** What it is about, in a sentence. */
  lead?: ReactNode
  children: ReactNode
}

/** A part of the account page. */
export const Section = ({ title, lead, children }: SectionProps) => {
  const id = useId()
  return (
    <section aria-labelledby={id} className="border-t border-line pt-6">
      <h2 id={id} className="text-lg font-semibold">
        {title}
      </h2>
      {lead && <p className="mt-1 max-w-prose text-muted">{lead}</p>}
      <div className="mt-4">{children}</div>
    </section>
  )
}
