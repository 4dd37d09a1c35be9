import { Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import {
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
} from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { PriorityBadge, Score, StatusBadge } from '@/components/badges';
import { PhoneLink } from '@/components/contact';
import { When } from '@/components/when';
import type { LeadResponse } from '@/lib/api/schema';
import { counted, words } from '@/lib/format';
import type { SORTS } from '@/lib/lead-search';

export const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
});

export interface CellContext {
  nameOf: (id: number | null) => string;
}

interface LeadColumn {
  id: string;
  label: string;
  /** Pixels. */
  size: number;
  cell: (lead: LeadResponse, context: CellContext) => ReactNode;
  sort?: (typeof SORTS)[number];
  /** Shown until somebody chooses otherwise. */
  isDefault?: boolean;
}

export const NAME_COLUMN = 'practice_name';

export const COLUMNS: readonly LeadColumn[] = [
  { id: NAME_COLUMN, label: 'Practice', size: 220, cell: practice, sort: 'practice_name', isDefault: true },
  {
    id: 'status',
    label: 'Status',
    size: 146,
    cell: (lead) => <StatusBadge status={lead.status} />,
    sort: 'status',
    isDefault: true,
  },
  {
    id: 'priority',
    label: 'Priority',
    size: 72,
    cell: (lead) => <PriorityBadge priority={lead.priority} />,
    isDefault: true,
  },
  {
    id: 'score',
    label: 'Score',
    size: 98,
    cell: (lead) => <Score score={lead.score} />,
    sort: 'score',
    isDefault: true,
  },
  {
    id: 'practice_phone',
    label: 'Phone',
    size: 146,
    cell: (lead) => lead.practice_phone && <PhoneLink phone={lead.practice_phone} />,
    isDefault: true,
  },
  { id: 'owner_name', label: 'Owner', size: 170, cell: (lead) => lead.owner_name },
  { id: 'city', label: 'City', size: 112, cell: (lead) => lead.city, sort: 'city', isDefault: true },
  { id: 'state', label: 'State', size: 62, cell: (lead) => lead.state, sort: 'state', isDefault: true },
  {
    id: 'assigned_user_id',
    label: 'Agent',
    size: 130,
    cell: (lead, { nameOf }) =>
      lead.assigned_user_id === null ? (
        <Text span size="sm" c="dimmed">
          Nobody
        </Text>
      ) : (
        <Link
          to="/leads/$leadId"
          params={{ leadId: String(lead.id) }}
          search={{ tab: 'why' }}
          style={{ color: 'inherit', textDecoration: 'none' }}
          title="Why them?"
          onClick={(event) => event.stopPropagation()}
        >
          {nameOf(lead.assigned_user_id)}
        </Link>
      ),
    isDefault: true,
  },
  {
    id: 'next_follow_up',
    label: 'Follow-up',
    size: 106,
    cell: (lead) => <When time={lead.next_follow_up} />,
    sort: 'next_follow_up',
    isDefault: true,
  },
  {
    id: 'last_contact_date',
    label: 'Last contact',
    size: 120,
    cell: (lead) => <When time={lead.last_contact_date} />,
    sort: 'last_contact_date',
  },
  { id: 'specialties', label: 'Specialties', size: 200, cell: (lead) => lead.specialties },
  { id: 'category', label: 'Category', size: 130, cell: (lead) => lead.category },
  { id: 'owner_phone', label: 'Owner phone', size: 150, cell: ownerPhone },
  { id: 'address', label: 'Address', size: 200, cell: (lead) => lead.address },
  { id: 'zip_code', label: 'ZIP code', size: 100, cell: (lead) => lead.zip_code },
  { id: 'npi', label: 'NPI', size: 120, cell: (lead) => lead.npi },
  { id: 'ein', label: 'EIN', size: 120, cell: (lead) => lead.ein },
  { id: 'entity_type', label: 'Entity type', size: 120, cell: (lead) => lead.entity_type },
  { id: 'providers', label: 'Providers', size: 96, cell: (lead) => lead.providers },
  { id: 'source', label: 'Source', size: 150, cell: (lead) => words(lead.source) },
  { id: 'contact_attempts', label: 'Attempts', size: 96, cell: (lead) => lead.contact_attempts },
  {
    id: 'created_at',
    label: 'Created',
    size: 120,
    cell: (lead) => <When time={lead.created_at} />,
    sort: 'created_at',
  },
  {
    id: 'updated_at',
    label: 'Changed',
    size: 120,
    cell: (lead) => <When time={lead.updated_at} />,
    sort: 'updated_at',
  },
];

export const COLUMN = new Map(COLUMNS.map((column) => [column.id, column]));

const helper = createColumnHelper<typeof features, LeadResponse>();
export const columnDefs = helper.columns(
  COLUMNS.map(({ id, label, size }) =>
    helper.display({ id, header: label, size, minSize: 60, maxSize: 600, enableHiding: id !== NAME_COLUMN }),
  ),
);

/** Numbers that are kept free for examples, as all of the demo are: said of the lead itself, not of every row of a list. */
const EXAMPLE_PHONE = / 555-01\d\d$/;

function practice(lead: LeadResponse): ReactNode {
  const findings = lead.data_quality.filter(
    ({ code, field }) =>
      code !== 'phone_unassignable' || !EXAMPLE_PHONE.test(String(lead[field as keyof LeadResponse])),
  );
  return (
    <>
      <Link to="/leads/$leadId" params={{ leadId: String(lead.id) }} className="lead-link" tabIndex={-1}>
        {lead.practice_name ?? lead.owner_name ?? `Lead ${lead.id}`}
      </Link>
      {findings.length > 0 && (
        <Tooltip label={findings.map(({ message }) => message).join(' ')} multiline maw={320}>
          <IconAlertTriangle
            size={14}
            color="var(--mantine-color-dimmed)"
            role="img"
            aria-label={`${counted(findings.length, 'hint')} about the data`}
            style={{ flex: 'none' }}
          />
        </Tooltip>
      )}
    </>
  );
}

function ownerPhone(lead: LeadResponse): ReactNode {
  return lead.owner_phone && <PhoneLink phone={lead.owner_phone} />;
}
