import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss()],
  build: {
    // Where it is built, be `web` a link to elsewhere or not.
    outDir: resolve('dist/assets'),
    // The pages for developers are built into the same folder.
    emptyOutDir: false,
    assetsDir: 'app',
    // A data: address would need leave in the content security policy.
    assetsInlineLimit: 0,
    target: 'es2023',
  },
})
