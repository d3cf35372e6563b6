/** The App's own routes (JWT): itself, its installations, their tokens, its deliveries; and what an installation reaches. */
import { HttpError, forbidden, invalid, mintToken, notFound } from '../access.ts';
import { attemptDetails, attemptShape } from '../deliveries.ts';
import type { Attempt } from '../deliveries.ts';
import type { Account, Installation } from '../model.ts';
import { account, app, installation as installationShape, repository } from '../shapes.ts';
import { paged } from './route.ts';
import type { Answer, Call, Route, Routes } from './route.ts';

function asApp(handle: (call: Call) => Answer, query: readonly string[] = []): Route {
  return {
    query,
    handle: (call) => {
      if (call.identity.kind !== 'app') throw new HttpError(401, 'A JSON web token could not be decoded');
      return handle(call);
    },
  };
}

function installed(call: Call, owner: Account | undefined): Answer {
  const installation = owner === undefined ? undefined : call.world.installationOf(owner);
  if (installation === undefined) throw notFound();
  return { body: installationShape(call.world.app, installation) };
}

function installationById({ world, params }: Call): Installation {
  const installation = world.installations.get(Number(params.installation_id));
  if (installation === undefined || installation.isDeleted) throw notFound();
  return installation;
}

function accessToken(call: Call): Answer {
  const installation = installationById(call);
  if (installation.suspendedAt !== null) throw forbidden('This installation has been suspended');
  const token = mintToken(call.world, installation, call.body);
  const isSelected = token.repositories !== null || installation.repositories !== 'all';
  const repositories = call.world.reachable(installation, token.repositories).map((one) => repository(one));
  return {
    status: 201,
    body: {
      token: token.value,
      expires_at: token.expiresAt,
      permissions: token.permissions,
      repository_selection: isSelected ? 'selected' : 'all',
      ...(isSelected ? { repositories } : {}),
    },
  };
}

/** Newest first; `cursor` names the last attempt seen, as in the `Link` that GitHub sends. */
function listDeliveries({ deliveries, query, address }: Call): Answer {
  const size = Number(query.get('per_page') ?? 30);
  const before = Number(/^v1_(\d+)$/.exec(query.get('cursor') ?? '')?.[1] ?? Infinity);
  const status = query.get('status');
  const isWanted = (one: Attempt): boolean =>
    status === null || (status === 'success') === (one.status >= 200 && one.status < 400);
  const rest = deliveries.attempts.filter((one) => one.id < before && isWanted(one)).reverse();
  const shown = rest.slice(0, size);
  const next = new URLSearchParams(query);
  next.set('cursor', `v1_${shown.at(-1)?.id ?? 0}`);
  return {
    body: shown.map(attemptShape),
    ...(rest.length > size ? { headers: { link: `<${address}?${next.toString()}>; rel="next"` } } : {}),
  };
}

function attemptById({ deliveries, params }: Call): Attempt {
  const attempt = deliveries.attempts.find((one) => one.id === Number(params.delivery_id));
  if (attempt === undefined) throw notFound();
  return attempt;
}

function redeliver(call: Call): Answer {
  if (call.deliveries.url === null) throw invalid('The webhook has no URL.');
  call.deliveries.redeliver(attemptById(call));
  return { status: 202, body: {} };
}

/** The manifest flow ends here: a code, once, for the App's credentials. */
function fromManifest({ world, params }: Call): Answer {
  if (!(params.code ?? '').startsWith('code')) throw notFound();
  return {
    status: 201,
    body: {
      ...app(world.app),
      client_secret: world.app.clientSecret,
      webhook_secret: world.app.webhookSecret,
      pem: world.app.privateKey,
    },
  };
}

function installationRepositories(call: Call): Answer {
  const { identity, world } = call;
  if (identity.kind !== 'installation') throw forbidden();
  const repositories = world.reachable(identity.installation, identity.token.repositories);
  return paged(
    call,
    repositories,
    (one) => repository(one),
    (page) => ({ total_count: repositories.length, repository_selection: 'all', repositories: page }),
  );
}

function installations(call: Call): Answer {
  const present = [...call.world.installations.values()].filter((one) => !one.isDeleted);
  return paged(call, present, (one) => installationShape(call.world.app, one));
}

export const apps: Routes = {
  'apps/get-authenticated': asApp(({ world }) => {
    const count = [...world.installations.values()].filter((one) => !one.isDeleted).length;
    return { body: { ...app(world.app), owner: account(world.app.owner), installations_count: count } };
  }),
  'apps/list-installations': asApp(installations),
  'apps/get-installation': asApp((call) => ({ body: installationShape(call.world.app, installationById(call)) })),
  'apps/create-installation-access-token': asApp(accessToken),
  'apps/get-org-installation': asApp((call) => installed(call, call.world.accounts.get((call.params.org ?? '').toLowerCase()))),
  'apps/get-user-installation': asApp((call) =>
    installed(call, call.world.accounts.get((call.params.username ?? '').toLowerCase())),
  ),
  'apps/get-repo-installation': asApp((call) => {
    const one = call.world.find(call.params.owner ?? '', call.params.repo ?? '');
    const installation = one === undefined ? undefined : call.world.installationOf(one.owner);
    if (one === undefined || installation === undefined || !call.world.covers(installation, one)) throw notFound();
    return installed(call, one.owner);
  }),
  'apps/list-webhook-deliveries': asApp(listDeliveries, ['cursor', 'status']),
  'apps/get-webhook-delivery': asApp((call) => ({ body: attemptDetails(attemptById(call)) })),
  'apps/redeliver-webhook-delivery': asApp(redeliver),
  'apps/create-from-manifest': { handle: fromManifest },
  'apps/list-repos-accessible-to-installation': { handle: installationRepositories },
};
