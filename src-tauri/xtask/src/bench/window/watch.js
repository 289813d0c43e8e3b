// Runs in the measured page: tells when what the table shows was changed by a key or a click and stands on the screen.
// A change is there when the table was busy, or showed other rows, and is neither any more; of its rows those in sight count: what is out
// of sight, such as the row that keeps the tab stop, is nobody's wait. It is painted when the frame that draws it
// has ended: the first task after the next animation frame; `later` is the animation frame after that one.
window.__watch = (() => {
  const grid = () => document.querySelector("[data-testid=grid]");
  const firstRow = () => grid()?.querySelector("[aria-rowindex='2']") ?? null;
  const shown = () => firstRow()?.textContent ?? "";
  const isInSight = (row) => {
    const { top, bottom } = row.getBoundingClientRect();
    const sight = grid().getBoundingClientRect();
    return bottom > sight.top && top < sight.bottom;
  };
  const isComplete = () =>
    grid() !== null &&
    grid().ariaBusy !== "true" &&
    ![...grid().querySelectorAll("[role=row][aria-busy=true]")].some(isInSight);

  let waiting = null;
  let tell = () => undefined;
  const begin = (event) => {
    waiting = { at: event.timeStamp, shown: shown(), wasBusy: false };
  };
  const changed = () => {
    if (waiting === null) return;
    waiting.wasBusy ||= grid()?.ariaBusy === "true";
    if (!isComplete() || !(waiting.wasBusy || shown() !== waiting.shown)) return;
    const { at } = waiting;
    waiting = null;
    const since = () => performance.now() - at;
    const times = { changed: since() };
    const afterFrame = new MessageChannel();
    const ended = new Promise((done) => {
      afterFrame.port1.onmessage = () => done(since());
    });
    requestAnimationFrame(() => {
      afterFrame.port2.postMessage(null);
      requestAnimationFrame(async () => {
        times.later = since();
        times.painted = await ended;
        tell(times);
      });
    });
  };
  new MutationObserver(changed).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ["aria-busy"],
  });

  return {
    /** The times of the next change by an event of this kind, in ms since it. */
    next(kind) {
      addEventListener(kind, begin, { capture: true, once: true });
      window.__painted = new Promise((done) => {
        tell = done;
      });
    },
  };
})();
