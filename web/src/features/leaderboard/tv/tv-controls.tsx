import { ActionIcon, Group } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronRight,
  IconMaximize,
  IconPlayerPause,
  IconPlayerPlay,
  IconX,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useEffectEvent } from 'react';
import classes from './tv.module.css';
import type { Rotation } from './use-rotation';

function toggleFullScreen(): void {
  // A browser may refuse; the page is as good in a window.
  if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
  else void document.documentElement.requestFullscreen().catch(() => undefined);
}

interface TvControlsProps {
  rotation: Rotation;
  isShown: boolean;
}

/** By mouse or by key: ← → space f Esc. */
export function TvControls({ rotation, isShown }: TvControlsProps) {
  const navigate = useNavigate();
  const leave = () => {
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
    void navigate({ to: '/leaderboard', search: {} });
  };
  const act = useEffectEvent((event: KeyboardEvent) => {
    const isOnButton = event.target instanceof HTMLElement && event.target.closest('button') !== null;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowRight') rotation.step(1);
    else if (event.key === 'ArrowLeft') rotation.step(-1);
    else if (event.key === ' ' && !isOnButton) rotation.togglePause();
    else if (event.key === 'f') toggleFullScreen();
    else if (event.key === 'Escape') leave();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => act(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return (
    <Group gap={6} className={classes.controls} data-shown={isShown || undefined}>
      <Control
        label="Slide before (←)"
        onClick={() => rotation.step(-1)}
        icon={<IconChevronLeft size={20} />}
      />
      <Control
        label={rotation.isPaused ? 'Go on (space)' : 'Pause (space)'}
        onClick={rotation.togglePause}
        icon={rotation.isPaused ? <IconPlayerPlay size={18} /> : <IconPlayerPause size={18} />}
      />
      <Control
        label="Next slide (→)"
        onClick={() => rotation.step(1)}
        icon={<IconChevronRight size={20} />}
      />
      <Control label="Full screen (f)" onClick={toggleFullScreen} icon={<IconMaximize size={18} />} />
      <Control label="Leave (Esc)" onClick={leave} icon={<IconX size={18} />} />
    </Group>
  );
}

function Control({ label, onClick, icon }: { label: string; onClick: () => void; icon: ReactNode }) {
  return (
    <ActionIcon variant="default" size={40} radius="xl" aria-label={label} title={label} onClick={onClick}>
      {icon}
    </ActionIcon>
  );
}
