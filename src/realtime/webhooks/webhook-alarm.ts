import { Injectable } from '@nestjs/common';
import { OutboxAlarm } from '../../outbox/outbox-alarm.js';

/** Wakes the sender of this process. */
@Injectable()
export class WebhookAlarm extends OutboxAlarm {}
