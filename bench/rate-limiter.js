/*
 * What stands for a Workers rate-limit binding on a bare workerd: a counter in the memory of the machine, which is
 * what Cloudflare's is too. It counts as that one does and never refuses, as a benchmark is nothing but one user.
 */
export default () => {
  const counts = new Map()
  return {
    async limit({ key }) {
      counts.set(key, (counts.get(key) ?? 0) + 1)
      return { success: true }
    },
  }
}
