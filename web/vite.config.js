import { defineConfig } from 'vite'

export default defineConfig({
  base: '/ide/',
  worker: { format: 'es' },
  build: {
    outDir: '../graph/static/ide',
    emptyOutDir: true,
    // A data: URL in place of a small file would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The bundle carries other people's code; their licences travel with it in the wheel.
    license: { fileName: 'licenses.md' },
    // The editor is one large chunk by nature.
    chunkSizeWarningLimit: 8000,
  },
})
