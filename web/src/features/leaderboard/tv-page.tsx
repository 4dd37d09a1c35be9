import { useEffect, useState } from 'react';
import { Celebration } from './tv/celebration';
import { Clock } from './tv/clock';
import { useSlides } from './tv/slides';
import classes from './tv/tv.module.css';
import { TvControls } from './tv/tv-controls';
import { useCelebration } from './tv/use-celebration';
import { useKeptAwake } from './tv/use-kept-awake';
import { useRotation } from './tv/use-rotation';

/** For a screen on the wall: boards, contests and today's wins in turn, big enough to be read across the room. */
export function TvPage() {
  const slides = useSlides();
  const rotation = useRotation(slides.length);
  const win = useCelebration();
  const [isMoving, setMoving] = useState(false);
  useKeptAwake();
  useEffect(() => {
    document.title = 'TV board · Rota';
  }, []);
  // The controls come with the mouse and go when it rests.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      setMoving(true);
      clearTimeout(timer);
      timer = setTimeout(() => setMoving(false), 3_000);
    };
    window.addEventListener('pointermove', show);
    window.addEventListener('focusin', show);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointermove', show);
      window.removeEventListener('focusin', show);
    };
  }, []);
  const slide = slides[rotation.index];
  return (
    <main className={classes.screen} data-idle={!isMoving || undefined} id="content">
      <header className={classes.head}>
        <div>
          <h1>{slide?.title ?? 'Rota'}</h1>
          <p>{slide?.note ?? 'Nothing to show yet: the first activity of the day changes that.'}</p>
        </div>
        <Clock />
      </header>
      <section className={classes.slide} aria-live="off" key={slide?.key}>
        {slide?.content}
      </section>
      <footer className={classes.foot}>
        <ol className={classes.dots} aria-label="Slides">
          {slides.map(({ key, title }, place) => (
            <li
              key={key}
              data-current={place === rotation.index || undefined}
              aria-current={place === rotation.index}
            >
              <span className="visually-hidden">{title}</span>
            </li>
          ))}
        </ol>
        <TvControls rotation={rotation} isShown={isMoving} />
      </footer>
      {win && <Celebration win={win} />}
    </main>
  );
}
