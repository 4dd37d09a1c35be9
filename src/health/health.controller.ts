import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { databaseUnavailable } from '../common/problem.js';
import { version } from '../common/version.js';
import { Public } from '../users/access.decorators.js';
import { DatabaseProbe } from './database-probe.repository.js';

class HealthDto {
  @ApiProperty({ enum: ['healthy'] })
  status: string;

  @ApiProperty()
  version: string;

  @ApiProperty({ enum: ['connected'] })
  database: string;

  @ApiProperty({ description: 'Seconds since this process started.' })
  uptime_seconds: number;
}

class LivenessDto {
  @ApiProperty({ enum: ['alive'] })
  status: string;
}

/** For load balancers and probes: alive means do not restart me, ready means send me requests. */
@ApiTags('Operations')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly database: DatabaseProbe) {}

  @Get()
  @ApiOperation({ summary: 'Health of the process and its database' })
  @ApiOkResponse({ type: HealthDto })
  async health(): Promise<HealthDto> {
    if (!(await this.database.isReachable())) throw databaseUnavailable();
    return {
      status: 'healthy',
      version,
      database: 'connected',
      uptime_seconds: Math.round(process.uptime()),
    };
  }

  @Get('live')
  @ApiOperation({ summary: 'Whether the process runs' })
  @ApiOkResponse({ type: LivenessDto })
  live(): LivenessDto {
    return { status: 'alive' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether the process can answer requests' })
  @ApiOkResponse({ type: HealthDto })
  ready(): Promise<HealthDto> {
    return this.health();
  }
}
