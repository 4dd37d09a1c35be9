import { ActionIcon, Anchor, Text } from '@mantine/core';
import { IconAlertTriangle, IconPencil } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { CopyIcon, PhoneLink } from '@/components/contact';
import { When } from '@/components/when';
import type { LeadResponse } from '@/lib/api/schema';
import { shown, words } from '@/lib/format';
import { useNameOf } from '@/lib/people';
import { LEAD_FIELDS, type LeadField, SECTIONS } from '../edit/lead-fields';
import { InlineEdit } from './inline-edit';
import classes from './lead-page.module.css';

/** Every field of a lead; a click on a value edits it where it stands. */
export function LeadFacts({ lead }: { lead: LeadResponse }) {
  return (
    <>
      {SECTIONS.map((section) => (
        <section key={section} className={classes.section} aria-label={section}>
          <h2 className={classes.heading}>{section}</h2>
          <dl className={classes.facts}>
            {LEAD_FIELDS.filter((field) => field.section === section).map((field) => (
              <div key={field.name} className={classes.fact}>
                <dt>{field.label}</dt>
                <dd>
                  <Fact lead={lead} field={field} />
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

interface FactProps {
  lead: LeadResponse;
  field: LeadField;
}

function Fact({ lead, field }: FactProps) {
  const [isEditing, setEditing] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const begin = () => setEditing(true);
  const end = () => {
    const isLeft = !place.current?.contains(document.activeElement);
    setEditing(false);
    // Whoever has gone on to something else stays there.
    if (!isLeft) requestAnimationFrame(() => place.current?.querySelector('button')?.focus());
  };
  return (
    <div ref={place}>
      {isEditing ? (
        <InlineEdit lead={lead} field={field} onClose={end} />
      ) : (
        <>
          <FieldText lead={lead} field={field} onEdit={begin} />
          {lead.data_quality
            .filter((finding) => finding.field === field.name)
            .map(({ code, message }) => (
              <Text key={code} size="xs" c="var(--rota-warning)" className={classes.hint}>
                <IconAlertTriangle size={13} aria-hidden /> {message}{' '}
                <Anchor component="button" type="button" size="xs" onClick={begin}>
                  Correct it
                </Anchor>
              </Text>
            ))}
        </>
      )}
    </div>
  );
}

function FieldText({ lead, field: { name, label }, onEdit }: FactProps & { onEdit: () => void }) {
  const value = lead[name];
  const isPhone = name === 'practice_phone' || name === 'owner_phone';
  const isLink = isPhone && value !== null;
  return (
    <span className={classes.value}>
      {isLink ? (
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
      {isLink && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          className={classes.copy}
          aria-label={`Edit ${label}: ${value}`}
          onClick={onEdit}
        >
          <IconPencil size={14} />
        </ActionIcon>
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
    ['Scored by', lead.scoring_version === null ? 'Given by hand' : `Rules, version ${lead.scoring_version}`],
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
