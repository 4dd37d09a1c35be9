import { ActionIcon, Group, Menu, Text, Title, Tooltip } from '@mantine/core';
import { IconChartBar, IconDownload, IconTable } from '@tabler/icons-react';
import { type UseQueryResult, useMutation } from '@tanstack/react-query';
import { type ReactNode, useId, useRef, useState } from 'react';
import { ErrorState, LoadingRows } from '@/components/states';
import { fullTime } from '@/lib/format';
import { sayFailed } from '@/lib/undo';
import type { Extra, ReportPath } from '../use-report';
import { downloadCsv } from './download-csv';
import { downloadPng } from './download-png';
import classes from './report-card.module.css';

export interface Table {
  head: readonly string[];
  rows: readonly (readonly ReactNode[])[];
  /** Columns that are no numbers. */
  texts?: readonly string[];
}

interface ReportCardProps<Report extends { as_of: string }> {
  title: string;
  /** What it tells, in a sentence. */
  about: string;
  report: UseQueryResult<Report>;
  /** Where its CSV is. */
  path: ReportPath;
  query: Extra;
  /** Beside the title: what else can be chosen. */
  choice?: ReactNode;
  isWide?: boolean;
  /** Pixels that its chart will need at least: kept free while it loads, so that nothing below it jumps. */
  least?: number;
  isEmpty: (report: Report) => boolean;
  chart: (report: Report) => ReactNode;
  table: (report: Report) => Table;
}

/** A report as a chart or, for whoever would rather read, as a table; as a picture or a file to take away. */
export function ReportCard<Report extends { as_of: string }>(props: ReportCardProps<Report>) {
  const { title, about, report, choice, isWide, least, isEmpty, chart, table } = props;
  const [isTable, setTable] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const id = useId();
  const { data } = report;
  return (
    <section className={classes.card} data-wide={isWide || undefined} aria-labelledby={id}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
        <div>
          <Title order={2} size="h5" id={id}>
            {title}
          </Title>
          <Text size="xs" c="dimmed">
            {about}
          </Text>
        </div>
        <Actions {...props} isTable={isTable} onToggle={() => setTable(!isTable)} body={body} />
      </Group>
      {choice}
      <div
        ref={body}
        className={classes.body}
        data-old={report.isPlaceholderData || undefined}
        style={{ minHeight: least }}
      >
        {report.isPending && <LoadingRows rows={least ? loadingRows(least) : 5} />}
        {report.isError && !data && <ErrorState error={report.error} onRetry={() => void report.refetch()} />}
        {data && isEmpty(data) && (
          <Text size="sm" c="dimmed" py="lg" ta="center">
            Nothing happened in these days under these filters.
          </Text>
        )}
        {data && !isEmpty(data) && (isTable ? <AsTable table={table(data)} title={title} /> : chart(data))}
      </div>
      <Text size="xs" c="dimmed" className={classes.asOf}>
        {data ? `As of ${fullTime(data.as_of)}` : '\u00a0'}
      </Text>
    </section>
  );
}

/** As many gray lines as fit. @param height pixels */
const loadingRows = (height: number): number => Math.max(1, Math.floor((height - 16) / 36));

interface ActionsProps<Report extends { as_of: string }> extends ReportCardProps<Report> {
  isTable: boolean;
  onToggle: () => void;
  body: { current: HTMLDivElement | null };
}

function Actions<Report extends { as_of: string }>(props: ActionsProps<Report>) {
  const { title, report, path, query, isTable, onToggle, body, isEmpty } = props;
  const csv = useMutation({ mutationFn: () => downloadCsv(path, query), onError: sayFailed });
  const isBare = !report.data || isEmpty(report.data);
  return (
    <Group gap={4} wrap="nowrap">
      <Tooltip label={isTable ? 'As a chart' : 'As a table'}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`${title} as a ${isTable ? 'chart' : 'table'}`}
          aria-pressed={isTable}
          onClick={onToggle}
        >
          {isTable ? <IconChartBar size={17} /> : <IconTable size={17} />}
        </ActionIcon>
      </Tooltip>
      <Menu shadow="md" position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`Download ${title}`} loading={csv.isPending}>
            <IconDownload size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => csv.mutate()}>Data as CSV</Menu.Item>
          <Menu.Item
            disabled={isTable || isBare}
            onClick={() => body.current && void downloadPng(body.current, title).catch(sayFailed)}
          >
            Picture as PNG
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

export function AsTable({ table: { head, rows, texts = [] }, title }: { table: Table; title: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keys
    <section className={classes.scroller} tabIndex={0} aria-label={`${title}, table`}>
      <table className={classes.table}>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col" data-text={texts.includes(name) || undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
            <tr key={place}>
              {row.map((value, column) =>
                column === 0 ? (
                  <th key={head[column]} scope="row">
                    {value}
                  </th>
                ) : (
                  <td key={head[column]} data-text={texts.includes(head[column] ?? '') || undefined}>
                    {value}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
