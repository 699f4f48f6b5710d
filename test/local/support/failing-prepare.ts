export const prepareDatabase = async () => {
  throw new Error('The preparation failed on purpose.\nThis line is not for the user.')
}
