import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UserRole } from '../enums/index.js';
import { AnyRole, ForPrograms, Roles } from '../users/access.decorators.js';
import { HolidayDto, HolidaysDto } from './dto/holidays.dto.js';
import { HolidaysService } from './holidays.service.js';

/** The company's holidays. */
@ApiTags('Distribution')
@ForPrograms('distribution')
@Controller('api/v1/distribution/holidays')
export class HolidaysController {
  constructor(private readonly holidays: HolidaysService) {}

  @Get()
  @AnyRole()
  @ApiOperation({ summary: 'Days on which nobody gets new leads' })
  @ApiOkResponse({ type: [HolidayDto] })
  list(): Promise<HolidayDto[]> {
    return this.holidays.list();
  }

  @Put()
  @Roles(UserRole.ADMIN)
  @ApiOperation({ summary: 'Set the company’s holidays, all at once' })
  @ApiOkResponse({ type: [HolidayDto] })
  replace(@Body() dto: HolidaysDto): Promise<HolidayDto[]> {
    return this.holidays.replace(dto);
  }
}
