const Page = () => <h1>account</h1>
export default Page
