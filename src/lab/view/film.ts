import { byId } from "./elements.js";

/** The film of a run: where it is, and its buttons. What a moment looks like is the caller's. */

const DURATION = 5000; // milliseconds, however long the run

/** @param show  draws the moment; `rests` says whether the film stands still there */
export function makeFilm(show: (epoch: number, rests: boolean) => void, onRest: (epoch: number) => void) {
  const [play, back, forth] = ["play", "back", "forth"].map((id) => byId(id));
  const slider = byId<HTMLInputElement>("epoch");
  let [epoch, last, playing, before] = [0, 0, false, 0];

  const redraw = (): void => {
    slider.value = String(Math.floor(epoch));
    show(epoch, !playing);
  };
  const setPlaying = (now: boolean): void => {
    playing = now;
    play.textContent = now ? "Pause" : "Play";
    play.dataset.playing = String(now);
  };
  const rest = (at: number): void => {
    setPlaying(false);
    epoch = Math.max(0, Math.min(last, Math.round(at)));
    redraw();
    onRest(epoch);
  };
  const tick = (now: number): void => {
    if (!playing) return;
    epoch += ((now - before) / DURATION) * last;
    before = now;
    if (epoch >= last) rest(last);
    else {
      redraw();
      requestAnimationFrame(tick);
    }
  };
  const start = (): void => {
    if (epoch >= last) epoch = 0;
    setPlaying(true);
    requestAnimationFrame((now) => {
      before = now;
      tick(now);
    });
  };
  play.addEventListener("click", () => (playing ? rest(epoch) : start()));
  back.addEventListener("click", () => rest(Math.ceil(epoch) - 1));
  forth.addEventListener("click", () => rest(Math.floor(epoch) + 1));
  slider.addEventListener("input", () => rest(slider.valueAsNumber));
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  return {
    /** Shows another run: from its beginning on, or at an epoch. */
    load: (epochs: number, at: number | undefined): void => {
      last = epochs;
      slider.max = String(epochs);
      epoch = 0;
      if (at !== undefined || calm.matches) rest(at ?? last);
      else if (playing) redraw();
      else start();
    },
    redraw,
    /** Lets it stand at the moment that is shown. */
    hold: (): void => {
      if (playing) rest(epoch);
    },
    isPlaying: () => playing,
  };
}
