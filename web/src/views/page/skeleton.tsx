const WIDTHS = ['w-3/5', 'w-2/5', 'w-1/2', 'w-1/3']

/** Where tasks will be, on a device that has none yet. */
export const Skeleton = () => (
  <div className="mt-5 grid gap-1" role="status">
    <span className="sr-only">Loading your tasks</span>
    {WIDTHS.map((width) => (
      <div key={width} aria-hidden="true" className="flex h-11 items-center gap-3 border-b border-line/60">
        <span className="ms-1.5 size-[1.1875rem] rounded-full bg-line/70" />
        <span className={`h-3 rounded-full bg-line/70 ${width}`} />
      </div>
    ))}
  </div>
)
