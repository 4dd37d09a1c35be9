import { Select, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { When } from '@/components/when';
import { count, counted, words } from '@/lib/format';
import { type ReportSearch, reportQuery } from '@/lib/report-search';
import { AsTable, ReportCard } from '../card/report-card';
import { DrillLink, useDrill } from '../drill';
import { useReport } from '../use-report';

const LISTED = 15;
const CHOICES = ['7', '14', '30', '60'];

/** The open leads that nothing has moved for longest. */
export function StuckCard({ search }: { search: ReportSearch }) {
  const [days, setDays] = useState('14');
  const report = useReport('/api/v1/analytics/stuck-leads', search, { days, limit: LISTED });
  const drill = useDrill(search);
  return (
    <ReportCard
      title="Stuck leads"
      about="Open leads that have been in one stage for long, the longest first"
      report={report}
      path="/api/v1/analytics/stuck-leads"
      query={{ ...reportQuery(search), days }}
      isWide
      choice={
        <Select
          size="xs"
          w={170}
          aria-label="Stuck from"
          data={CHOICES.map((value) => ({ value, label: `For ${value} days or more` }))}
          value={days}
          allowDeselect={false}
          onChange={(value) => setDays(value ?? '14')}
        />
      }
      isEmpty={({ total }) => total === 0}
      chart={({ total, leads }) => (
        <>
          <Text size="sm" mb="xs">
            <DrillLink drill={drill} cell={{ report: 'stuck-leads', cell: 'stuck', days: Number(days) }}>
              {counted(total, 'lead')}
            </DrillLink>{' '}
            in all; the {count(leads.length)} that wait longest:
          </Text>
          <AsTable
            title="Stuck leads"
            table={{
              head: ['Lead', 'Stage', 'Days', 'Agent', 'Last contact'],
              texts: ['Stage', 'Agent', 'Last contact'],
              rows: leads.map((lead) => [
                <Link
                  key="lead"
                  to="/leads/$leadId"
                  params={{ leadId: String(lead.lead_id) }}
                  style={{ color: 'inherit' }}
                >
                  {lead.practice_name ?? `Lead ${lead.lead_id}`}
                </Link>,
                words(lead.status),
                count(lead.days_in_stage),
                lead.agent_name ?? 'Nobody',
                <When key="last" time={lead.last_contact_date} empty="Never" />,
              ]),
            }}
          />
        </>
      )}
      table={({ leads }) => ({
        head: ['Lead', 'Stage', 'Days', 'Agent'],
        texts: ['Stage', 'Agent'],
        rows: leads.map((lead) => [
          lead.practice_name ?? `Lead ${lead.lead_id}`,
          words(lead.status),
          count(lead.days_in_stage),
          lead.agent_name ?? 'Nobody',
        ]),
      })}
    />
  );
}
