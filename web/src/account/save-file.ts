/** How long a browser may take to begin with a file. */
const KEPT_MS = 60_000

/** Gives the file to the browser to keep, as it does with downloads. */
export const saveFile = (file: File): void => {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = file.name
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(URL.revokeObjectURL, KEPT_MS, url)
}
