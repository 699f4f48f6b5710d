export const PRIORITIES = [0, 1, 2, 3] as const
export type Priority = (typeof PRIORITIES)[number]

const NAMES = ['No', 'Low', 'Medium', 'High'] as const

export const nameOfPriority = (priority: number): string => `${NAMES[priority] ?? NAMES[0]} priority`

/** The class that gives what stands for a priority its colour. */
export const PRIORITY_TEXT = ['text-muted', 'text-low', 'text-medium', 'text-high'] as const
