import { Injectable } from '@nestjs/common';
import { FieldError, validationProblem } from '../common/problem.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { AvailabilityRepository } from './availability.repository.js';
import { HolidayDto, HolidaysDto } from './dto/holidays.dto.js';

/** Days on which nobody in the company gets new leads; policies may have more. */
@Injectable()
export class HolidaysService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly availability: AvailabilityRepository,
  ) {}

  list(): Promise<HolidayDto[]> {
    return this.availability.holidays();
  }

  /** @throws Problem 422 a day named twice */
  async replace({ holidays }: HolidaysDto): Promise<HolidayDto[]> {
    const faults: FieldError[] = holidays.flatMap(({ day }, index) =>
      holidays.findIndex((other) => other.day === day) < index
        ? [{ field: `holidays.${index}.day`, code: 'twice', message: `${day} is in the list twice` }]
        : [],
    );
    if (faults.length > 0) throw validationProblem(faults);
    await this.transactions.run((tx) => this.availability.replaceHolidays(tx, holidays));
    return this.availability.holidays();
  }
}
