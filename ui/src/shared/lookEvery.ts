/** How often the window looks at what another process, such as the command line, may have changed, in milliseconds. */
export const lookEveryMs = 5_000;
