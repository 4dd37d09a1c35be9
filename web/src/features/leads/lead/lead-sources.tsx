import { useQuery } from '@tanstack/react-query';
import { When } from '@/components/when';
import { answerOf, api } from '@/lib/api/client';
import type { FieldProvenanceDto, LeadResponse } from '@/lib/api/schema';
import { FIELD, isFieldName } from '../edit/lead-fields';
import classes from './lead-page.module.css';

const ORIGINS: Readonly<Record<FieldProvenanceDto['origin'], string>> = {
  registry: 'The registry',
  import: 'A file',
  person: 'Somebody',
};

/** Where the fields of a lead have their values from, by who set them last. */
export function LeadSources({ lead }: { lead: LeadResponse }) {
  const { data = [] } = useQuery({
    queryKey: ['lead-history', lead.id, 'provenance'],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/leads/{id}/provenance', { params: { path: { id: lead.id } }, signal })),
  });
  if (data.length === 0) return null;
  return (
    <section className={classes.section} aria-label="Where it comes from">
      <h2 className={classes.heading}>Where it comes from</h2>
      <dl className={classes.sources}>
        {[...groups(data)].map(([key, [first, ...others]]) => (
          <div key={key} className={classes.fact}>
            <dt>
              {first.actor && first.origin === 'person' ? first.actor.full_name : ORIGINS[first.origin]}
              <br />
              <When time={first.at} />
            </dt>
            <dd>
              {[first, ...others]
                .map(({ field }) => (isFieldName(field) ? FIELD[field].label : field))
                .join(', ')}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

type Group = [FieldProvenanceDto, ...FieldProvenanceDto[]];

/** Fields that one change set, the newest first. */
function groups(fields: FieldProvenanceDto[]): Map<string, Group> {
  const found = new Map<string, Group>();
  for (const field of [...fields].sort((left, right) => right.at.localeCompare(left.at))) {
    const key = `${field.origin} ${field.at}`;
    const group = found.get(key);
    if (group) group.push(field);
    else found.set(key, [field]);
  }
  return found;
}
