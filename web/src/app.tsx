import { lazy, Suspense, useEffect } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { useAuth } from './auth/use-auth.ts'
import { ReplicaProvider } from './replica/provider.tsx'
import { ToastsProvider } from './ui/toasts.tsx'
import { Shell } from './views/shell.tsx'
import { TasksPage } from './views/tasks-page.tsx'

// What is seldom needed, or needed by those who are not signed in only, comes when it is called for.
const SignIn = lazy(() => import('./auth/sign-in-page.tsx'))
const SignUp = lazy(() => import('./auth/sign-up-page.tsx'))
const ForgotPassword = lazy(() => import('./auth/forgot-password-page.tsx'))
const Account = lazy(() => import('./views/account-page.tsx'))
const Completed = lazy(() => import('./views/completed-page.tsx'))
const Trash = lazy(() => import('./views/trash-page.tsx'))

export const App = () => {
  const { user, confirm } = useAuth()
  useEffect(() => {
    void confirm()
  }, [confirm])

  return (
    <ToastsProvider>
      <Suspense fallback={null}>{user ? <SignedIn userId={user.id} /> : <SignedOut />}</Suspense>
    </ToastsProvider>
  )
}

const SignedOut = () => (
  <Switch>
    <Route path="/sign-up" component={SignUp} />
    <Route path="/forgot-password" component={ForgotPassword} />
    <Route component={SignIn} />
  </Switch>
)

const SignedIn = ({ userId }: { userId: string }) => (
  <ReplicaProvider key={userId} userId={userId}>
    <Shell>
      <Switch>
        <Route path="/inbox">{() => <TasksPage view={{ kind: 'inbox' }} />}</Route>
        <Route path="/today">{() => <TasksPage view={{ kind: 'today' }} />}</Route>
        <Route path="/upcoming">{() => <TasksPage view={{ kind: 'upcoming' }} />}</Route>
        <Route path="/lists/:id">{({ id }) => <TasksPage key={id} view={{ kind: 'list', id }} />}</Route>
        <Route path="/labels/:id">{({ id }) => <TasksPage key={id} view={{ kind: 'label', id }} />}</Route>
        <Route path="/search">{() => <TasksPage view={{ kind: 'search', text: '' }} />}</Route>
        <Route path="/completed" component={Completed} />
        <Route path="/trash" component={Trash} />
        <Route path="/account" component={Account} />
        <Route>
          <Redirect to="/today" replace />
        </Route>
      </Switch>
    </Shell>
  </ReplicaProvider>
)
