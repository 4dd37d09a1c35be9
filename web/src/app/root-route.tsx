import { createRootRoute } from '@tanstack/react-router';
import { EmptyState } from '@/components/states';
import { Frame } from './shell';

export const root = createRootRoute({
  component: Frame,
  notFoundComponent: () => (
    <EmptyState isPage title="There is no such page">
      Choose another one in the navigation.
    </EmptyState>
  ),
});
