import { PRIORITY_TEXT, type Priority } from '../../tasks/priority.ts'

interface CompleteBoxProps {
  title: string
  priority: Priority
  isDone: boolean
  onToggle: () => void
}

/** The round box that completes a task, in the colour of its priority. */
export const CompleteBox = ({ title, priority, isDone, onToggle }: CompleteBoxProps) => (
  // biome-ignore lint/a11y/useSemanticElements: a checkbox would change before the task does
  <button
    type="button"
    role="checkbox"
    aria-checked={isDone}
    aria-label={`Complete ${title}`}
    onClick={onToggle}
    className={`complete-box grid size-8 shrink-0 pointer-coarse:-ms-1.5 pointer-coarse:-me-0.5 place-items-center rounded-full ${PRIORITY_TEXT[priority]}`}
  >
    <span
      className={`grid size-[1.1875rem] place-items-center rounded-full border-[1.5px] border-current transition-colors ease-calm ${
        isDone ? 'bg-current' : priority > 0 ? 'bg-current/10' : ''
      }`}
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 12 12"
        className={`size-2.75 transition-opacity ${isDone ? 'text-ground' : 'opacity-0 [.complete-box:hover_&]:opacity-70'}`}
      >
        <path
          d="M2 6.4l2.6 2.6L10 3.4"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.8"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </span>
  </button>
)
