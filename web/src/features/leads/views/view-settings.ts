import type { ViewResponse, ViewSettingsDto } from '@/lib/api/schema';
import { DEFAULT_SORT, filterForBody, type LeadSearch, parseLeadSearch } from '@/lib/lead-search';
import { type ColumnChoice, shownOf } from '../table/column-choice';

/** The address of a list that shows a view. */
export function searchOfView({ id, settings }: ViewResponse): LeadSearch {
  const { filter = {}, sort } = settings;
  const given = Object.entries({ ...filter, sort }).filter(([, value]) => value !== undefined);
  const search = parseLeadSearch(Object.fromEntries(given.map(([name, value]) => [name, String(value)])));
  return { ...search, view: String(id) };
}

/** What is on show, as it is saved. */
export function settingsOnShow(search: LeadSearch, choice: ColumnChoice): ViewSettingsDto {
  const shown = shownOf(choice);
  const widths = Object.entries(choice.sizes).filter(([column]) => shown.includes(column));
  return {
    filter: filterForBody(search),
    ...(search.sort && { sort: search.sort as ViewSettingsDto['sort'] }),
    columns: shown,
    pinned: choice.pinned ?? [],
    widths: widths.map(([column, width]) => ({ column, width: Math.round(width) })),
    ...(choice.density && { density: choice.density }),
  };
}

/** Whether what is on show is another thing than what is saved. */
export function isChanged(view: ViewResponse, onShow: ViewSettingsDto): boolean {
  return canonical(view.settings, onShow) !== canonical(onShow, onShow);
}

/** What a view does not say is as it is on show. */
function canonical(settings: ViewSettingsDto, onShow: ViewSettingsDto): string {
  const { filter = {}, sort = DEFAULT_SORT, columns = onShow.columns } = settings;
  const isOfColumns = settings.columns !== undefined;
  const { pinned = [], widths = [], density } = isOfColumns ? settings : onShow;
  return JSON.stringify([
    Object.entries(filter)
      .map(([name, value]) => [name, String(value)])
      .sort(),
    sort,
    columns,
    pinned,
    widths.map(({ column, width }) => `${column} ${width}`).sort(),
    density ?? null,
  ]);
}
