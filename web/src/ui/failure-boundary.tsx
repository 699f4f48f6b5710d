import { Component, type ReactNode } from 'react'

/** Shows that something could not be shown, in its place: a part of the app that did not arrive, or a fault of ours. */
export class FailureBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override state = { hasFailed: false }

  override render() {
    if (!this.state.hasFailed) return this.props.children
    return (
      <div role="alert" className="mx-auto mt-16 max-w-sm px-4 text-center">
        <p className="text-lg font-medium">This page could not be shown</p>
        <p className="mt-1 text-muted">What you have done is kept. Loading the page again often helps.</p>
        <button
          type="button"
          className="mt-4 rounded-md bg-accent px-4 py-2 font-medium text-on-accent"
          onClick={() => window.location.reload()}
        >
          Load again
        </button>
      </div>
    )
  }
}
