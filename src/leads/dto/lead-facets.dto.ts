import { ApiProperty } from '@nestjs/swagger';

class FacetValueDto {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'As the filter takes it; null where a lead has none.',
  })
  value: string | null;

  @ApiProperty({ type: 'integer' })
  count: number;
}

const Values = (of: string) =>
  ApiProperty({ type: [FacetValueDto], description: `${of}, most leads first.` });

/** How many leads one would see for each value of a filter, with all the other filters as they are. */
export class LeadFacetsResponse {
  @Values('Statuses')
  status: FacetValueDto[];

  @Values('States')
  state: FacetValueDto[];

  @Values('Priorities')
  priority: FacetValueDto[];

  @Values('Sources')
  source: FacetValueDto[];

  @Values('Agents, by id; null is nobody')
  assigned_user_id: FacetValueDto[];

  @Values('The 25 most frequent specialties')
  specialty: FacetValueDto[];

  @ApiProperty({ description: 'US dollars that the won leads among those of `status` have brought.' })
  won_value: number;

  @ApiProperty({ description: 'True when there are so many leads that the counts come from a sample.' })
  is_estimate: boolean;
}
