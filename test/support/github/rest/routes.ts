/** All REST routes of the double, by the operation id of GitHub's description. */
import { accounts } from './accounts.ts';
import { apps } from './apps.ts';
import { checks } from './checks.ts';
import { git } from './git.ts';
import { graph } from './graph.ts';
import { issues } from './issues.ts';
import { pulls } from './pulls.ts';
import type { Routes } from './route.ts';

export const routes: Routes = { ...apps, ...accounts, ...checks, ...issues, ...pulls, ...git, ...graph };
