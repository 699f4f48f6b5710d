const Page = () => <h1>forgot-password</h1>
export default Page
