import { Anchor, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CopyIcon, PhoneLink } from '@/components/contact';
import { When } from '@/components/when';
import type { LeadResponse } from '@/lib/api/schema';
import { shown, words } from '@/lib/format';
import { useNameOf } from '@/lib/people';
import { type FieldName, LEAD_FIELDS, SECTIONS } from '../edit/lead-fields';
import classes from './lead-page.module.css';

interface LeadFactsProps {
  lead: LeadResponse;
  onEdit: (field: FieldName) => void;
}

/** Every field of a lead; a click on a value edits it. */
export function LeadFacts({ lead, onEdit }: LeadFactsProps) {
  return (
    <>
      {SECTIONS.map((section) => (
        <section key={section} className={classes.section} aria-label={section}>
          <h2 className={classes.heading}>{section}</h2>
          <dl className={classes.facts}>
            {LEAD_FIELDS.filter((field) => field.section === section).map(({ name, label }) => (
              <div key={name} className={classes.fact}>
                <dt>{label}</dt>
                <dd>
                  <FieldText lead={lead} name={name} label={label} onEdit={() => onEdit(name)} />
                  {lead.data_quality
                    .filter(({ field }) => field === name)
                    .map(({ code, message }) => (
                      <Text key={code} size="xs" c="var(--rota-warning)" className={classes.hint}>
                        <IconAlertTriangle size={13} aria-hidden /> {message}{' '}
                        <Anchor component="button" type="button" size="xs" onClick={() => onEdit(name)}>
                          Correct it
                        </Anchor>
                      </Text>
                    ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <Pipeline lead={lead} />
    </>
  );
}

interface FieldTextProps {
  lead: LeadResponse;
  name: FieldName;
  label: string;
  onEdit: () => void;
}

function FieldText({ lead, name, label, onEdit }: FieldTextProps) {
  const value = lead[name];
  const isPhone = name === 'practice_phone' || name === 'owner_phone';
  return (
    <span className={classes.value}>
      {isPhone && value !== null ? (
        <PhoneLink phone={String(value)} />
      ) : (
        <button
          type="button"
          className={classes.text}
          onClick={onEdit}
          aria-label={`Edit ${label}: ${shown(value)}`}
        >
          {shown(value)}
        </button>
      )}
      {value !== null && value !== '' && typeof value !== 'boolean' && (
        <span className={classes.copy}>
          <CopyIcon value={String(value)} label={label} />
        </span>
      )}
    </span>
  );
}

function Pipeline({ lead }: { lead: LeadResponse }) {
  const nameOf = useNameOf();
  const rows: [string, ReactNode][] = [
    ['Agent', nameOf(lead.assigned_user_id)],
    ['Source', words(lead.source)],
    ['Next follow-up', <When key="next" time={lead.next_follow_up} />],
    ['Last contact', <When key="last" time={lead.last_contact_date} empty="Never" />],
    ['Contact attempts', lead.contact_attempts],
    ['Created', <When key="created" time={lead.created_at} />],
    ['Changed', <When key="changed" time={lead.updated_at} />],
  ];
  return (
    <section className={classes.section} aria-label="Work">
      <h2 className={classes.heading}>Work</h2>
      <dl className={classes.facts}>
        {rows.map(([label, value]) => (
          <div key={label} className={classes.fact}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
