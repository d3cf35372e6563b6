/** The whole world: what is in it, and who has installed the App where. */
import type { Account, Delivery, Installation, Permissions, Repository, Token } from '../model.ts';
import { account, installation as installationShape } from '../shapes.ts';
import { repositoryReference } from '../shapes-shown.ts';
import { Checks } from './checks.ts';
import type { Outcome } from './state.ts';

export interface InstallOptions {
  /** Left out: all repositories, present and future. */
  readonly repositories?: readonly Repository[];
  /** Left out: what the App asks for. */
  readonly permissions?: Permissions;
  readonly by?: Account | string;
}

export class World extends Checks {
  install(owner: Account | string, options: InstallOptions = {}): Outcome<{ readonly installation: Installation }> {
    const one = typeof owner === 'string' ? (this.accounts.get(owner.toLowerCase()) ?? this.organization(owner)) : owner;
    const installation: Installation = {
      id: this.nextId(),
      account: one,
      repositories: options.repositories === undefined ? 'all' : new Set(options.repositories.map(({ id }) => id)),
      permissions: options.permissions ?? this.app.permissions,
      createdAt: this.now(),
      suspendedAt: null,
      isDeleted: false,
    };
    this.installations.set(installation.id, installation);
    return { installation, deliveries: this.#tellInstallation('created', installation, options.by, this.#listed(installation)) };
  }

  /** All its tokens die with it. */
  uninstall(installation: Installation, by?: Account | string): Outcome {
    const deliveries = this.#tellInstallation('deleted', installation, by, this.#listed(installation));
    installation.isDeleted = true;
    return { deliveries };
  }

  /** The account gets another login; the App is told, of an organization twice. */
  renameAccount(one: Account, login: string, by?: Account | string): Outcome {
    const changes = { login: { from: one.login } };
    this.accounts.delete(one.login.toLowerCase());
    one.login = login;
    this.accounts.set(login.toLowerCase(), one);
    const installation = this.installationOf(one);
    if (!installation) return { deliveries: [] };
    const { id } = installation;
    const told = { changes, installation: { id, node_id: `installation-${id}` }, sender: account(this.accountOf(by ?? one)) };
    const target = { ...told, account: account(one), target_type: one.type };
    const deliveries = [this.delivery('installation_target', 'renamed', target, id, null)];
    if (one.type !== 'Organization') return { deliveries };
    const organization = { ...told, organization: this.organizationShape(one) };
    return { deliveries: [...deliveries, this.delivery('organization', 'renamed', organization, id, null)] };
  }

  suspend(installation: Installation, by?: Account | string): Outcome {
    installation.suspendedAt = this.now();
    return { deliveries: this.#tellInstallation('suspend', installation, by) };
  }

  unsuspend(installation: Installation, by?: Account | string): Outcome {
    installation.suspendedAt = null;
    return { deliveries: this.#tellInstallation('unsuspend', installation, by) };
  }

  /** The owner accepts what the App asks for by now. */
  acceptPermissions(installation: Installation, permissions: Permissions = this.app.permissions, by?: Account | string): Outcome {
    installation.permissions = permissions;
    return { deliveries: this.#tellInstallation('new_permissions_accepted', installation, by, this.#listed(installation)) };
  }

  addRepositories(installation: Installation, repositories: readonly Repository[], by?: Account | string): Outcome {
    if (installation.repositories !== 'all') for (const { id } of repositories) installation.repositories.add(id);
    return this.#changeRepositories('added', installation, repositories, by);
  }

  removeRepositories(installation: Installation, repositories: readonly Repository[], by?: Account | string): Outcome {
    if (installation.repositories === 'all') {
      const kept = this.ownedBy(installation.account).filter((one) => !repositories.includes(one));
      installation.repositories = new Set(kept.map(({ id }) => id));
    } else for (const { id } of repositories) installation.repositories.delete(id);
    return this.#changeRepositories('removed', installation, repositories, by);
  }

  #changeRepositories(
    action: 'added' | 'removed',
    installation: Installation,
    repositories: readonly Repository[],
    by?: Account | string,
  ): Outcome {
    const listed = repositories.map(repositoryReference);
    const own = {
      repository_selection: installation.repositories === 'all' ? 'all' : 'selected',
      repositories_added: action === 'added' ? listed : [],
      repositories_removed: action === 'removed' ? listed : [],
      requester: null,
    };
    return { deliveries: this.#tellInstallation(action, installation, by, own, 'installation_repositories') };
  }

  /** The repositories an installation, or a token narrowed within it, can reach. */
  reachable(installation: Installation, only: ReadonlySet<number> | null = null): readonly Repository[] {
    return this.ownedBy(installation.account).filter(
      (one) => this.covers(installation, one) && (only === null || only.has(one.id)),
    );
  }

  /** A person's own token, as an office uses to audit without the App. It reads everything public, and private where a member. */
  personalToken(person: Account | string): string {
    return this.#tokenOf(person, `github_pat_${this.nextId()}`);
  }

  /** What an App gets for a person who signed in. */
  userToken(person: Account | string): string {
    return this.#tokenOf(person, `ghu_${this.nextId()}`);
  }

  #tokenOf(person: Account | string, value: string): string {
    const expiresAt = new Date(Date.now() + 8 * 3_600_000).toISOString();
    const token: Token = {
      value,
      installation: null,
      person: this.accountOf(person),
      permissions: {},
      repositories: null,
      expiresAt,
    };
    this.tokens.set(value, token);
    return value;
  }

  #listed(installation: Installation): Readonly<Record<string, unknown>> {
    return { repositories: this.reachable(installation).map(repositoryReference) };
  }

  #tellInstallation(
    action: string,
    installation: Installation,
    by?: Account | string,
    own: Readonly<Record<string, unknown>> = {},
    event = 'installation',
  ): Delivery[] {
    const sender = account(this.accountOf(by ?? installation.account));
    const payload = { ...own, installation: installationShape(this.app, installation), sender };
    return [this.delivery(event, action, payload, installation.id, null)];
  }
}
