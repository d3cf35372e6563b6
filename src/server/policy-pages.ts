/** The pages about policies: previews by their id, pilots and repositories by their names. */
import type { Site } from './front.ts';
import { pilotPages } from './pilots/routes.ts';
import { createPreviews } from './previews/routes.ts';
import { repositoryPages } from './repository/routes.ts';
import type { Services } from './services.ts';

/** Every page below `/policy/`; the first that has the path answers. */
export function policyPages(services: Services): Site {
  const { memory, config } = services;
  const previews = createPreviews({ memory, metricsToken: config.metricsToken });
  const sites = [previews, pilotPages(services), repositoryPages(services)];
  return async (request, response, path) => {
    for (const site of sites) if (await site(request, response, path)) return true;
    return false;
  };
}
