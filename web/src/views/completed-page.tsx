const Page = () => <h1>completed</h1>
export default Page
