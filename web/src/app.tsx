import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { useAuth } from './auth/use-auth.ts'
import { forgetWantedPath, keepWantedPath, WAYS_IN, wantedPath } from './auth/wanted-path.ts'
import { ReplicaProvider } from './replica/provider.tsx'
import { FailureBoundary } from './ui/failure-boundary.tsx'
import { ToastsProvider } from './ui/toasts.tsx'
import { MissingPage } from './views/page/missing-page.tsx'
import { SearchPage } from './views/search-page.tsx'
import { Shell } from './views/shell.tsx'
import { TasksPage } from './views/tasks-page.tsx'

// What is seldom needed, or needed by those who are not signed in only, comes when it is called for.
const SignIn = lazy(() => import('./auth/sign-in-page.tsx'))
const SignUp = lazy(() => import('./auth/sign-up-page.tsx'))
const ForgotPassword = lazy(() => import('./auth/forgot-password-page.tsx'))
const Account = lazy(() => import('./views/account-page.tsx'))
const Completed = lazy(() => import('./views/completed-page.tsx'))
const NotSaved = lazy(() => import('./views/not-saved/not-saved-page.tsx'))
const Trash = lazy(() => import('./views/trash-page.tsx'))

/** How long a page that knows of nobody waits to hear who is signed in, before it asks to sign in. */
const PATIENCE_MS = 1_000

export const App = () => {
  const { user, confirm } = useAuth()
  const [isAsking, setAsking] = useState(true)
  useEffect(() => {
    const timer = setTimeout(setAsking, PATIENCE_MS, false)
    void confirm().finally(() => setAsking(false))
    return () => clearTimeout(timer)
  }, [confirm])

  return (
    <ToastsProvider>
      <Part>{user ? <SignedIn userId={user.id} /> : isAsking ? null : <SignedOut />}</Part>
    </ToastsProvider>
  )
}

/** What may take a moment to come, or fail, without anything around it doing so. */
const Part = ({ children }: { children: ReactNode }) => (
  <FailureBoundary>
    <Suspense fallback={null}>{children}</Suspense>
  </FailureBoundary>
)

/** One that has failed does not keep others from being shown. Whoever is at one has come to where they wanted to go. */
const Page = ({ children }: { children: ReactNode }) => {
  const [location] = useLocation()
  useEffect(() => forgetWantedPath(), [])
  return <Part key={location}>{children}</Part>
}

const SignedOut = () => {
  const [location] = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is about having gone somewhere
  useEffect(() => keepWantedPath(), [location])
  return (
    <Switch>
      <Route path="/sign-up" component={SignUp} />
      <Route path="/forgot-password" component={ForgotPassword} />
      <Route component={SignIn} />
    </Switch>
  )
}

/** On from a page that is for signing in. */
const Onward = () => {
  const [path] = useState(wantedPath)
  return <Redirect to={path} replace />
}

const SignedIn = ({ userId }: { userId: string }) => (
  <ReplicaProvider key={userId} userId={userId}>
    <Shell>
      <Page>
        <Switch>
          <Route path="/inbox">{() => <TasksPage key="inbox" view={INBOX} />}</Route>
          <Route path="/today">{() => <TasksPage key="today" view={TODAY} />}</Route>
          <Route path="/upcoming">{() => <TasksPage key="upcoming" view={UPCOMING} />}</Route>
          <Route path="/lists/:id">{({ id }) => <PageOf key={id} kind="list" id={id} />}</Route>
          <Route path="/labels/:id">{({ id }) => <PageOf key={id} kind="label" id={id} />}</Route>
          <Route path="/search" component={SearchPage} />
          <Route path="/completed" component={Completed} />
          <Route path="/not-saved" component={NotSaved} />
          <Route path="/trash" component={Trash} />
          <Route path="/account" component={Account} />
          {WAYS_IN.map((path) => (
            <Route key={path} path={path} component={Onward} />
          ))}
          <Route component={MissingPage} />
        </Switch>
      </Page>
    </Shell>
  </ReplicaProvider>
)

// A view that stays the same object is not worked out again.
const INBOX = { kind: 'inbox' } as const
const TODAY = { kind: 'today' } as const
const UPCOMING = { kind: 'upcoming' } as const

const PageOf = ({ kind, id }: { kind: 'list' | 'label'; id: string }) => (
  <TasksPage view={useMemo(() => ({ kind, id }), [kind, id])} />
)
