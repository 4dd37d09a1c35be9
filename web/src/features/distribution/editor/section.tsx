import type { ReactNode } from 'react';
import classes from './editor.module.css';

interface SectionProps {
  title: string;
  text: string;
  children: ReactNode;
}

export function Section({ title, text, children }: SectionProps) {
  return (
    <section aria-label={title} className={classes.section}>
      <div className={classes.about}>
        <h2>{title}</h2>
        <p>{text}</p>
      </div>
      <div className={classes.fields}>{children}</div>
    </section>
  );
}
