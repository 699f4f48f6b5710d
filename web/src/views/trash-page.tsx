const Page = () => <h1>trash</h1>
export default Page
