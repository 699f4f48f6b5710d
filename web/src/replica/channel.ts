import type { Channel, Message } from './replica.ts'

/** The browser's channel of that name. */
export const channelNamed = (name: string): Channel => {
  const channel = new BroadcastChannel(name)
  return {
    post: (message) => channel.postMessage(message),
    hear: (listener) => {
      channel.onmessage = ({ data }: MessageEvent<Message>) => listener(data)
    },
    close: () => channel.close(),
  }
}
