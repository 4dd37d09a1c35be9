import { Injectable, OnModuleInit } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACCESS } from '../users/access.decorators.js';

/** Refuses to start while a route does not say who may call it, which would only show as a 403 later. */
@Injectable()
export class RouteAccessCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const closed = this.discovery.getControllers().flatMap(({ metatype }) => {
      const controller = metatype as { new (): object; prototype: object };
      const methods = controller.prototype as Record<string, () => unknown>;
      return this.scanner
        .getAllMethodNames(controller.prototype)
        .filter((name) => Reflect.hasMetadata(PATH_METADATA, methods[name] as object))
        .filter(
          (name) => !this.reflector.getAllAndOverride(ACCESS, [methods[name] as () => unknown, controller]),
        )
        .map((name) => `${controller.name}.${name}`);
    });
    if (closed.length === 0) return;
    throw new Error(`Routes must be @Public(), @AnyRole() or for @Roles(…): ${closed.join(', ')}`);
  }
}
