// How the window's front end is built. The app's build goes to dist/ and holds no fake backend; `--mode fake` goes to dist-fake/
// for the tests and holds nothing of Tauri's answers. Assets are relative, so that any origin and folder can serve them.
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => ({
  base: "./",
  plugins: [react(), tailwindcss()],
  build: {
    outDir: mode === "fake" ? "dist-fake" : "dist",
    emptyOutDir: true,
    target: "safari15",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    // Of all that is put into the pages; `cargo xtask bundle` passes it on.
    license: { fileName: "licences.md" },
  },
  server: { port: 5173, strictPort: true },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
}));
